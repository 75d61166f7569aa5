import { readAccounts } from '../../credit/index.ts';
import type { Database } from '../../db/index.ts';
import { mustExist } from '../../shared/assert.ts';
import type { EventTrace, TracedAnswer, TracedFigures } from '../../trace/index.ts';
import { deliveryOf, type PhoneAct } from '../phone/act.ts';
import type { Phone } from './phones.ts';
import type { PostDelivery } from './post-delivery.ts';
import { readTracesOf } from './station.ts';

// The credit lock at work: two phones of one shop order at the same instant, each what would fit alone, and both together
// more than the shop has left. Exactly one may be approved.

export type TwoOrders = {
  shop: string;
  currency: string;
  /** What each phone wrote. */
  order: string;
  before: TracedFigures;
  after: TracedFigures;
  verdicts: { phone: string; answer: TracedAnswer }[];
  /** Between the first byte of the two deliveries and the second answer. */
  tookMs: number;
};

export type TwoOrdersResult = { kind: 'done'; result: TwoOrders } | { kind: 'refused'; because: string };

type Deps = { db: Database; post: PostDelivery };

const ANSWER_MS_MAX = 20_000;
const LOOK_EVERY_MS = 50;

/** Lets both phones order and confirm at the same instant, and tells both verdicts with the account before and after. */
export async function orderTwice(
  { db, post }: Deps,
  shop: { wholesalerId: string; retailerId: string; name: string; phones: readonly Phone[] },
): Promise<TwoOrdersResult> {
  const account = await figuresOf(db, shop);
  if (account === undefined) return { kind: 'refused', because: `${shop.name} has no credit account.` };
  const order = await orderFor(db, shop.wholesalerId, account.availableMinor);
  if (order === null) {
    return {
      kind: 'refused',
      because: `${shop.name} has too little credit left for an order worth the show. Cancel one of its orders first.`,
    };
  }
  const { phones } = shop;
  await putAwayOpenOrders({ db, post }, phones);
  const heard = await atOnce({ db, post }, phones, () => ({ kind: 'text', body: order }));
  let verdicts = heard.map((trace) => trace.answer);
  let started = performance.now();
  if (verdicts.every((answer) => answer === null)) {
    const buttons = heard.map(confirmButton);
    if (buttons.some((button) => button === undefined)) {
      return {
        kind: 'refused',
        because: 'At least one phone was asked something else: answer it there, then try again.',
      };
    }
    started = performance.now();
    const confirmed = await atOnce({ db, post }, phones, (index) => mustExist(buttons[index], 'a button'));
    verdicts = confirmed.map((trace) => trace.answer);
  }
  const tookMs = Math.round(performance.now() - started);
  const after = mustExist(await figuresOf(db, shop), 'the account');
  return {
    kind: 'done',
    result: {
      shop: shop.name,
      currency: account.currency,
      order,
      before: account,
      after,
      verdicts: phones.map((phone, index) => ({
        phone: `+${phone.phone ?? phone.key}`,
        answer: verdicts[index] ?? {},
      })),
      tookMs,
    },
  };
}

/** What was left open before would join the new order, which then fits no more. */
async function putAwayOpenOrders(deps: Deps, phones: readonly Phone[]): Promise<void> {
  for (const phone of phones) {
    const [newest] = await readTracesOf(deps.db, phone, 1);
    if (newest === undefined || !(await hasOpenOrder(deps.db, phone.wholesaler.id, newest))) continue;
    await atOnce(deps, [phone], () => ({ kind: 'text', body: 'cancel' }));
  }
}

/** Not while it is asked whether an order shall be cancelled: there the word would cancel one. */
async function hasOpenOrder(db: Database, wholesalerId: string, { lineId, personKey }: EventTrace): Promise<boolean> {
  const [row] = await db.prisma.$queryRaw<{ open: boolean }[]>`
    select (jsonb_array_length(coalesce(state -> 'cart', '[]')) > 0 or state #>> '{pending,kind}' = 'question')
           and state #>> '{pending,kind}' is distinct from 'confirm_cancel' as open
      from conversation
     where wholesaler_id = ${wholesalerId} and line_id = ${lineId}::uuid and person_key = ${personKey}`;
  return row?.open === true;
}

/** Each phone does its part in a delivery of its own; both leave before either is answered. */
async function atOnce(
  { db, post }: Deps,
  phones: readonly Phone[],
  actOf: (index: number) => PhoneAct,
): Promise<EventTrace[]> {
  const deliveries = phones.map((phone, index) => deliveryOf(phone.line, phone, actOf(index)));
  await Promise.all(deliveries.map(({ body }) => post(body)));
  return Promise.all(phones.map((phone, index) => workedOn(db, phone, deliveries[index]?.wamid ?? '')));
}

async function workedOn(db: Database, phone: Phone, wamid: string): Promise<EventTrace> {
  const deadline = performance.now() + ANSWER_MS_MAX;
  for (;;) {
    const traces = await readTracesOf(db, phone, 5);
    const trace = traces.find(({ eventKey }) => eventKey === `m:${wamid}`);
    if (trace?.state === 'done') return trace;
    if (performance.now() > deadline) throw new Error(`no answer to ${phone.name} within ${ANSWER_MS_MAX} ms`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** The first button of a proposal is the one that confirms it. */
function confirmButton({ replies }: EventTrace): PhoneAct | undefined {
  const reply = replies.at(-1)?.reply;
  const button = reply?.kind === 'buttons' ? reply.buttons[0] : undefined;
  if (button === undefined || !button.id.startsWith('confirm:')) return undefined;
  return { kind: 'tap', on: 'button', ...button };
}

async function figuresOf(db: Database, key: { wholesalerId: string; retailerId: string }) {
  const [account] = await readAccounts(db.prisma, [key]);
  return account;
}

/** An order of the dearest product that fits alone, and not twice. */
async function orderFor(db: Database, wholesalerId: string, availableMinor: bigint): Promise<string | null> {
  const rows = await db.prisma.$queryRaw<{ name: string; unit: string; priceMinor: bigint }[]>`
    select name, default_unit as unit,
           coalesce((unit_prices ->> default_unit)::bigint, price_minor * (units ->> default_unit)::bigint) as "priceMinor"
      from product
     where wholesaler_id = ${wholesalerId} and active and stock <> 'out' and minimum_milli <= 1000 and 1000 % step_milli = 0
       and (units ->> default_unit) ~ '^[0-9]+$'
     order by 3 desc, name`;
  for (const { name, unit, priceMinor } of rows) {
    if (priceMinor <= 0n || priceMinor > availableMinor) continue;
    const quantity = availableMinor / priceMinor;
    return `${quantity} ${unit} ${name}`;
  }
  return null;
}
