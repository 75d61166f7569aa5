import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Statement, type StatementLine, statementPdf } from '../../src/credit/index.ts';
import { setClock, shopElsewhere } from './papers.ts';
import { readPdf, readPlaces } from './read-pdf.ts';
import { type CreditBench, createCreditBench } from './shop.ts';

let bench: CreditBench;
beforeAll(async () => {
  bench = await createCreditBench();
});
afterAll(() => bench.drop());

const generatedAt = new Date('2026-11-25T08:17:00Z');

async function draw(statement: Statement, at = generatedAt, language = 'en'): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of statementPdf(statement, { language, generatedAt: at })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** October of a shop that ordered, paid, bounced and sent goods back. */
async function october(names: { name: string; shop: string }): Promise<Statement> {
  await setClock(bench, '2026-09-10T06:00:00Z');
  const key = await shopElsewhere(bench, names, { owedMinor: 1_250_000n, termsDays: 10 });
  const by = { ...key, actor: 'asha' };
  await setClock(bench, '2026-10-05T06:00:00Z');
  const paid = await bench.credit.recordPayment({
    ...by,
    amountMinor: 400_000,
    method: 'cheque',
    reference: 'HDFC 4711',
  });
  if (!paid.success || paid.paymentId === null) throw new Error('no payment was booked');
  await setClock(bench, '2026-10-09T06:00:00Z');
  await bench.credit.reversePayment({ ...by, paymentId: paid.paymentId, reason: 'चेक बाउंस हो गया, बैंक ने वापस भेजा' });
  await bench.credit.issueCreditNote({ ...by, amountMinor: 12_345, reason: 'بضاعة تالفة لا تصلح' });
  await bench.credit.adjustBalance({
    ...by,
    amountMinor: 60_000,
    reason: 'old invoice',
    reference: 'INV-9',
    dueOn: '2026-12-01',
  });
  const statement = await bench.credit.statement({ ...key, from: '2026-10-01', to: '2026-11-01' });
  if (statement.kind === 'refused') throw new Error(statement.message);
  return statement;
}

/** The same statement with as many movements as wanted. */
function withLines(statement: Statement, count: number): Statement {
  const pattern = statement.lines;
  const lines: StatementLine[] = [];
  for (let at = 0; at < count; at += 1) lines.push(pattern[at % pattern.length] as StatementLine);
  return { ...statement, lines };
}

