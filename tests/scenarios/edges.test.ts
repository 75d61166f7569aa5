/**
 * The edges of the conversation that must be right, one scenario each, in the order of the specification: through the
 * signed webhook, the database and the outbox. Their variants, in memory, are in tests/conversation/edges.test.ts.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { importShop, readShopFile } from '../../src/catalogue/index.ts';
import { verifyLedger } from '../../src/credit/index.ts';
import { inTransaction } from '../../src/db/index.ts';
import { deliverOrder } from '../../src/orders/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import {
  buttonTap,
  type Content,
  delivery,
  image,
  messageFrom,
  reaction,
  text,
  voiceNote,
} from '../../src/simulator/payloads.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { product, shop } from './shop.ts';

let test: TestService;
beforeAll(async () => {
  test = await startTestService(shop);
});
afterAll(() => test.stop());

type Options = Parameters<typeof messageFrom>[2];
const post = (person: { phone: string }, content: Content, options?: Options) =>
  test.post(delivery(test.line, { messages: [messageFrom(person, content, options)] }));

async function newest(person: { phone: string }): Promise<string> {
  await test.quiet();
  return mustExist(test.chat(person).read().at(-1), 'an answer').body;
}

/** The catalogue as it becomes: what is named here is added or changed, all else stays. */
async function importProducts(...products: Record<string, unknown>[]): Promise<void> {
  const { wholesaler, lines } = shop;
  const read = readShopFile(JSON.stringify({ wholesaler, lines, products }));
  if (!read.ok) throw new Error(`the products are wrong: ${JSON.stringify(read.problems)}`);
  await importShop(test.database.db, read.shop, { dryRun: false });
}

async function ordersOf(retailerId: string): Promise<{ number: number; status: string }[]> {
  await test.quiet();
  return test.database.ownerSql(`select number, status from orders where retailer_id = $1 order by number`, [
    retailerId,
  ]);
}

it('double tap on Confirm: one order, and both taps are answered with it', async () => {
  const person = { phone: '919700000005' };
  const chat = test.chat(person);
  const proposal = await chat.says('1 ctn coke 500');
  const confirm = mustExist(
    proposal.choices.find(({ title }) => title === 'Confirm'),
    'a Confirm button',
  );
  expect(await Promise.all([post(person, buttonTap(confirm)), post(person, buttonTap(confirm))])).toEqual([200, 200]);
  const orders = await ordersOf('shop5');
  expect(orders).toHaveLength(1);
  const number = String(mustExist(orders[0], 'the order').number);
  const answers = chat.read().slice(-2);
  expect(answers.map(({ body }) => body)).toEqual([
    expect.stringMatching(new RegExp(`Order \\*${number}\\* placed`)),
    expect.stringMatching(new RegExp(`Order \\*${number}\\* is already placed`)),
  ]);
  expect(await test.account('shop5')).toMatchObject({ heldMinor: 43_200n });
});

it('Confirm from two phones of one shop at the same instant: each places its own cart', async () => {
  const one = test.chat({ phone: '919800000001' });
  const other = test.chat({ phone: '919800000002' });
  await one.says('1 ctn coke 500');
  await other.says('2 sugar 50kg');
  const answers = await Promise.all([one.taps('Confirm'), other.taps('Confirm')]);
  expect(answers.map(({ body }) => /placed\. ([\d,.]+) on credit/.exec(body)?.[1])).toEqual(['432.00', '4,300.00']);
  expect(await test.account('asha')).toMatchObject({ heldMinor: 473_200n });
});

it('cancelling races with delivery: one wins, and the chat tells which', async () => {
  const person = { phone: '919700000001' };
  const chat = test.chat(person);
  await chat.says('1 ctn coke 500');
  await chat.taps('Confirm');
  const asked = await chat.says('cancel');
  expect(asked.choices).toHaveLength(2);
  const [order] = await test.database.ownerSql<{ id: string; number: number }>(
    `select id, number from orders where retailer_id = 'shop1'`,
  );
  const { id, number } = mustExist(order, 'the order');
  const [, answer] = await Promise.all([
    inTransaction(test.database.db, (tx) =>
      deliverOrder(tx, {
        wholesalerId: 'test',
        orderId: id,
        key: 'delivery-1',
        releaseRest: false,
        actor: 'staff:asha',
        source: 'console',
      }),
    ),
    chat.taps(/cancel/i),
  ]);
  const [after] = await test.database.ownerSql<{ status: string }>('select status from orders where id = $1', [id]);
  expect(['delivered', 'cancelled']).toContain(after?.status);
  expect(answer.body).toContain(String(number));
  expect(answer.body).toMatch(after?.status === 'delivered' ? /delivered/i : /cancelled/i);
  const account = await test.account('shop1');
  expect(account.heldMinor).toBe(0n);
  expect(account.owedMinor).toBe(after?.status === 'delivered' ? 43_200n : 0n);
});

