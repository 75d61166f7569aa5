import { trimToFit } from '../orders/trim-to-fit.ts';
import type { ListRow } from '../outbox/types.ts';
import { BUTTON_TITLE_MAX, BUTTONS_MAX } from '../shared/message-limits.ts';
import type { WholesalerPolicies } from '../shared/policies.ts';
import { type CartButton, writeButtonId } from './button-ids.ts';
import type { Ask } from './compose.ts';
import { dayText } from './dates.ts';
import { obstacleTo } from './obstacles.ts';
import { proposalOf } from './pending.ts';
import { priceCart } from './pricing.ts';
import { productName, quantityText, type Scene } from './scene.ts';
import type { AccountFigures, CartLine, ConversationState } from './types.ts';

/**
 * What stands between a cart and its order, as the facts show it: nothing that is known, too little credit, a block, or
 * credit that is over (the account is closed, or its limit has expired), which only the wholesaler can change.
 */
export type Shortness = 'none' | 'short' | 'blocked' | 'over';

/** In the order in which the credit lock looks. */
export function shortnessOf(amountMinor: bigint, { facts: { account, now } }: Scene): Shortness {
  if (account === null) return 'none';
  if (account.status === 'blocked') return 'blocked';
  if (account.status === 'closed' || isLimitLapsed(account, now)) return 'over';
  if (isStoppedByDebt(account)) return 'blocked';
  return amountMinor > account.availableMinor ? 'short' : 'none';
}

/** Whether the day until which the limit counts is over. */
export const isLimitLapsed = ({ limitValidUntil }: AccountFigures, now: Date): boolean =>
  limitValidUntil != null && limitValidUntil < now;

/** Whether overdue debt stops orders, by the rule of the credit lock: more of it than is let pass. */
export function isStoppedByDebt(account: AccountFigures | null): boolean {
  return (account?.overdueMinor ?? 0n) > (account?.overdueToleranceMinor ?? 0n);
}

/** What is overdue since when, and that orders go on once it is paid; null where it is not debt that stops them. */
export function stoppedByDebtText(scene: Scene): string | null {
  const { account } = scene.facts;
  if (account?.status !== 'active' || !isStoppedByDebt(account) || isLimitLapsed(account, scene.facts.now)) return null;
  if (account.overdueMinor === undefined || account.oldestDueOn == null) return null;
  const amount = scene.money(account.overdueMinor);
  return scene.t.money.balance.stops({ amount, date: dayText(account.oldestDueOn.toISOString().slice(0, 10), scene) });
}

type Choice = { act: CartButton['act'] | 'human'; title: string; description: string };

/**
 * The closing question of a proposal, or of a short reminder of one: Confirm, Change and Cancel where it fits, else what
 * the wholesaler lets a shop do about it. Never a dead end: somebody to talk to is offered where nothing else is.
 */
export function proposalAsk(state: ConversationState, scene: Scene, body: string[]): Ask {
  const pending = proposalOf(state);
  const orderId = pending?.orderId ?? '';
  const id = (act: Choice['act']): string =>
    writeButtonId(act === 'human' ? { act: 'ask', what: 'human' } : { act, cartVersion: state.cartVersion, orderId });
  const choices = pending === null ? plainChoices(scene) : choicesFor(BigInt(pending.amountMinor), state, scene);
  const text = body.join('\n');
  if (choices.length <= BUTTONS_MAX) {
    return { kind: 'buttons', body: text, buttons: choices.map(({ act, title }) => ({ id: id(act), title })) };
  }
  const rows = choices.map(({ act, ...words }): ListRow => ({ id: id(act), ...words }));
  return { kind: 'list', body: text, button: scene.t.buttons.choose, rows };
}

/**
 * The cart cut down to the credit that is left, and in words what went; null where nothing of it fits, or less than the
 * smallest order that is placed.
 */
