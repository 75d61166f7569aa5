import { addDays, instantOf, localTime } from '../shared/local-time.ts';
import type { NoticeKind, NoticePolicies } from '../shared/policies.ts';

/** Why a notice was not sent, as staff read it. */
export type NotSent = 'switched_off' | 'too_late' | 'settled' | 'nobody_to_tell' | 'stopped' | 'reminded_already';

export type Judgement = { kind: 'tell' } | { kind: 'wait'; until: Date } | { kind: 'drop'; why: NotSent };

/** What is known about a notice when its time has come. */
export type NoticeFacts = {
  now: Date;
  timeZone: string;
  policies: NoticePolicies;
  kind: NoticeKind;
  usefulUntil: Date;
  /** What it is about is over: paid, delivered, changed back. */
  isSettled: boolean;
  /** A reminder went to this shop today. */
  isReminded: boolean;
  /** `with_staff`: a person of the wholesaler leads it. `stopped`: everybody of the shop who could be told said STOP. */
  chat: 'known' | 'with_staff' | 'stopped' | 'none';
};

/** A reminder that meets staff in the chat is looked at again so much later. */
const STAFF_MS = 10 * 60_000;

export const isReminder = ({ kind }: { kind: NoticeKind }): boolean =>
  kind === 'payment_due_soon' || kind === 'payment_overdue';

/** Whether a notice goes now, later or never. Whoever is not to be told is not told in the morning either. */
export function judgeNotice(facts: NoticeFacts): Judgement {
  const why = notSent(facts);
  if (why !== null) return { kind: 'drop', why };
  const until = quietUntil(facts.now, facts.timeZone, facts.policies.quietHours);
  if (until !== null) return { kind: 'wait', until };
  // Whoever talks with a person about a late payment, say, is not to hear a machine ask for it in between.
  if (facts.chat !== 'with_staff' || !isReminder(facts)) return { kind: 'tell' };
  return { kind: 'wait', until: new Date(facts.now.getTime() + STAFF_MS) };
}

function notSent(facts: NoticeFacts): NotSent | null {
  if (!facts.policies.send.includes(facts.kind)) return 'switched_off';
  if (facts.isSettled) return 'settled';
  if (facts.now > facts.usefulUntil) return 'too_late';
  if (facts.isReminded) return 'reminded_already';
  if (facts.chat === 'stopped') return 'stopped';
  return facts.chat === 'none' ? 'nobody_to_tell' : null;
}

/** When the quiet hours that it is in end; null outside of them. */
export function quietUntil(now: Date, timeZone: string, quiet: NoticePolicies['quietHours']): Date | null {
  if (quiet === null) return null;
  const { day, time } = localTime(now, timeZone);
  const overNight = quiet.from > quiet.to;
  const isQuiet = overNight ? time >= quiet.from || time < quiet.to : time >= quiet.from && time < quiet.to;
  if (!isQuiet) return null;
  const endsOn = overNight && time >= quiet.from ? addDays(day, 1) : day;
  const end = instantOf({ day: endsOn, time: quiet.to }, timeZone);
  // Clocks that go back show the end of the quiet hours twice: the first time counts.
  return end > now ? end : null;
}
