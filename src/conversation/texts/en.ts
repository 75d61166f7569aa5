import { orderTexts } from './en-order.ts';
import { talkTexts } from './en-talk.ts';
import { englishUnit } from './en-units.ts';
import type { Texts } from './types.ts';

/** English, the language every other falls back to. */
export const en: Texts = {
  quantity: ({ count, shown, unit }) => `${shown} ${englishUnit(unit, count)}`,
  unitName: (unit) => englishUnit(unit, 1),
  couldNotProcess: () =>
    'Sorry, something went wrong on our side and I could not work on your message. Please send it again.',
  buttons: {
    confirm: 'Confirm',
    change: 'Change',
    cancel: 'Cancel',
    tryAgain: 'Try again',
    yes: 'Yes',
    leaveOut: 'Leave it out',
    choose: 'Choose',
    cancelOrder: 'Yes, cancel it',
    keepOrder: 'No, keep it',
  },
  ...orderTexts,
  ...talkTexts,
};
