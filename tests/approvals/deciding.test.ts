import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type DecideAnswer,
  type Decider,
  decideApproval,
  listOpenApprovals,
  requestApprovals,
  sweepWaiting,
} from '../../src/approvals/index.ts';
import { createCredit, verifyLedger } from '../../src/credit/index.ts';
import { type Database, inTransaction } from '../../src/db/index.ts';
import { storeWaiting } from '../../src/orders/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { addShops, cancelOne, heldBy, orderOf, placeOne, tracesOf, WHOLESALER } from '../orders/support.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let other: Database;
let lineId = '';
const RAVI: Decider = { kind: 'approver', id: '01980000-0000-7000-8000-00000000000a' };
const MEERA: Decider = { kind: 'approver', id: '01980000-0000-7000-8000-00000000000b' };

beforeAll(async () => {
  database = await createTestDatabase();
  other = await database.connect();
  await addShops(database, [...Array.from({ length: 12 }, (_, n) => `shop${n}`)]);
  const [line] = await database.ownerSql<{ id: string }>('select id from line where wholesaler_id = $1', [WHOLESALER]);
  lineId = mustExist(line, 'the line').id;
  for (const [decider, name, phone] of [
    [RAVI, 'Ravi', '919800000099'],
    [MEERA, 'Meera', '919800000098'],
  ] as const) {
    await database.ownerSql('insert into approver (wholesaler_id, id, name) values ($1, $2, $3)', [
      WHOLESALER,
      decider.id,
      name,
    ]);
    await database.ownerSql(
      `insert into identity (wholesaler_id, id, kind, value, approver_id) values ($1, gen_random_uuid(), 'phone', $2, $3)`,
      [WHOLESALER, phone, decider.id],
    );
  }
});
afterAll(async () => {
  expect(await verifyLedger(database.db)).toMatchObject({ ok: true, firstBad: null });
  await database.drop();
});

type Asked = { orderId: string; approvalId: string; number: number };

/** A shop with 200.00 left of 1,000.00 asks for an order of 500.00, unless told otherwise. */
async function ask(retailerId: string, amountMinor = 50_000n, waitMinutes = 60): Promise<Asked> {
  const personKey = `p:${retailerId}`;
  await database.ownerSql(
    'insert into conversation (wholesaler_id, line_id, person_key, retailer_id) values ($1, $2, $3, $4) on conflict do nothing',
    [WHOLESALER, lineId, personKey, retailerId],
  );
  const eventId = crypto.randomUUID();
  await database.ownerSql(
    `insert into inbox_event (wholesaler_id, id, line_id, event_key, kind, person_key, payload, sent_at, state)
     values ($1, $2, $3, $5, 'message', $4, '{}', app_clock(), 'kept')`,
    [WHOLESALER, eventId, lineId, personKey, eventId],
  );
  const item = await orderOf(database.db, retailerId, amountMinor, {
    source: 'chat',
    cause: { lineId, personKey, eventId },
  });
  const { orderId, number } = item;
  await inTransaction(database.db, async (tx) => {
    await storeWaiting(tx, [{ ...item, status: 'waiting_for_approval', waitMinutes }]);
    await requestApprovals(tx, WHOLESALER, [{ orderId, retailerId, amountMinor, lineId, waitMinutes }]);
  });
  const [row] = await database.ownerSql<{ id: string }>('select id from approval_request where order_id = $1', [
    orderId,
  ]);
  return { orderId, number, approvalId: mustExist(row, 'the request').id };
}

const fill = async (retailerId: string): Promise<void> => {
  expect(await placeOne(database.db, await orderOf(database.db, retailerId, 80_000n))).toMatchObject({
    kind: 'placed',
  });
};

const decide = (db: Database, approvalId: string, approve: boolean, by = RAVI): Promise<DecideAnswer> =>
  inTransaction(db, (tx) => decideApproval(tx, { wholesalerId: WHOLESALER, approvalId, approve, by }));

const told = (personKey: string, type: string) =>
  database.ownerSql<{ outcome: string | null; number: number | null }>(
    `select payload ->> 'outcome' as outcome, (payload ->> 'number')::int as number from inbox_event
      where kind = 'internal' and person_key = $1 and payload ->> 'type' = $2 order by received_at, id`,
    [personKey, type],
  );

const requestOf = async (approvalId: string): Promise<string | undefined> =>
  (await database.ownerSql<{ state: string }>('select state from approval_request where id = $1', [approvalId]))[0]
    ?.state;

const overridesOf = (orderId: string) =>
  database.ownerSql<{ amount: number; used: boolean }>(
    'select amount_minor::int as amount, used_by is not null as used from credit_override where order_id = $1',
    [orderId],
  );

const credit = () => createCredit({ databaseUrl: database.url, maxConnections: 1 });

