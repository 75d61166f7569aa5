import type { LineTrouble, ListedMessage, NotDecided } from '../../outbox/index.ts';

type Look = 'good' | 'warn' | 'bad' | 'accent' | '';

/** Why a reply is not (yet) with WhatsApp. */
const WHY: Record<string, string> = {
  parked: 'Parked by staff',
  withdrawn: 'Dropped by staff',
  transient: 'WhatsApp had trouble and is asked again',
  not_sent: 'WhatsApp could not be reached',
  unknown: 'It was sent, and no answer came',
  unconfirmed: 'Whether it was sent never became known',
  pair_rate: 'Too many messages to one person at once',
  line_rate: 'The number sent too much at once',
  app_rate: 'WhatsApp was asked too often',
  line_stopped: 'The number cannot send',
  line_limited: 'The number may only answer',
  window_closed: 'The shop was silent for 24 hours',
  line_retired: 'Its number is not used any more',
  stale: 'Its turn came too late to be of use',
  unreachable: 'WhatsApp does not reach this person',
  media: 'WhatsApp could not use the file',
  final: 'WhatsApp does not take it',
};

export const errorWords = (errorClass: string): string => WHY[errorClass] ?? errorClass.replaceAll('_', ' ');

/** Why it is where it is, in a sentence; null where nothing went wrong. */
export function whyOf({
  errorClass,
  errorCode,
  errorDetail,
}: Pick<ListedMessage, 'errorClass' | 'errorCode' | 'errorDetail'>): string | null {
  if (errorClass === null) return errorDetail;
  const words = errorWords(errorClass);
  const code = errorCode === null ? '' : ` (${errorCode})`;
  return `${words}${code}${errorDetail === null || errorDetail === '' ? '.' : `: ${errorDetail}`}`;
}

/** Why staff cannot have it so now. */
export const NOT_NOW_WORDS: Record<NotDecided, string> = {
  under_way: 'It is on its way at this moment. Look again in a minute.',
  arrived: 'WhatsApp has it already.',
  changed: 'It changed since you looked at it. Look at it again before you decide.',
  carried: 'It travels in one message with another reply: decide about that one.',
  window_closed:
    'The shop has been silent for 24 hours, so WhatsApp takes no free words for it. Call them, or wait until they write.',
  line_retired: 'The number that it was to leave from is not used any more.',
  stale: 'It was of use for a while only, and that is over.',
};

export const TROUBLE_WORDS: Record<LineTrouble['kind'], { words: string; means: string; look: Look }> = {
  stopped: {
    words: 'cannot send',
    means: 'Nothing leaves from this number. Its replies wait and leave in their order when it works again.',
    look: 'bad',
  },
  limited: {
    words: 'may only answer',
    means: 'Answers within 24 hours leave; reminders and statements wait.',
    look: 'warn',
  },
  slowed: { words: 'rests for a moment', means: 'WhatsApp asked us to slow down. It goes on by itself.', look: '' },
};
