import { formatMinor } from '../../shared/money.ts';
import type { Block, Canvas, TextStyle } from './pdf-page.ts';
import { ISOLATE, PAGE } from './pdf-page.ts';
import type { OpenDebt, Statement, StatementLine } from './types.ts';
import type { StatementWords } from './words.ts';
import { wrapText } from './wrap-text.ts';

export type Wording = { words: StatementWords; language: string };

const LINE = 12.5;
const ROW = { size: 8.5, padding: 3.5 };
const DETAILS_LINES_MAX = 5;

type Column = { x: number; align: 'left' | 'right'; width?: number };

/** Room for the figures of a column. */
const FIGURES = { align: 'right', width: 70 } as const;

const movementColumns = {
  date: { x: PAGE.left + 4, align: 'left' },
  what: { x: PAGE.left + 70, align: 'left' },
  charge: { x: PAGE.right - 154, ...FIGURES },
  payment: { x: PAGE.right - 79, ...FIGURES },
  balance: { x: PAGE.right - 4, ...FIGURES },
} as const satisfies Record<string, Column>;
const MOVEMENT_DETAILS_WIDTH = PAGE.right - 154 - FIGURES.width - (PAGE.left + 70);

const debtColumns = {
  opened: { x: PAGE.left + 4, align: 'left' },
  due: { x: PAGE.left + 70, align: 'left' },
  what: { x: PAGE.left + 136, align: 'left' },
  amount: { x: PAGE.right - 144, ...FIGURES },
  rest: { x: PAGE.right - 66, ...FIGURES },
  overdue: { x: PAGE.right - 4, align: 'right', width: 58 },
} as const satisfies Record<string, Column>;
const DEBT_DETAILS_WIDTH = PAGE.right - 144 - FIGURES.width - (PAGE.left + 136);

/** Everything below the head of the first page, from top to bottom. */
export function* statementBlocks(statement: Statement, wording: Wording): Generator<Block> {
  const { words } = wording;
  const figures = figuresOf(statement, wording);
  const header = tableHeader(
    Object.entries(movementColumns).map(([name, column]) => [
      column,
      words.columns[name as keyof typeof movementColumns],
    ]),
  );
  yield header;
  yield movementRow({
    date: figures.day(statement.from),
    what: [words.opening],
    balance: figures.plain(statement.openingBalanceMinor),
    header,
  });
  for (const line of statement.lines) {
    yield movementRow({
      date: figures.day(line.day),
      what: wrapText(describeLine(line, words), {
        weight: 'regular',
        size: ROW.size,
        width: MOVEMENT_DETAILS_WIDTH,
        linesMax: DETAILS_LINES_MAX,
      }),
      charge: line.chargeMinor > 0n ? figures.plain(line.chargeMinor) : '',
      payment: line.paymentMinor > 0n ? figures.plain(line.paymentMinor) : '',
      balance: figures.plain(line.balanceMinor),
      header,
    });
  }
  if (statement.lines.length === 0) yield note(words.noMovements);
  yield movementRow({
    date: '',
    what: [words.totals],
    charge: figures.plain(statement.totals.chargesMinor),
    payment: figures.plain(statement.totals.paymentsMinor),
    header,
    style: { weight: 'bold' },
  });
  yield movementRow({
    date: figures.day(statement.day),
    what: [words.closing],
    balance: figures.plain(statement.closingBalanceMinor),
    header,
    style: { weight: 'bold' },
  });
  yield gap(16);
  yield ageingBox(statement, wording);
  if (statement.openDebts.length > 0) yield* debtBlocks(statement, wording);
}

/** Words, order, invoice, method, reference and reason of a line; what people wrote keeps its own direction. */
function describeLine(line: StatementLine, words: StatementWords): string {
  return joined([
    words.kinds[line.kind],
    line.orderNumber === null ? line.orderId && words.order(line.orderId) : words.order(String(line.orderNumber)),
    line.invoiceReference && words.invoice(line.invoiceReference),
    line.method,
    line.paymentReference,
    line.reason,
  ]);
}

function describeDebt(debt: OpenDebt, words: StatementWords): string {
  const parts = [
    debt.orderNumber === null ? debt.orderId && words.order(debt.orderId) : words.order(String(debt.orderNumber)),
    debt.invoiceReference && words.invoice(debt.invoiceReference),
  ].filter((part) => part);
  return joined(parts.length > 0 ? parts : [words.debts.other]);
}

const joined = (parts: (string | null | '')[]): string =>
  parts
    .filter((part): part is string => part !== null && part !== '')
    .map((part) => `${ISOLATE}${part}\u2069`)
    .join(' · ');

/** How this statement writes amounts and days. */
export function figuresOf(statement: Statement, { words, language }: Wording) {
  const days = new Intl.DateTimeFormat(words.dateLocale, { dateStyle: 'medium', timeZone: 'UTC' });
  const plain = (amount: bigint): string => formatMinor(amount, statement.currency, language);
  return {
    plain,
    withCurrency: (amount: bigint): string => `${plain(amount)} ${statement.currency}`,
    day: (day: string): string => days.format(new Date(`${day}T00:00:00Z`)),
  };
}

type MovementCells = {
  date: string;
  what: string[];
  charge?: string;
  payment?: string;
  balance?: string;
  header: Block;
  style?: Pick<TextStyle, 'weight'>;
};

