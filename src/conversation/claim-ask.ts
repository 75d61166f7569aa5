import { writeButtonId } from './button-ids.ts';
import type { Ask } from './compose.ts';
import type { Scene } from './scene.ts';
import type { Pending } from './types.ts';

/** What is asked while a claim waits for its amount. */
export function claimAsk(asked: Extract<Pending, { kind: 'claim' }>, scene: Scene): Ask {
  if (asked.photo !== null && asked.claimId === null) return slipAsk(asked.photo, scene);
  return { kind: 'words', body: scene.t.money.claim.howMuch };
}

/** Whether the picture that this event brought is the slip of a payment. */
export function slipAsk(photo: string, scene: Scene): Ask {
  const { buttons, claim: texts } = scene.t.money;
  return {
    kind: 'buttons',
    body: texts.isItSlip,
    buttons: [
      { id: writeButtonId({ act: 'slip', photo }), title: buttons.slip },
      { id: writeButtonId({ act: 'no_slip', photo }), title: buttons.noSlip },
    ],
  };
}