describe('a request', () => {
  it('goes to every approver once, also to those who never wrote, and is listed with its figures', async () => {
    await fill('shop0');
    const { approvalId, number } = await ask('shop0');
    expect(await told('p:919800000099', 'approval_asked')).toHaveLength(1);
    expect(await told('p:919800000098', 'approval_asked')).toHaveLength(1);
    const open = await listOpenApprovals(database.db.prisma, WHOLESALER, 10);
    expect(open.find(({ id }) => id === approvalId)).toMatchObject({
      number,
      shop: 'shop0',
      amountMinor: 50_000n,
      shortMinor: 30_000n,
      heldMinor: 80_000n,
      lastOrders: [{ amountMinor: 80_000n, status: 'approved' }],
    });
  });

  it('that is approved grants what was missing to this order alone, places it, and tells the shop', async () => {
    await fill('shop1');
    const { orderId, approvalId, number } = await ask('shop1');
    expect(await decide(database.db, approvalId, true)).toMatchObject({ kind: 'approved', number, availableMinor: 0n });
    expect(await tracesOf(database, orderId)).toMatchObject({ status: 'approved', holds: 1 });
    expect(await overridesOf(orderId)).toEqual([{ amount: 30_000, used: true }]);
    expect(await heldBy(database, 'shop1')).toBe(130_000n);
    expect(await told('p:shop1', 'approval_decided')).toEqual([{ outcome: 'approved', number }]);
    const audit = await database.ownerSql<{ actor: string; action: string }>(
      `select actor, action from audit_entry where subject ->> 'approvalId' = $1`,
      [approvalId],
    );
    expect(audit).toEqual([{ actor: `approver:${RAVI.id}`, action: 'approval_granted' }]);
    // A webhook that comes again, or a second tap: nothing is granted or held twice.
    expect(await decide(database.db, approvalId, true)).toMatchObject({
      kind: 'already',
      state: 'approved',
      by: 'Ravi',
    });
    expect(await decide(database.db, approvalId, false, MEERA)).toMatchObject({ kind: 'already', by: 'Ravi' });
    expect(await heldBy(database, 'shop1')).toBe(130_000n);
  });

  it('that is rejected holds nothing, and its order stays rejected', async () => {
    await fill('shop2');
    const { orderId, approvalId } = await ask('shop2');
    expect(await decide(database.db, approvalId, false)).toMatchObject({ kind: 'rejected' });
    expect(await tracesOf(database, orderId)).toMatchObject({ status: 'rejected', holds: 0, entries: 0 });
    expect((await told('p:shop2', 'approval_decided')).map(({ outcome }) => outcome)).toEqual(['rejected']);
  });

  it('is refused by the credit lock while the account is blocked, and no grant is left behind', async () => {
    await fill('shop3');
    const { orderId, approvalId } = await ask('shop3');
    const library = credit();
    await library.blockAccount({ wholesalerId: WHOLESALER, retailerId: 'shop3', actor: 'test', reason: 'test' });
    await library.close();
    expect(await decide(database.db, approvalId, true)).toMatchObject({ kind: 'refused', code: 'CREDIT_BLOCKED' });
    expect(await tracesOf(database, orderId)).toMatchObject({ status: 'rejected', holds: 0 });
    expect(await overridesOf(orderId)).toEqual([]);
    expect(await requestOf(approvalId)).toBe('refused');
  });

  it('grants no more than was asked for: a limit lowered meanwhile is refused, headroom that came needs no grant', async () => {
    await fill('shop4');
    const first = await ask('shop4');
    const library = credit();
    const key = { wholesalerId: WHOLESALER, retailerId: 'shop4', actor: 'test', reason: 'test' };
    await library.changeLimit({ ...key, limitMinor: 90_000n });
    expect(await decide(database.db, first.approvalId, true)).toMatchObject({
      kind: 'refused',
      code: 'INSUFFICIENT_CREDIT',
    });
    expect(await overridesOf(first.orderId)).toEqual([]);
    const second = await ask('shop4');
    await library.changeLimit({ ...key, limitMinor: 200_000n });
    await library.close();
    expect(await decide(database.db, second.approvalId, true)).toMatchObject({ kind: 'approved' });
    expect(await overridesOf(second.orderId)).toEqual([]);
  });

  it('expires in time: its order too, and both sides are told; a later yes changes nothing', async () => {
    await fill('shop5');
    const { orderId, approvalId, number } = await ask('shop5', 50_000n, 0);
    expect((await sweepWaiting(database.db)).expired).toBeGreaterThanOrEqual(1);
    expect(await tracesOf(database, orderId)).toMatchObject({ status: 'expired', holds: 0 });
    expect(await told('p:shop5', 'approval_decided')).toEqual([{ outcome: 'expired', number }]);
    expect((await told('p:919800000099', 'approval_lapsed')).at(-1)).toMatchObject({ number });
    expect(await decide(database.db, approvalId, true)).toMatchObject({ kind: 'already', state: 'expired', by: null });
  });
});

