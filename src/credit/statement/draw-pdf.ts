import { setImmediate as nextTurn } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { figuresOf, statementBlocks, type Wording } from './pdf-blocks.ts';
import { createTextDrawer } from './pdf-fonts.ts';
import { type Block, type Canvas, createCanvas, PAGE, paginate } from './pdf-page.ts';
import { startsAtRight } from './shape-text.ts';
import type { Statement } from './types.ts';
import { statementWords } from './words.ts';
import { wrapText } from './wrap-text.ts';

// pdfkit writes the file; pages are drawn one at a time, as fast as the receiver takes them, so that neither memory nor
// the event loop feels a long statement. All blocks are measured first, since each page says how many there are.

export type PdfOptions = {
  /** Of the words and figures; English where we have no other yet. */
  language: string;
  /** Printed on each page. Nothing else in the file depends on when it was made. */
  generatedAt: Date;
};

const BLOCKS_PER_TURN = 200;

export async function* drawPdf(
  statement: Statement,
  { language, generatedAt }: PdfOptions,
): AsyncGenerator<Uint8Array> {
  const words = statementWords(language);
  const wording = { words, language };
  const { day } = figuresOf(statement, wording);
  const period = words.period({ first: day(statement.from), last: day(lastDayOf(statement)) });
  const document = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    // None of the fonts that every reader is said to have: they have no letters of ours.
    font: null as unknown as string,
    lang: language,
    displayTitle: true,
    info: {
      Title: `${words.title}: ${statement.retailerName}, ${period}`,
      Author: statement.wholesalerName,
      CreationDate: generatedAt,
      ModDate: generatedAt,
    },
  });
  const canvas = createCanvas(document, createTextDrawer(document), { mirrored: words.isRightToLeft === true });

  const blocks: Block[] = [];
  for (const block of statementBlocks(statement, wording)) {
    blocks.push(block);
    if (blocks.length % BLOCKS_PER_TURN === 0) await nextTurn();
  }
  const head = firstHead(statement, wording, period);
  const pages = paginate(blocks, { first: PAGE.top + head.height, later: PAGE.top + 26 });
  for (const [index, placed] of pages.entries()) {
    document.addPage();
    if (index === 0) head.draw(canvas, PAGE.top);
    else laterHead(canvas, statement, wording, period);
    for (const { block, y } of placed) block.draw(canvas, y);
    foot(canvas, statement, wording, { page: index + 1, pages: pages.length, generatedAt });
    await nextTurn();
    for (let chunk = document.read(); chunk !== null; chunk = document.read()) yield chunk;
  }
  document.end();
  for await (const chunk of document) yield chunk;
}

function lastDayOf({ to }: Statement): string {
  return new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** Who, for whom, which days, and the four figures that a reader looks for first. */
function firstHead(statement: Statement, wording: Wording, period: string): Block {
  const { words } = wording;
  const { plain, withCurrency } = figuresOf(statement, wording);
  const from = nameLines(statement.wholesalerName, 14);
  const to = nameLines(statement.retailerName, 13);
  const balance = statement.closingBalanceMinor;
  const verdict =
    balance > 0n
      ? words.toPay({ amount: withCurrency(balance) })
      : balance < 0n
        ? words.inCredit({ amount: withCurrency(-balance) })
        : words.settled;
  const boxes = [
    [words.opening, statement.openingBalanceMinor],
    [words.columns.charge, statement.totals.chargesMinor],
    [words.columns.payment, statement.totals.paymentsMinor],
    [words.closing, balance],
  ] as const;
  const step = (PAGE.right - PAGE.left) / boxes.length;
  const belowNames = from.length * 18 + to.length * 17;
  return {
    height: belowNames + 128,
    draw(canvas, y) {
      for (const [index, line] of from.entries()) {
        canvas.text(line, PAGE.left, y + 12 + index * 18, { size: 14, weight: 'bold' });
      }
      canvas.text(words.title, PAGE.right, y + 12, { size: 14, ink: 'quiet', align: 'right' });
      let at = y + from.length * 18 + 4;
      canvas.rule(at);
      canvas.text(words.to, PAGE.left, at + 20, { size: 8, ink: 'quiet' });
      canvas.text(statement.currency, PAGE.right, at + 20, { size: 8, ink: 'quiet', align: 'right' });
      for (const [index, line] of to.entries()) {
        canvas.text(line, PAGE.left, at + 38 + index * 17, { size: 13, weight: 'bold' });
      }
      canvas.text(period, PAGE.right, at + 38, { size: 10, align: 'right' });
      at += 38 + to.length * 17;
      canvas.text(statement.retailerId, PAGE.left, at - 2, { size: 8, ink: 'quiet' });
      for (const [index, [label, amount]] of boxes.entries()) {
        canvas.text(label, PAGE.left + index * step, at + 20, { size: 8, ink: 'quiet' });
        canvas.text(plain(amount), PAGE.left + index * step, at + 36, { size: 12, weight: 'bold' });
      }
      canvas.text(verdict, PAGE.left, at + 58, { size: 10.5, ink: balance > 0n ? 'ink' : 'quiet', weight: 'bold' });
    },
  };
}

const nameLines = (name: string, size: number): string[] =>
  wrapText(name, { weight: 'bold', size, width: 340, linesMax: 2, rightToLeft: startsAtRight(name) });

function laterHead(canvas: Canvas, { retailerName }: Statement, { words }: Wording, period: string): void {
  const [name = ''] = wrapText(retailerName, { weight: 'bold', size: 9, width: 300, linesMax: 1 });
  canvas.text(name, PAGE.left, PAGE.top + 9, { size: 9, weight: 'bold' });
  canvas.text(`${period}, ${words.continued}`, PAGE.right, PAGE.top + 9, { size: 9, ink: 'quiet', align: 'right' });
}

function foot(
  canvas: Canvas,
  { timeZone }: Statement,
  { words }: Wording,
  { page, pages, generatedAt }: { page: number; pages: number; generatedAt: Date },
): void {
  const format = new Intl.DateTimeFormat(words.dateLocale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const at = format.format(generatedAt);
  canvas.text(words.generated({ at, zone: timeZone }), PAGE.left, 816, { size: 7.5, ink: 'quiet' });
  canvas.text(words.page({ page, pages }), PAGE.right, 816, { size: 7.5, ink: 'quiet', align: 'right' });
}
