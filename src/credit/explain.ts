import type { Tx } from '../db/index.ts';
import { formatMinor } from '../shared/money.ts';
import { refused } from './refused.ts';
import type { AccountKey, Because, CreditCode } from './types.ts';

/** A decision on a request for credit, with the figures that it was made by, in minor units. */
export type Decision = {
  at: Date;
  orderId: string | null;
  key: string | null;
  /** The ledger entry of an approval; of a refusal its record, which is no entry. */
  id: string;
  approved: boolean;
  code: CreditCode | null;
  because: Because | null;
  currency: string | null;
  /** What was asked for. */
  amountMinor: bigint | null;
  limitMinor: bigint | null;
  owedMinor: bigint | null;
  heldMinor: bigint | null;
  /** Granted above the limit for this order. */
  overrideMinor: bigint;
  /** limit - owed - held + override: what the request was compared with. */
  availableMinor: bigint | null;
  shortByMinor: bigint | null;
  overdueMinor: bigint | null;
  /** Orders that were on hold at that moment, the largest first, at most ten. */
  heldFor: { orderId: string; amountMinor: bigint }[];
  /** Who asked, by which way, and the event or request that caused it. */
  actor: string;
  source: string;
  cause: string | null;
};

const DECISIONS_MAX = 100;

/** The decisions on an account, newest first; of one order when it is named, or only refusals. At most a hundred. */
export async function readDecisions(
  tx: Tx,
  {
    wholesalerId,
    retailerId,
    orderId,
    refusedOnly = false,
  }: AccountKey & { orderId?: string | undefined; refusedOnly?: boolean },
  limit: number,
): Promise<Decision[]> {
  const rows = await tx.$queryRaw<DecisionRow[]>`
    select v.at, v.order_id as "orderId", v.key, v.id, v.code is null as approved, v.code, v.because, v.currency,
           v.amount_minor as "amountMinor", v.limit_minor as "limitMinor", v.owed_minor as "owedMinor",
           v.held_minor as "heldMinor", v.override_minor as "overrideMinor",
           v.available_minor + v.override_minor as "availableMinor", v.short_by_minor as "shortByMinor",
           v.overdue_minor as "overdueMinor", v.actor, v.source, v.cause_id as cause,
           (select jsonb_agg(jsonb_build_object('orderId', h.order_id, 'amountMinor', h.held::text))
              from (select e.order_id, sum(e.held_delta)::bigint as held from ledger_entry e
                     where e.wholesaler_id = v.wholesaler_id and e.retailer_id = v.retailer_id
                       and e.hold_id is not null and e.at <= v.at and e.id <> v.id
                     group by e.hold_id, e.order_id having sum(e.held_delta) > 0
                     order by 2 desc, 1 limit 10) as h) as "heldFor"
      from (select * from credit_verdict
             where wholesaler_id = ${wholesalerId} and retailer_id = ${retailerId}
               and (${orderId ?? null}::text is null or order_id = ${orderId ?? null})
               and (code is not null or not ${refusedOnly}::boolean)
             order by at desc, id desc limit ${Math.min(limit, DECISIONS_MAX)}) as v
     order by v.at desc, v.id desc`;
  return rows.map(({ heldFor, ...row }) => ({
    ...row,
    heldFor: (heldFor ?? []).map((held) => ({ orderId: held.orderId, amountMinor: BigInt(held.amountMinor) })),
  }));
}

type DecisionRow = Omit<Decision, 'heldFor'> & { heldFor: { orderId: string; amountMinor: string }[] | null };

/**
 * Says a decision as a person would, figures included: what was asked, what there was, and what follows. In English, with
 * the time on the clock of `timeZone`.
 */
export function explainDecision(decision: Decision, timeZone: string): string {
  const { currency, amountMinor, limitMinor, owedMinor, heldMinor, availableMinor } = decision;
  const money = (amount: bigint): string => (currency === null ? String(amount) : formatMinor(amount, currency, 'en'));
  const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const order = decision.orderId === null ? '' : ` for order ${decision.orderId}`;
  const asked = `${when.format(decision.at)}: ${amountMinor === null ? 'an amount that cannot be booked' : `${money(amountMinor)} ${currency ?? ''}`.trim()} was asked${order}.`;
  const sentences = [asked];
  if (limitMinor !== null && owedMinor !== null && heldMinor !== null && availableMinor !== null) {
    const above = decision.overrideMinor === 0n ? '' : ` + granted above the limit ${money(decision.overrideMinor)}`;
    sentences.push(
      `Limit ${money(limitMinor)} - owed ${money(owedMinor)} - on hold ${money(heldMinor)}${holdsOf(decision, money)}${above} = ${money(availableMinor)} available.`,
    );
  }
  if (decision.code === null) sentences.push('Approved.');
  else if (decision.shortByMinor !== null) sentences.push(`Refused: ${money(decision.shortByMinor)} short.`);
  else sentences.push(`Refused: ${reasonOf(decision, money)}`);
  return sentences.join(' ');
}

function holdsOf({ heldFor }: Decision, money: (amount: bigint) => string): string {
  if (heldFor.length === 0) return '';
  const shown = heldFor.slice(0, 3).map(({ orderId, amountMinor }) => `order ${orderId}: ${money(amountMinor)}`);
  if (heldFor.length > shown.length) shown.push('and others');
  return ` (${shown.join(', ')})`;
}

function reasonOf(decision: Decision, money: (amount: bigint) => string): string {
  if (decision.because === 'overdue' && decision.overdueMinor !== null) {
    return `${money(decision.overdueMinor)} was overdue.`;
  }
  if (decision.code === null) return '';
  return refused(decision.code, { because: decision.because }).message;
}
