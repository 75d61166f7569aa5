import { afterAll, beforeAll, expect, it } from 'vitest';
import { listAlerts } from '../../src/alerts/index.ts';
import {
  createSilenceTimer,
  handBack,
  listConversations,
  markConversationRead,
  readConversation,
  sendAsStaff,
  takeOver,
} from '../../src/chats/index.ts';
import { inTransaction, type Tx } from '../../src/db/index.ts';
import { approveRegistration, listRegistrations, refuseRegistration } from '../../src/people/index.ts';
import { newId } from '../../src/shared/ids.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { delivery, messageFrom, text } from '../../src/simulator/payloads.ts';
import { shop } from '../scenarios/shop.ts';
import { startTestService, type TestService } from '../support/service.ts';

let test: TestService;
beforeAll(async () => {
  test = await startTestService(shop);
});
afterAll(() => test?.stop());

const wholesalerId = 'test';
const meena = { id: 'meena', name: 'Meena' };
const ravi = { id: 'ravi', name: 'Ravi' };
const person = (n: number) => ({ phone: `91970000000${n}`, name: `Person ${n}` });

const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(test.database.db, work);
const heard = (n: number): string[] =>
  test
    .chat(person(n))
    .read()
    .map(({ body }) => body);

async function chatOf(n: number): Promise<string> {
  const { chats } = await listConversations(test.database.db.prisma, { wholesalerId, retailerId: `shop${n}` });
  return chats[0]?.id ?? '';
}

async function writes(n: number, body: string): Promise<void> {
  await test.post(delivery(test.line, { messages: [messageFrom(person(n), text(body))] }));
  await test.quiet();
}

const says = (chatId: string, body: string, staff = meena, requestId = newId()) =>
  inTx((tx) => sendAsStaff(tx, { wholesalerId, chatId, staff, body, requestId }));

it('a shop that asks for a person is seen, taken over, answered, and given back with what was open', async () => {
  const chat = test.chat(person(0));
  await chat.says('10 ctn coke 500');
  await chat.says('talk to a person');
  const waiting = await listConversations(test.database.db.prisma, { wholesalerId, only: 'waiting' });
  expect(waiting.chats).toMatchObject([{ retailerId: 'shop0', handledBy: 'bot', unread: 1 }]);
  const chatId = waiting.chats[0]?.id ?? '';
  const alerts = () => listAlerts(test.database.db.prisma, { wholesalerId });
  expect(await alerts()).toMatchObject([{ kind: 'person_wanted', key: chatId, subject: { retailerId: 'shop0' } }]);

  expect(await says(chatId, 'too early')).toEqual({ kind: 'not_taken' });
  expect(await inTx((tx) => takeOver(tx, { wholesalerId, chatId, staff: meena }))).toEqual({ kind: 'taken' });
  expect(await alerts()).toEqual([]);
  expect(await inTx((tx) => takeOver(tx, { wholesalerId, chatId, staff: ravi }))).toMatchObject({
    kind: 'held_by_other',
    by: 'meena',
  });
  expect(await says(chatId, 'I am Ravi', ravi)).toMatchObject({ kind: 'held_by_other', by: 'meena' });

  const before = heard(0).length;
  await writes(0, 'is the van coming today?');
  await writes(0, 'yes');
  expect(heard(0)).toHaveLength(before);
  const unread = await listConversations(test.database.db.prisma, { wholesalerId, only: 'unread' });
  expect(unread.chats).toMatchObject([{ id: chatId, handledBy: 'person', takenBy: 'meena', unread: 3 }]);

  await markConversationRead(test.database.db.prisma, wholesalerId, chatId);
  expect((await listConversations(test.database.db.prisma, { wholesalerId, only: 'unread' })).chats).toEqual([]);

  const requestId = newId();
  expect(await says(chatId, 'Yes, at 4. Meena', meena, requestId)).toEqual({ kind: 'queued', replayed: false });
  expect(await says(chatId, 'Yes, at 4. Meena', meena, requestId)).toEqual({ kind: 'queued', replayed: true });
  await test.quiet();
  expect(heard(0).slice(before)).toEqual(['Yes, at 4. Meena']);

  expect(await inTx((tx) => handBack(tx, { wholesalerId, chatId, by: 'staff:meena', because: 'handed_back' }))).toEqual(
    {
      kind: 'handed_back',
    },
  );
  await test.quiet();
  expect(heard(0).at(-1)).toBe(
    'This is the ordering assistant of Test Wholesale again. Write what you need.\n\n' +
      'Your order of *4,320.00* is not placed yet. Shall I place it?',
  );
  expect((await chat.taps('Confirm')).body).toMatch(/placed/);
  const audit = await test.database.ownerSql<{ actor: string; action: string }>(
    `select actor, action from audit_entry where subject ->> 'chatId' = $1 order by at`,
    [chatId],
  );
  expect(audit.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
    'staff:meena chat_taken',
    'staff:meena chat_answered',
    'staff:meena chat_handed_back',
  ]);
});

