import { setTimeout as sleep } from 'node:timers/promises';
import { verifyLedger } from '../../src/credit/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { lost } from './crowd.ts';
import { WHOLESALER_ID } from './shop.ts';
import type { Stage } from './stage.ts';

const SETTLE_MS_MAX = 30_000;

/** Waits until everything is worked on, sent and reported, so that the next load finds an idle service. */
export async function settle({ db, graph }: Pick<Stage, 'db' | 'graph'>): Promise<void> {
  const deadline = Date.now() + SETTLE_MS_MAX;
  for (;;) {
    await graph.statusesPosted();
    const [row] = await db.prisma.$queryRaw<{ busy: boolean }[]>`
      select exists (select 1 from inbox_event where wholesaler_id = ${WHOLESALER_ID} and state = 'waiting')
          or exists (select 1 from outbox_message
                      where wholesaler_id = ${WHOLESALER_ID} and state in ('queued', 'sending', 'uncertain')) as busy`;
    if (row?.busy === false) return;
    if (Date.now() > deadline) throw lost(`the service was still busy ${SETTLE_MS_MAX} ms after the load`);
    await sleep(20);
  }
}

type Counts = {
  messages: number;
  worked: number;
  answered_once: number;
  replies: number;
  orders: number;
  holds: number;
  ordered_minor: bigint;
  held_minor: bigint;
};

/** Proves by the database that every message was stored, worked on and answered once, and every cart placed once. */
export async function checkNothingLost(
  { db }: Pick<Stage, 'db'>,
  written: { orders: number; texts: number },
  progress: (line: string) => void,
): Promise<void> {
  const [row] = await db.prisma.$queryRaw<Counts[]>`
    with answer as (
      select cause_event_id, count(*) as replies from outbox_message
       where wholesaler_id = ${WHOLESALER_ID} and state in ('accepted', 'sent', 'delivered', 'read')
       group by cause_event_id
    )
    select count(*)::int as messages,
           count(*) filter (where e.state = 'done')::int as worked,
           count(*) filter (where a.replies = 1)::int as answered_once,
           (select count(*)::int from outbox_message where wholesaler_id = ${WHOLESALER_ID}) as replies,
           (select count(distinct cause_event_id)::int from orders
             where wholesaler_id = ${WHOLESALER_ID} and status = 'approved') as orders,
           (select count(*)::int from credit_hold where wholesaler_id = ${WHOLESALER_ID} and state = 'open') as holds,
           (select coalesce(sum(amount_minor), 0)::bigint from orders where wholesaler_id = ${WHOLESALER_ID}) as ordered_minor,
           (select sum(held_minor)::bigint from credit_account where wholesaler_id = ${WHOLESALER_ID}) as held_minor
      from inbox_event e left join answer a on a.cause_event_id = e.id
     where e.wholesaler_id = ${WHOLESALER_ID} and e.kind = 'message'`;
  const found = mustExist(row, 'the counts');
  const all = written.orders + written.texts;
  for (const name of ['messages', 'worked', 'answered_once', 'replies'] as const) {
    if (found[name] !== all) throw lost(`${all} messages were written, but ${name} is ${found[name]}`);
  }
  for (const name of ['orders', 'holds'] as const) {
    if (found[name] !== written.orders) throw lost(`${written.orders} carts were sent, but ${name} is ${found[name]}`);
  }
  if (found.held_minor !== found.ordered_minor) {
    throw lost(`orders of ${found.ordered_minor} hold ${found.held_minor} of credit`);
  }
  const proof = await verifyLedger(db);
  if (!proof.ok) throw lost(`the ledger does not prove: ${JSON.stringify(proof.firstBad)}`);
  progress(
    `${all} messages answered once each, ${written.orders} orders placed, ${proof.entries} ledger entries proven`,
  );
}
