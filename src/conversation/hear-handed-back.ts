import { type Draft, type Scene, say } from './scene.ts';
import { resume } from './settle.ts';
import type { ConversationState } from './types.ts';

/** The bot is back: says so, and asks again what was open. Its time begins anew, since nobody could answer meanwhile. */
export function hearHandedBack(state: ConversationState, isLate: boolean, scene: Scene): Draft {
  const { wholesaler, retailer, now } = scene.facts;
  const words = { wholesaler: wholesaler.name };
  const line = isLate ? scene.t.staff.botBackLate(words) : scene.t.staff.botBack(words);
  if (retailer === null) return say(state, [line]);
  const { pending } = state;
  const next = pending === null ? state : { ...state, pending: { ...pending, askedAtMs: now.getTime() } };
  return resume(next, [line], scene);
}