describe('at the same instant, from two connections', () => {
  it('two approvers: one answer counts, the other hears it with the name', async () => {
    const winners = new Set<string>();
    for (let round = 0; round < 8; round += 1) {
      const { orderId, approvalId } = await ask('shop6', 1_000n);
      const [yes, no] = await Promise.all([
        decide(database.db, approvalId, true, RAVI),
        decide(other, approvalId, false, MEERA),
      ]);
      const { status } = await tracesOf(database, orderId);
      if (yes.kind === 'approved') {
        expect(no).toMatchObject({ kind: 'already', state: 'approved', by: 'Ravi' });
        expect(status).toBe('approved');
      } else {
        expect(no.kind).toBe('rejected');
        expect(yes).toMatchObject({ kind: 'already', state: 'rejected', by: 'Meera' });
        expect(status).toBe('rejected');
      }
      winners.add(yes.kind);
      expect(await told('p:shop6', 'approval_decided')).toHaveLength(round + 1);
    }
    console.log('two approvers at once, outcomes seen:', [...winners].join(', '));
  });

  it('a yes and the shop taking its order back: never an order that holds credit and is cancelled', async () => {
    const pairs: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      const { orderId, approvalId } = await ask('shop7', 1_000n);
      const [yes, back] = await Promise.all([
        decide(database.db, approvalId, true),
        cancelOne(other, orderId, 'shop7'),
      ]);
      pairs.push(`${yes.kind}/${back.kind}`);
      expect(['approved/cancelled', 'already/withdrawn']).toContain(`${yes.kind}/${back.kind}`);
      expect((await tracesOf(database, orderId)).status).toBe('cancelled');
      expect(await heldBy(database, 'shop7')).toBe(0n);
      expect(await requestOf(approvalId)).toBe(yes.kind === 'approved' ? 'approved' : 'withdrawn');
    }
    console.log('approve against cancel, outcomes seen:', pairs.join(' '));
  });

  it('a yes and its time running out: approved with credit, or expired without', async () => {
    const seen: string[] = [];
    for (let round = 0; round < 6; round += 1) {
      const { orderId, approvalId } = await ask('shop8', 1_000n, 60);
      const past = database.ownerSql(
        `update approval_request set expires_at = app_clock() - interval '1 second' where id = $1`,
        [approvalId],
      );
      // Every other round the clock is a little ahead, so that both ends are seen.
      if (round % 2 === 1) await past;
      const [yes] = await Promise.all([decide(database.db, approvalId, true), past.then(() => sweepWaiting(other))]);
      const { status, holds } = await tracesOf(database, orderId);
      seen.push(status ?? '');
      expect([yes.kind, status, holds]).toEqual(
        yes.kind === 'approved' ? ['approved', 'approved', 1] : ['already', 'expired', 0],
      );
    }
    console.log('approve against expiry, orders end as:', seen.join(' '));
  });

  it('the same yes twice, as of a webhook that is replayed: one hold, one grant', async () => {
    await fill('shop9');
    const { orderId, approvalId } = await ask('shop9');
    const both = await Promise.all([decide(database.db, approvalId, true), decide(other, approvalId, true)]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['already', 'approved']);
    expect(await overridesOf(orderId)).toEqual([{ amount: 30_000, used: true }]);
    expect(await heldBy(database, 'shop9')).toBe(130_000n);
  });
});

it('whatever is asked and approved, what is held never passes limit and grants of the orders that hold it', async () => {
  const amounts = [30_000n, 90_000n, 5_000n, 120_000n, 64_000n, 1n, 70_000n];
  await fill('shop10');
  const asked: Asked[] = [];
  for (const amount of amounts) asked.push(await ask('shop10', amount));
  const answers = await Promise.all(
    asked.map(({ approvalId }, at) => decide(at % 2 === 0 ? database.db : other, approvalId, at % 3 !== 2)),
  );
  const [row] = await database.ownerSql<{ over: string; granted: string }>(
    `select greatest(a.held_minor - a.limit_minor, 0)::text as over,
            (select coalesce(sum(o.amount_minor), 0)::text from credit_override o
              where o.retailer_id = a.retailer_id and o.used_by is not null) as granted
       from credit_account a where a.retailer_id = 'shop10'`,
  );
  expect(BigInt(mustExist(row, 'the account').over) <= BigInt(row?.granted ?? 0)).toBe(true);
  console.log(
    'approved:',
    answers.map(({ kind }) => kind).join(' '),
    '- over the limit',
    row?.over,
    'granted',
    row?.granted,
  );
});