export function trimmedCart(
  state: ConversationState,
  scene: Scene,
): { cart: CartLine[]; amountMinor: bigint; missing: string } | null {
  const { account } = scene.facts;
  const priced = priceCart(state.cart, scene);
  if (account === null) return null;
  const lines = priced.lines.map((line) => ({ ...line, rules: line.product }));
  const trimmed = trimToFit(lines, account.availableMinor);
  const { minimumOrderMinor } = scene.facts.wholesaler.policies;
  if (trimmed.lines.length === 0 || trimmed.amountMinor < BigInt(minimumOrderMinor)) return null;
  const missing = trimmed.missing.map(({ line, quantityMilli }) =>
    scene.t.goods({ product: productName(line.product), quantity: quantityText(quantityMilli, line.unit, scene) }),
  );
  return {
    cart: trimmed.lines.map(({ sku, unit, quantityMilli }) => ({ sku, unit, quantityMilli })),
    amountMinor: trimmed.amountMinor,
    missing: someOf(missing, scene),
  };
}

/** So many goods that went are named; more of them end in dots. */
const NAMED_MAX = 8;

function someOf(parts: string[], { t }: Scene): string {
  return [...parts.slice(0, NAMED_MAX), ...(parts.length > NAMED_MAX ? ['…'] : [])].join(`${t.semicolon} `);
}

function plainChoices({ t: { buttons } }: Scene): Choice[] {
  const acts = ['confirm', 'change', 'cancel'] as const;
  return acts.map((act) => ({ act, title: buttons[act], description: '' }));
}

/** None that would certainly be refused. */
function choicesFor(amountMinor: bigint, state: ConversationState, scene: Scene): Choice[] {
  if (obstacleTo(amountMinor, scene) !== null) return plainChoices(scene).filter(({ act }) => act !== 'confirm');
  const shortness = shortnessOf(amountMinor, scene);
  return shortness === 'none' ? plainChoices(scene) : choicesWhenShort(shortness, state, scene);
}

function choicesWhenShort(shortness: Exclude<Shortness, 'none'>, state: ConversationState, scene: Scene): Choice[] {
  const { waiting, buttons } = scene.t;
  const { shortOfCredit } = scene.facts.wholesaler.policies;
  const offered = shortOfCredit.flatMap((policy) => choiceOf(policy, shortness, state, scene) ?? []);
  const isDeadEnd = shortness !== 'short' || offered.length === 0;
  return [
    ...offered,
    ...(isDeadEnd ? [{ act: 'human' as const, title: waiting.person, description: '' }] : []),
    { act: 'cancel', title: buttons.cancel, description: waiting.cancelRow },
  ];
}

function choiceOf(
  policy: WholesalerPolicies['shortOfCredit'][number],
  shortness: Exclude<Shortness, 'none'>,
  state: ConversationState,
  scene: Scene,
): Choice | null {
  const { waiting } = scene.t;
  // No payment brings a limit back that is over.
  if (shortness === 'over') return null;
  if (policy === 'pay_first') return { act: 'pay', title: waiting.payFirst, description: waiting.payRow };
  // Neither less of an order nor somebody's approval gets past a block.
  if (shortness === 'blocked') return null;
  if (policy === 'trim_to_fit') return fitChoice(state, scene);
  // An order that waits for credit has had its answer.
  if (state.waited !== null) return null;
  return { act: 'approval', title: waiting.askApproval, description: waiting.askRow };
}

function fitChoice(state: ConversationState, scene: Scene): Choice | null {
  const { waiting } = scene.t;
  const { account } = scene.facts;
  const trimmed = trimmedCart(state, scene);
  if (account === null || trimmed === null) return null;
  const title = waiting.fit({ amount: scene.money(account.availableMinor) });
  return {
    act: 'fit',
    title: title.length <= BUTTON_TITLE_MAX ? title : waiting.fitPlain,
    description: waiting.fitRow({ amount: scene.money(trimmed.amountMinor) }),
  };
}
