import { askToCancel } from './hear-cancel.ts';
import { takeUpOrder } from './hear-waiting.ts';
import type { Draft, Scene } from './scene.ts';
import { resume } from './settle.ts';
import type { ConversationState, Found } from './types.ts';

/** Hears of an order that had to be looked up: it is asked about like any other, or its goods are shown. */
export function hearOlderOrder(
  state: ConversationState,
  { act, number, order }: Extract<Found, { kind: 'older_order' }>,
  scene: Scene,
): Draft {
  if (order === null) return resume(state, [scene.t.cancelling.notFound({ number })], scene);
  return act === 'cancel' ? askToCancel(state, order, scene) : takeUpOrder(state, order, scene);
}
