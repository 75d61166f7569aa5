import type { Database } from '../db/index.ts';
import type { Observed, ObservedAccount, ObservedOrder, ObservedReply } from './expected.ts';
import type { SentMessage } from './sent-log.ts';

/** What a day came to: the accounts and orders as the database has them, the replies as the Graph API received them. */
export async function observeDay(
  db: Database,
  sent: readonly SentMessage[],
  /** The delivery number that first brought a message, by message id. */
  deliveryOf: ReadonlyMap<string, string>,
): Promise<Observed> {
  return {
    accounts: await observeAccounts(db),
    orders: await observeOrders(db),
    replies: await observeReplies(db, sent, deliveryOf),
  };
}

async function observeAccounts(db: Database): Promise<Record<string, ObservedAccount>> {
  const rows = await db.prisma.$queryRaw<(Omit<ObservedAccount, 'availableMinor'> & { retailer: string })[]>`
    select a.retailer_id as retailer, a.limit_minor as "limitMinor", a.owed_minor as "owedMinor",
           a.held_minor as "heldMinor",
           coalesce((select array_agg(e.kind order by e.seq) from ledger_entry e
                      where e.wholesaler_id = a.wholesaler_id and e.retailer_id = a.retailer_id), '{}') as entries
      from credit_account a order by 1`;
  return Object.fromEntries(
    rows.map(({ retailer, ...row }) => [
      retailer,
      { ...row, availableMinor: row.limitMinor - row.owedMinor - row.heldMinor },
    ]),
  );
}

type OrderRow = {
  retailer: string;
  status: string;
  amountMinor: bigint;
  lines: { sku: string; unit: string; milli: number; total: number }[] | null;
};

async function observeOrders(db: Database): Promise<Record<string, ObservedOrder[]>> {
  const rows = await db.prisma.$queryRaw<OrderRow[]>`
    select o.retailer_id as retailer, o.status, o.amount_minor as "amountMinor",
           (select jsonb_agg(jsonb_build_object('sku', l.sku, 'unit', l.unit, 'milli', l.quantity_milli,
                                                'total', l.total_minor) order by l.position)
              from order_line l where l.wholesaler_id = o.wholesaler_id and l.order_id = o.id) as lines
      from orders o order by o.placed_at, o.number`;
  const orders: Record<string, ObservedOrder[]> = {};
  for (const { retailer, lines, ...row } of rows) {
    orders[retailer] ??= [];
    orders[retailer].push({
      ...row,
      lines: (lines ?? []).map(({ sku, unit, milli, total }) => ({
        sku,
        unit,
        quantity: milli / 1000,
        totalMinor: BigInt(total),
      })),
    });
  }
  return orders;
}

/** Where replies stand that answer no delivery: what one person is told because of another. */
const NEWS = 'news';

async function observeReplies(
  db: Database,
  sent: readonly SentMessage[],
  deliveryOf: ReadonlyMap<string, string>,
): Promise<Record<string, ObservedReply[]>> {
  const ids = sent.flatMap((message) => (message.outboxId === undefined ? [] : [message.outboxId]));
  const rows = await db.prisma.$queryRaw<{ id: string; event_key: string }[]>`
    select o.id, e.event_key from outbox_message o
      join inbox_event e on e.wholesaler_id = o.wholesaler_id and e.id = o.cause_event_id
     where o.id = any (${ids}::uuid[])`;
  const causes = new Map(rows.map((row) => [row.id, row.event_key.slice(2)]));
  const replies: Record<string, ObservedReply[]> = {};
  for (const message of sent) {
    const cause = causes.get(message.outboxId ?? '');
    const number = (cause === undefined ? undefined : deliveryOf.get(cause)) ?? NEWS;
    const choices = message.choices.map((choice) => ` [${choice.title}]`).join('');
    replies[number] ??= [];
    replies[number].push({
      to: message.to ?? message.recipient ?? 'nobody',
      kind: kindOf(message),
      text: `${message.body}${choices}`,
    });
  }
  return replies;
}

function kindOf(message: SentMessage): ObservedReply['kind'] {
  if (message.message.type !== 'interactive') return 'text';
  return message.message.interactive.type === 'list' ? 'list' : 'buttons';
}