it('shows a chat with both sides, who said what, how it was read and what was decided, page by page', async () => {
  const chatId = await chatOf(0);
  const whole = await inTx((tx) => readConversation(tx, { wholesalerId, chatId, max: 100 }));
  const said = whole?.messages.filter((one) => one.from === 'us' && one.saidBy === 'staff:meena');
  expect(said).toMatchObject([{ reply: { body: 'Yes, at 4. Meena' }, why: null }]);
  const order = whole?.messages.find((one) => one.from === 'shop' && one.parsed?.intent === 'order');
  expect(order).toMatchObject({ parsed: { lines: [{ sku: 'COKE500' }] } });
  expect(whole?.messages.some((one) => one.from === 'shop' && one.answer?.placed === true)).toBe(true);
  expect(whole?.next).toBeNull();

  const seen: string[] = [];
  for (let after: string | undefined = '', pages = 0; after !== undefined && pages < 50; pages += 1) {
    const page = await inTx((tx) => readConversation(tx, { wholesalerId, chatId, max: 3, ...(after && { after }) }));
    seen.push(...(page?.messages ?? []).map(({ id }) => id));
    after = page?.next ?? undefined;
  }
  expect(seen).toEqual(whole?.messages.map(({ id }) => id));
});

it('refuses staff outside the 24 hours, and gives the chat of silent staff back to the bot', async () => {
  await test.chat(person(1)).says('hi');
  const chatId = await chatOf(1);
  await inTx((tx) => takeOver(tx, { wholesalerId, chatId, staff: meena }));
  const timer = createSilenceTimer({ db: test.database.db, logger: createLogger({ level: 'silent', pretty: false }) });
  await timer.run();
  expect(await chatOf(1)).toBe(chatId);
  await test.database.ownerSql(
    `update conversation set taken_at = app_clock() - interval '2 hours 1 minute' where id = $1`,
    [chatId],
  );
  await Promise.all([timer.run(), timer.run()]);
  await test.quiet();
  expect(heard(1).at(-1)).toMatch(/^Sorry, nobody at Test Wholesale could answer you so far/);
  expect(heard(1).filter((body) => /^Sorry, nobody/.test(body))).toHaveLength(1);

  await inTx((tx) => takeOver(tx, { wholesalerId, chatId, staff: ravi }));
  await test.database.ownerSql(
    `update conversation set last_inbound_at = app_clock() - interval '25 hours' where id = $1`,
    [chatId],
  );
  expect(await says(chatId, 'hello?', ravi)).toEqual({ kind: 'window_closed' });
});

it('two staff who take one chat at the same instant: one has it, the other sees who', async () => {
  await test.chat(person(2)).says('hi');
  const chatId = await chatOf(2);
  const both = await Promise.all(
    [meena, ravi].map((staff) => inTx((tx) => takeOver(tx, { wholesalerId, chatId, staff }))),
  );
  expect(both.map(({ kind }) => kind).sort()).toEqual(['held_by_other', 'taken']);
});

it('somebody unknown is registered or refused by staff, and hears of it', async () => {
  const ask = async (phone: string) => {
    const stranger = { phone, name: 'New' };
    await test.chat(stranger).says('10 coke');
    const all = await listRegistrations(test.database.db.prisma, wholesalerId);
    return all.find((one) => one.phone === phone)?.id ?? '';
  };
  const refused = await ask('919711111101');
  expect(await inTx((tx) => refuseRegistration(tx, { wholesalerId, requestId: refused, by: 'staff:meena' }))).toEqual({
    kind: 'refused',
  });
  const approved = await ask('919711111102');
  const decision = { wholesalerId, requestId: approved, by: 'staff:meena', retailerId: 'shop7' };
  expect(await inTx((tx) => approveRegistration(tx, decision))).toEqual({ kind: 'approved' });
  expect(await inTx((tx) => refuseRegistration(tx, { ...decision, requestId: 'nonsense' }))).toEqual({
    kind: 'not_found',
  });
  await test.quiet();
  const last = (phone: string) => test.graph.sentTo(phone).at(-1)?.body;
  expect(last('919711111101')).toMatch(/could not register you/);
  expect(last('919711111102')).toMatch(/^Welcome! You are registered with Test Wholesale as Shop 7/);
  expect((await test.chat({ phone: '919711111102', name: 'New' }).says('1 ctn coke 500')).body).toMatch(/432\.00/);
});