function movementRow({ what, header, style = {}, ...cells }: MovementCells): Block {
  return tableRow(header, Math.max(what.length, 1), (put) => {
    put(movementColumns.date, cells.date, { ...style, ink: 'quiet' });
    for (const [index, line] of what.entries()) put(movementColumns.what, line, style, index);
    put(movementColumns.charge, cells.charge ?? '', style);
    put(movementColumns.payment, cells.payment ?? '', style);
    put(movementColumns.balance, cells.balance ?? '', style);
  });
}

const placeOf = ({ x: _x, ...place }: Column): Pick<TextStyle, 'align' | 'width'> => place;

type Put = (column: Column, text: string, style?: Omit<TextStyle, 'size' | 'align' | 'width'>, line?: number) => void;

function tableRow(header: Block, lines: number, fill: (put: Put) => void): Block {
  const height = lines * LINE + 2 * ROW.padding;
  return {
    height,
    header,
    draw(canvas, y) {
      fill((column, text, style = {}, line = 0) => {
        const baseline = y + ROW.padding + line * LINE + 9;
        canvas.text(text, column.x, baseline, { ...style, ...placeOf(column), size: ROW.size });
      });
      canvas.rule(y + height);
    },
  };
}

function tableHeader(cells: [Column, string][]): Block {
  return {
    height: 20,
    opensMore: true,
    draw(canvas, y) {
      canvas.stripe(y, 20);
      for (const [column, text] of cells) {
        canvas.text(text, column.x, y + 13.5, { ...placeOf(column), size: ROW.size, weight: 'bold' });
      }
    },
  };
}

function ageingBox(statement: Statement, wording: Wording): Block {
  const { words } = wording;
  const { ageing } = statement;
  const { plain, day } = figuresOf(statement, wording);
  const late = (amount: bigint) => (amount > 0n ? 'alert' : 'ink');
  const buckets = [
    [words.ageing.notDue, ageing.notDueMinor, 'ink'],
    [words.ageing.days1To30, ageing.days1To30Minor, late(ageing.days1To30Minor)],
    [words.ageing.days31To60, ageing.days31To60Minor, late(ageing.days31To60Minor)],
    [words.ageing.days61To90, ageing.days61To90Minor, late(ageing.days61To90Minor)],
    [words.ageing.over90, ageing.over90Minor, late(ageing.over90Minor)],
  ] as const;
  const sums = [
    [words.ageing.owed, ageing.owedMinor],
    [words.ageing.unapplied, -ageing.unappliedMinor],
    [words.ageing.balance, ageing.balanceMinor],
  ] as const;
  const step = (PAGE.right - PAGE.left - 8) / buckets.length;
  return {
    height: 112,
    draw(canvas, y) {
      canvas.stripe(y, 100);
      canvas.text(words.ageing.title({ day: day(ageing.day) }), PAGE.left + 10, y + 18, { size: 9.5, weight: 'bold' });
      for (const [index, [label, amount, ink]] of buckets.entries()) {
        const x = PAGE.left + 10 + index * step;
        canvas.text(label, x, y + 36, { size: 8, ink: 'quiet' });
        canvas.text(plain(amount), x, y + 50, { size: 10, ink });
      }
      canvas.rule(y + 60);
      for (const [index, [label, amount]] of sums.entries()) {
        const x = PAGE.left + 10 + index * step * 2;
        canvas.text(label, x, y + 75, { size: 8, ink: 'quiet' });
        canvas.text(plain(amount), x, y + 90, { size: 10, weight: 'bold' });
      }
    },
  };
}

function* debtBlocks(statement: Statement, wording: Wording): Generator<Block> {
  const { words } = wording;
  const { plain, day } = figuresOf(statement, wording);
  const { debts } = words;
  yield {
    ...gap(20),
    opensMore: true,
    draw: (canvas, y) => canvas.text(debts.title, PAGE.left, y + 12, { size: 11, weight: 'bold' }),
  };
  const header = tableHeader(
    Object.entries(debtColumns).map(([name, column]) => [column, debts[name as keyof typeof debtColumns]]),
  );
  yield header;
  for (const debt of statement.openDebts) {
    const what = wrapText(describeDebt(debt, words), {
      weight: 'regular',
      size: ROW.size,
      width: DEBT_DETAILS_WIDTH,
      linesMax: 2,
    });
    yield tableRow(header, what.length, (put) => {
      put(debtColumns.opened, day(debt.openedOn), { ink: 'quiet' });
      put(debtColumns.due, day(debt.dueOn), { ink: debt.daysOverdue > 0 ? 'alert' : 'ink' });
      for (const [index, line] of what.entries()) put(debtColumns.what, line, {}, index);
      put(debtColumns.amount, plain(debt.amountMinor));
      put(debtColumns.rest, plain(debt.restMinor));
      put(debtColumns.overdue, debts.days(debt.daysOverdue), { ink: 'alert' });
    });
  }
  if (statement.openDebtsLeftOut > 0) yield note(debts.leftOut(statement.openDebtsLeftOut));
}

const gap = (height: number): Block => ({ height, draw: () => undefined });

const note = (text: string): Block => ({
  height: 22,
  draw: (canvas: Canvas, y) => canvas.text(text, PAGE.left + 4, y + 14, { size: ROW.size, ink: 'quiet' }),
});