describe('a statement as PDF', () => {
  test('says who, which days, every movement, the age of the debt and the open items', async () => {
    const statement = await october({ name: 'Gupta Wholesale', shop: 'Asha Stores' });
    const [page, ...others] = await readPdf(await draw(statement));
    expect(others).toEqual([]);
    expect(page).toEqual([
      'Gupta Wholesale Statement of account',
      'For INR',
      'Asha Stores 1 Oct 2026 to 31 Oct 2026',
      statement.retailerId,
      'Opening balance Charge Payment Closing balance',
      '12,500.00 4,600.00 4,123.45 12,976.55',
      'To pay: 12,976.55 INR',
      'Date Details Charge Payment Balance',
      '1 Oct 2026 Opening balance 12,500.00',
      '5 Oct 2026 Payment received · cheque · HDFC 4711 4,000.00 8,500.00',
      '9 Oct 2026 Payment returned · cheque · HDFC 4711 · चेक बाउंस हो 4,000.00 12,500.00',
      'गया, बैंक ने वापस भेजा',
      '9 Oct 2026 Credit note · بضاعة تالفة لا تصلح 123.45 12,376.55',
      '9 Oct 2026 Adjustment · Invoice INV-9 · old invoice 600.00 12,976.55',
      'Total of the period 4,600.00 4,123.45',
      '9 Oct 2026 Closing balance 12,976.55',
      'What is owed, by age on 9 Oct 2026',
      'Not yet due 1-30 days 31-60 days 61-90 days Over 90 days',
      '600.00 12,376.55 0.00 0.00 0.00',
      'Owed Paid, not yet applied Balance',
      '12,976.55 0.00 12,976.55',
      'Open items',
      'Date Due on Details Amount Left to pay Overdue',
      '10 Sept 2026 20 Sept 2026 Balance brought in 12,500.00 12,376.55 19 days',
      '9 Oct 2026 1 Dec 2026 Invoice INV-9 600.00 600.00',
      'Generated 25 Nov 2026, 13:47 (Asia/Kolkata) Page 1 of 1',
    ]);
  });

  test('keeps names in Hindi, Arabic and mixed writing as text that can be copied and searched', async () => {
    const names = { name: 'श्री लक्ष्मी मिष्ठान्न भण्डार (मुंबई)', shop: 'Al Noor متجر النور 24' };
    const [page] = await readPdf(await draw(await october(names)));
    expect(page?.[0]).toBe(`${names.name} Statement of account`);
    // Pieces stand in the order of the page, where the number is left of the Arabic words that it follows.
    expect(page?.[2]).toBe('Al Noor 24 متجر النور 1 Oct 2026 to 31 Oct 2026');
  });

  test.each([
    ['Hindi', 'क्षत्रिय ट्रेडर्स|कृष्णा किराना|हिन्दुस्तान ऑयल|दुर्गा स्टोर्स|राष्ट्रीय प्रिंटिंग|ज्ञानेश्वर|कार्त्तिकेय|निर्मित|गुरुद्वारा|बुद्धि'],
    [
      'Arabic, Persian and Urdu',
      'شركة الأمل للتجارة|مؤسسة الإخلاص|بقالة الفجر|السلام عليكم|کریانہ سٹور|گلستان ٹریڈرز|فروشگاه پیروزی',
    ],
    ['Latin, Greek and Cyrillic', 'Müller & Söhne|Łódź Żabka|Şekerci Ağaoğlu|Nguyễn Trãi|Αθήνα|Москва|office & staff'],
  ])('gives back each name in %s as it was written', async (_writing, list) => {
    const statement = await october({ name: 'w', shop: 's' });
    const pattern = statement.lines[0] as StatementLine;
    const names = list.split('|');
    const lines = names.map((name) => ({ ...pattern, method: null, paymentReference: name }));
    const [page] = await readPdf(await draw({ ...statement, lines }));
    for (const name of names) expect(page).toContainEqual(expect.stringContaining(` · ${name} 4,000.00`));
  });

  test('in Arabic has its first column at the right, and figures that still end below each other', async () => {
    const statement = await october({ name: 'Gupta Wholesale', shop: 'متجر النور' });
    const [page = []] = await readPlaces(await draw(statement, generatedAt, 'ar'));
    const header = page.filter(
      ({ text, y }) => text.trim() !== '' && y === page.find(({ text }) => text === 'البيان')?.y,
    );
    const fromTheRight = header.toSorted((one, other) => other.right - one.right).map(({ text }) => text);
    expect(fromTheRight).toEqual(['التاريخ', 'البيان', 'عليه', 'دفع', 'الرصيد']);
    const details = [...header, ...page].filter(
      ({ text }, at) => text === (at < header.length ? 'البيان' : 'دفعة مستلمة'),
    );
    expect(new Set(details.map(({ right }) => Math.round(right))).size).toBe(1);
    const balances = page.filter(({ text, right }) => /^[\d,]+\.\d\d$/.test(text) && right < 120);
    expect(balances.length).toBeGreaterThan(4);
    expect(new Set(balances.map(({ right }) => Math.round(right))).size).toBe(1);
    expect(new Set(balances.map(({ left }) => Math.round(left))).size).toBeGreaterThan(1);
  });

  test('goes over several pages, each with the header of the table and its number', async () => {
    const statement = withLines(await october({ name: 'Gupta Wholesale', shop: 'Asha Stores' }), 150);
    const pages = await readPdf(await draw(statement));
    expect(pages.length).toBeGreaterThan(3);
    for (const [index, page] of pages.entries()) {
      expect(page.at(-1)).toBe(`Generated 25 Nov 2026, 13:47 (Asia/Kolkata) Page ${index + 1} of ${pages.length}`);
      if (index > 0) expect(page[0]).toBe('Asha Stores 1 Oct 2026 to 31 Oct 2026, continued');
      if (index < pages.length - 1) expect(page).toContain('Date Details Charge Payment Balance');
    }
    const movements = pages.flat().filter((line) => /^\d+ Oct 2026 (Payment|Credit note|Adjustment)/.test(line));
    expect(movements).toHaveLength(150);
  });

  test('has the same bytes for the same input, and embeds no more of its fonts than it shows', async () => {
    const statement = await october({ name: 'श्री गणेश', shop: 'متجر' });
    const bytes = await draw(statement);
    expect((await draw(statement)).equals(bytes)).toBe(true);
    expect((await draw(statement, new Date('2026-11-26T08:17:00Z'))).equals(bytes)).toBe(false);
    expect(bytes.length).toBeLessThan(60_000);
    const plain = bytes.toString('latin1');
    expect(plain.match(/\/FontFile2/g)).toHaveLength(4);
    expect(plain.match(/\/ToUnicode/g)).toHaveLength(4);
    expect(plain).not.toContain('/Type1');
  });

  test.each([
    ['letters that no font has', 'Shop 日本 🛒 end', 'Shop 日本 🛒 end'],
    ['a line break and a tab', 'One\nTwo\tThree', 'One Two Three'],
    ['half a letter', 'A\ud83d B', 'A� B'],
    ['nothing but spaces', '   ', ''],
  ])('draws a name with %s', async (_what, retailerName, shown) => {
    const statement = { ...(await october({ name: 'w', shop: 's' })), retailerName };
    const [page] = await readPdf(await draw(statement));
    expect(page).toContain(`${shown} 1 Oct 2026 to 31 Oct 2026`.trim());
  });

  test('cuts what nobody would read, and says so with an ellipsis', async () => {
    const statement = await october({ name: 'w', shop: 's' });
    const long = { ...(statement.lines[1] as StatementLine), reason: 'क्षत्रिय'.repeat(5_000) };
    const pages = await readPdf(await draw({ ...statement, retailerName: 'x'.repeat(100_000), lines: [long] }));
    expect(pages).toHaveLength(1);
    expect(pages[0]?.filter((line) => /x…|क्षत्रिय.*…/.test(line))).toHaveLength(2);
  });

  test('draws 5,000 movements page by page, in time and memory that a service can spare', async () => {
    const statement = withLines(await october({ name: 'w', shop: 's' }), 5_000);
    const before = process.memoryUsage().rss;
    const startedAt = process.cpuUsage();
    let largest = 0;
    let bytes = 0;
    let rss = before;
    for await (const chunk of statementPdf(statement, { language: 'en', generatedAt })) {
      largest = Math.max(largest, chunk.length);
      bytes += chunk.length;
      rss = Math.max(rss, process.memoryUsage().rss);
    }
    // Some 2 s and 40 MB on a calm machine; the bounds leave room for a busy one.
    expect(process.cpuUsage(startedAt).user / 1000).toBeLessThan(20_000);
    expect(rss - before).toBeLessThan(200_000_000);
    expect(largest).toBeLessThan(bytes / 4);
  }, 180_000);
});