it('price changed between proposal and confirm: a new proposal, and only a second Confirm places it', async () => {
  const chat = test.chat({ phone: '919700000007' });
  await importProducts(product('TEA', 'Tea 250g', 9000, { units: { each: 1 }, defaultUnit: 'each', cartUnit: 'each' }));
  expect((await chat.says('10 tea')).body).toContain('Total *900.00*');
  await importProducts(product('TEA', 'Tea 250g', 9500, { units: { each: 1 }, defaultUnit: 'each', cartUnit: 'each' }));
  expect((await chat.taps('Confirm')).body).toMatch(/Prices changed[\s\S]*Total \*950\.00\*/);
  expect(await ordersOf('shop7')).toEqual([]);
  expect((await chat.taps('Confirm')).body).toMatch(/placed\. 950\.00 on credit/);
});

it('product switched off between proposal and confirm: said by name, and the rest is proposed', async () => {
  const chat = test.chat({ phone: '919700000008' });
  const soap = { units: { each: 1 }, defaultUnit: 'each', cartUnit: 'each' };
  await importProducts(product('SOAP', 'Lux soap', 3000, soap));
  await chat.says('10 lux soap and 1 sugar 50kg');
  await importProducts(product('SOAP', 'Lux soap', 3000, { ...soap, active: false }));
  expect((await chat.taps('Confirm')).body).toMatch(/Lux soap is not on sale now[\s\S]*Total \*2,150\.00\*/);
  expect(await ordersOf('shop8')).toEqual([]);
});

it('a reply to an older message by its context id quotes that message, and a "yes" in it places nothing', async () => {
  const person = { phone: '919700000002' };
  const chat = test.chat(person);
  const older = await chat.says('1 ctn coke 500');
  const newer = await chat.says('add 1 sugar 50kg');
  expect(await post(person, text('yes'), { contextId: older.wamid })).toBe(200);
  expect(await newest(person)).toMatch(/older message[\s\S]*not placed yet/);
  expect(chat.read().at(-1)?.message.context).toEqual({ message_id: older.wamid });
  expect(await test.account('shop2')).toMatchObject({ heldMinor: 0n });
  // What that answer asked is the same proposal, so a yes to it counts.
  expect(await post(person, text('yes'), { contextId: newer.wamid })).toBe(200);
  expect(await newest(person)).toMatch(/placed\. 2,582\.00/);
});

it('a "2" in reply to an old list is not read against the question that is open', async () => {
  const person = { phone: '919700000003' };
  const chat = test.chat(person);
  const list = await chat.says('5 sugar');
  await chat.says('1');
  await chat.says('cancel');
  await chat.says('coke 500');
  await post(person, text('2'), { contextId: list.wamid });
  expect(await newest(person)).toMatch(/older message[\s\S]*How many/);
  await chat.says('3');
  expect(await newest(person)).toMatch(/Coca-Cola 500ml, 3 cases/);
});

it('a yes that waited more than an hour for us is asked about again', async () => {
  const person = { phone: '919700000004' };
  await test.chat(person).says('1 ctn coke 500');
  // The proposal as if it had been made before the yes, two hours ago.
  await test.database.ownerSql(
    `update conversation set state = jsonb_set(state, '{pending,askedAtMs}', to_jsonb((state #>> '{pending,askedAtMs}')::bigint - 7300000))
      where person_key = 'p:919700000004'`,
  );
  await post(person, text('yes'), { at: new Date(Date.now() - 2 * 3_600_000) });
  expect(await newest(person)).toMatch(/reached me late[\s\S]*Your order/);
  expect(await test.account('shop4')).toMatchObject({ heldMinor: 0n });
});

it('empty cart confirmed: nothing is placed, and that is said', async () => {
  const chat = test.chat({ phone: '919700000009' });
  expect((await chat.says('yes')).body).toMatch(/nothing waiting for your confirmation/);
  await chat.says('1 ctn coke 500');
  await chat.says('remove coke 500');
  expect((await chat.says('confirm')).body).toMatch(/nothing waiting for your confirmation/);
  expect(await ordersOf('shop9')).toEqual([]);
});

it.each([
  ['zero', '0 ctn coke 500', '919700000010', 'shop10'],
  ['negative', '-5 ctn coke 500', '919700000011', 'shop11'],
  ['absurd', '99999999999 ctn coke 500', '919700000012', 'shop12'],
  ['over the cap', '20000 sugar 1kg', '919700000013', 'shop13'],
])('quantity %s: asked about before it is in an order', async (_what, said, phone, retailerId) => {
  const chat = test.chat({ phone });
  const asked = await chat.says(said);
  expect(asked.body).toMatch(/How many|is that right\?/);
  expect(asked.body).not.toMatch(/Total/);
  expect((await chat.says('2')).body).toMatch(/, 2 (cases|pieces)/);
  expect(await ordersOf(retailerId)).toEqual([]);
});

