import { addDays, localTime } from '../shared/local-time.ts';
import { formatMinor } from '../shared/money.ts';
import { type SaidBothWays, sayBothWays } from '../templates/template-reply.ts';
import { writeButtonId } from './button-ids.ts';
import { dayOfText, dayText, momentText } from './dates.ts';
import { type Draft, leftMinor, type Scene, say } from './scene.ts';
import type { AccountFigures, ConversationEvent, ConversationState, Debt, Notice } from './types.ts';

/** Stands in the queue of a stopped line no longer than this: figures that old mislead. */
const USEFUL_MS = 12 * 3_600_000;
/** Debts that are listed one by one. */
const LISTED_MAX = 10;

const statement = writeButtonId({ act: 'ask', what: 'statement' });
const paid = writeButtonId({ act: 'ask', what: 'paid' });
const human = writeButtonId({ act: 'ask', what: 'human' });

/**
 * Tells a shop what it did not ask for just now. Looked at again with the figures of this moment: what was paid, lifted or
 * changed back since it was queued is not said any more. Whatever is open in the chat stays as it is.
 */
export function hearNotice(
  state: ConversationState,
  { retailerId, notice }: Extract<ConversationEvent, { kind: 'notice' }>,
  scene: Scene,
): Draft {
  const { retailer, account } = scene.facts;
  if (retailer?.id !== retailerId || account === null) return say(state, []);
  const said = wordsOf(notice, { ...scene, shop: retailer.name, account });
  if (said === null) return say(state, []);
  const { body, buttons, template } = said;
  const draft = buttons.length === 0 ? say(state, [body]) : say(state, [], { kind: 'buttons', body, buttons });
  return { ...draft, outsideWindow: template, usefulForMs: USEFUL_MS };
}

type Told = Scene & { shop: string; account: AccountFigures };

function wordsOf(notice: Notice, told: Told): SaidBothWays | null {
  const { shop, language, account } = told;
  const money = (minor: bigint): string => formatMinor(minor, account.currency, told.locale);
  const owed = money(account.owedMinor);
  const available = money(leftMinor(account.availableMinor));
  switch (notice.kind) {
    case 'payment_due_soon':
    case 'payment_overdue':
      return reminder(told, money);
    case 'payment_bounced': {
      const values = { shop, amount: money(notice.amountMinor), date: dayOfText(notice.receivedAt, told), owed };
      return sayBothWays('payment_bounced', { language, values, payloads: { statement, human } });
    }
    case 'limit_changed': {
      if (account.limitMinor !== notice.limitMinor) return null;
      const values = { shop, limit: money(notice.limitMinor), before: money(notice.beforeMinor), available };
      return sayBothWays('limit_changed', { language, values, payloads: { human } });
    }
    case 'account_blocked': {
      if (account.status !== 'blocked') return null;
      const overdue = money(sumOf(told.facts.debts.filter(({ dueOn }) => dueOn < today(told))));
      return sayBothWays('account_blocked', {
        language,
        values: { shop, owed, overdue },
        payloads: { statement, paid, human },
      });
    }
    case 'account_unblocked': {
      if (account.status !== 'active') return null;
      const values = { shop, available, limit: money(account.limitMinor) };
      return sayBothWays('account_unblocked', { language, values, payloads: {} });
    }
    case 'hold_expiring': {
      const order = told.facts.orders.find(({ id }) => id === notice.orderId);
      if (notice.expiresAt <= told.facts.now || (order !== undefined && order.status !== 'approved')) return null;
      const { orderId, number } = notice;
      const values = {
        shop,
        order: String(number),
        amount: money(notice.amountMinor),
        time: momentText(notice.expiresAt, told),
      };
      const keep = writeButtonId({ act: 'keep_held', orderId });
      return sayBothWays('hold_expiring', {
        language,
        values,
        payloads: { keep, cancel: writeButtonId({ act: 'cancel_order', orderId }) },
      });
    }
  }
}

/** One message for all that is due: what is overdue comes first, else what falls due next. */
function reminder(told: Told, money: (minor: bigint) => string): SaidBothWays | null {
  const { shop, language, facts } = told;
  const { send, daysBeforeDue } = facts.wholesaler.policies.notices;
  const now = today(told);
  const last = addDays(now, Math.max(0, ...daysBeforeDue));
  const overdue = send.includes('payment_overdue') ? facts.debts.filter(({ dueOn }) => dueOn < now) : [];
  const soon = send.includes('payment_due_soon')
    ? facts.debts.filter(({ dueOn }) => dueOn >= now && dueOn <= last)
    : [];
  const [oldest] = overdue;
  const [next] = soon;
  if (oldest !== undefined) {
    const values = { shop, amount: money(sumOf(overdue)), date: dayText(oldest.dueOn, told) };
    const said = sayBothWays('payment_overdue', { language, values, payloads: { statement, paid, human } });
    return withList(said, [...overdue, ...soon], told, money);
  }
  if (next === undefined) return null;
  const dueNext = soon.filter(({ dueOn }) => dueOn === next.dueOn);
  const values = { shop, amount: money(sumOf(dueNext)), date: dayText(next.dueOn, told) };
  const said = sayBothWays('payment_due_soon', { language, values, payloads: { statement, paid } });
  return withList(said, soon, told, money);
}

/** Where there is room for it, in the open window: which amounts on which days, when there are several. */
function withList(said: SaidBothWays, debts: Debt[], told: Told, money: (minor: bigint) => string): SaidBothWays {
  const byDay = new Map<string, bigint>();
  for (const { dueOn, leftMinor } of debts) byDay.set(dueOn, (byDay.get(dueOn) ?? 0n) + leftMinor);
  if (byDay.size < 2 || byDay.size > LISTED_MAX) return said;
  const lines = [...byDay].map(([day, minor]) => `• ${dayText(day, told)}: ${money(minor)}`);
  return { ...said, body: [said.body, '', ...lines].join('\n') };
}

const sumOf = (debts: readonly Debt[]): bigint => debts.reduce((sum, { leftMinor }) => sum + leftMinor, 0n);

const today = ({ facts }: Scene): string => localTime(facts.now, facts.wholesaler.timeZone).day;
