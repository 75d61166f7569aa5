import type { CartButton } from './button-ids.ts';
import { obstacleTo } from './obstacles.ts';
import { proposalOf } from './pending.ts';
import { priceCart, storeOrder } from './pricing.ts';
import { awaitingConfirm, propose, withCart } from './proposal.ts';
import { shortnessOf, trimmedCart } from './proposal-ask.ts';
import { type Draft, isStale, type Scene } from './scene.ts';
import type { ConversationState } from './types.ts';

/**
 * Hears what to do about an order that is more than there is credit for. Like a confirmation it counts for what was shown:
 * when prices moved, or credit came free meanwhile, the order is shown again instead.
 */
export function hearShort(
  state: ConversationState,
  act: Exclude<CartButton['act'], 'confirm' | 'change' | 'cancel'>,
  scene: Scene,
): Draft {
  const { proposal } = scene.t;
  if (isStale(scene.facts)) return propose(state, scene, [proposal.sentLongAgo]);
  if (act === 'fit') return proposeTrimmed(state, scene);
  const priced = priceCart(state.cart, scene);
  const totals = priced.lines.map((line) => line.totalMinor.toString());
  const isAsShown = priced.leftOut.length === 0 && totals.join() === proposalOf(state)?.lineTotalsMinor.join();
  if (!isAsShown) return propose(state, scene, priced.leftOut.length === 0 ? [proposal.pricesChanged] : []);
  const shortness = shortnessOf(priced.amountMinor, scene);
  if (shortness === 'none' || shortness === 'over' || obstacleTo(priced.amountMinor, scene) !== null)
    return propose(state, scene);
  const next = awaitingConfirm(state, priced, scene);
  const orderId = proposalOf(next)?.orderId ?? scene.facts.freshOrderId;
  const status = act === 'approval' ? 'waiting_for_approval' : 'waiting_on_credit';
  return { next, lines: [], ask: null, effect: storeOrder(priced, { orderId, source: state.cartSource, status }) };
}

/** Proposes what there is credit for, and says what went. */
function proposeTrimmed(state: ConversationState, scene: Scene): Draft {
  const trimmed = trimmedCart(state, scene);
  // Nothing to cut: it fits by now, or not even the least of it does. The order as it stands says which.
  if (trimmed === null || trimmed.missing === '') return propose(state, scene);
  return propose(withCart(state, trimmed.cart), scene, [scene.t.waiting.trimmed({ missing: trimmed.missing })]);
}