it('a 300-line list: every line is in the proposal once, no message is too long, and the buttons come last', async () => {
  const syllables = ['ba', 'ko', 'di', 'fu', 'ge', 'la', 'mi', 'no', 'pe', 'ru'];
  const syllable = (at: number): string => syllables[Math.floor(at) % 10] ?? '';
  const names = Array.from(
    { length: 300 },
    (_, at) => `${syllable(at)}${syllable(at / 10)}${syllable(at / 100)}x soap`,
  );
  const soap = { units: { each: 1 }, defaultUnit: 'each', cartUnit: 'each' };
  await importProducts(...names.map((name, at) => product(`P${at}`, name, 100, soap)));
  const chat = test.chat({ phone: '919700000014' });
  await chat.says(names.map((name, at) => `${(at % 9) + 1} ${name}`).join('\n'));
  await test.quiet();
  const replies = chat.read();
  expect(replies.every(({ body, choices }) => body.length <= (choices.length > 0 ? 1024 : 4096))).toBe(true);
  expect(replies.map(({ choices }) => choices.length > 0)).toEqual(replies.map((_, at) => at === replies.length - 1));
  const shown = replies.map(({ body }) => body).join('\n');
  for (const [at, name] of names.entries()) expect(shown).toContain(`${at + 1}. ${name}, ${(at % 9) + 1} `);
  expect((await chat.taps('Confirm')).body).toMatch(/placed/);
}, 120_000);

it('emoji only: asked what is meant, and what was asked before is asked again', async () => {
  const chat = test.chat({ phone: '919700000015' });
  await chat.says('5 sugar');
  expect((await chat.says('🙂🙂')).body).toMatch(/Which one do you mean by "5 sugar"/);
  expect((await chat.says('2')).body).toMatch(/Sugar 50kg, 5 pieces/);
});

it('a voice note or photo: text is asked for, and the open order stays', async () => {
  const chat = test.chat({ phone: '919700000016' });
  await chat.says('1 ctn coke 500');
  expect((await chat.sends(voiceNote())).body).toMatch(/voice notes[\s\S]*as text[\s\S]*432\.00/);
  expect((await chat.sends(image())).body).toMatch(/pictures[\s\S]*as text[\s\S]*432\.00/);
  expect((await chat.says('yes')).body).toMatch(/placed\. 432\.00/);
});

it('an order behind five newer ones is found by its number and by a button about it, and cancelled after a yes', async () => {
  const chat = test.chat({ phone: '919700000017' });
  for (let made = 0; made < 7; made += 1) {
    await chat.says('1 ctn coke 500');
    await chat.taps('Confirm');
  }
  const orders = await ordersOf('shop17');
  const [oldest, second] = orders.map(({ number }) => number);
  expect((await chat.says(`cancel ${oldest}`)).body).toBe(`Cancel order *${oldest}* (432.00)?`);
  expect((await chat.says('yes')).body).toMatch(new RegExp(`Order \\*${oldest}\\* cancelled`));
  const [row] = await test.database.ownerSql<{ id: string }>('select id from orders where number = $1', [second]);
  const tapped = await chat.sends(
    buttonTap({ id: `cancel_order:${mustExist(row, 'the order').id}`, title: 'Cancel the order' }),
  );
  expect(tapped.body).toBe(`Cancel order *${second}* (432.00)?`);
  expect((await chat.taps('No, keep it')).body).toMatch(/stays as it is/);
  // Another shop's order is nobody else's to find.
  expect((await test.chat({ phone: '919700000018' }).says(`cancel ${second}`)).body).toMatch(/can't find order/);
});

it('the language that a person writes is remembered by their chat, and the other phone keeps its own', async () => {
  const one = test.chat({ phone: '919800000001' });
  const other = test.chat({ phone: '919800000002' });
  expect((await one.says('buenas tardes, cuánto debo por favor')).body).toMatch(/Límite|crédito/i);
  expect((await one.says('balance')).body).toMatch(/Límite|crédito/i);
  expect((await other.says('balance')).body).toMatch(/Limit/);
  const rows = await test.database.ownerSql<{ language: string | null }>(
    `select language from conversation where person_key in ('p:919800000001', 'p:919800000002') order by person_key`,
  );
  expect(rows).toEqual([{ language: 'es' }, { language: null }]);
});

it('groups and reactions hear nothing; what comes after them does', async () => {
  const person = { phone: '919700000006' };
  await post(person, text('10 ctn coke 500'), { groupId: 'group.1' });
  await post(person, reaction('wamid.x', '👍'));
  await test.quiet();
  expect(test.chat(person).read()).toEqual([]);
  expect((await test.chat(person).says('1 ctn coke 500')).body).toMatch(/Coca-Cola/);
});

it('ends with a whole ledger', async () => {
  await test.quiet();
  expect(await verifyLedger(test.database.db, {})).toMatchObject({ ok: true });
});
