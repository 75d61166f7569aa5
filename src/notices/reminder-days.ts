import { addDays, localTime } from '../shared/local-time.ts';
import type { NoticePolicies } from '../shared/policies.ts';

/** A day that was missed because nothing ran is made up for this many days later at most. */
const MADE_UP_DAYS = 2;

export type ReminderRound = {
  /** The day of the wholesaler's calendar. */
  today: string;
  /** Debts due on one of these days are why a shop is reminded today. */
  dueDays: string[];
};

/**
 * Whether it is time for today's reminders, and debts of which days they are about: those whose day before or after the
 * due date is today, or was since the last round. Null while it is too early, or nothing is to be reminded of.
 */
export function reminderRound(of: {
  now: Date;
  timeZone: string;
  policies: NoticePolicies;
  /** The day of the last round that was finished; null: there was none. */
  remindedUntil: string | null;
}): ReminderRound | null {
  const { policies, remindedUntil } = of;
  const { day: today, time } = localTime(of.now, of.timeZone);
  if (time < policies.remindAt || remindedUntil === today) return null;
  const shifts = [
    ...(policies.send.includes('payment_due_soon') ? policies.daysBeforeDue : []),
    ...(policies.send.includes('payment_overdue') ? policies.daysAfterDue.map((days) => -days) : []),
  ];
  const first = remindedUntil === null ? today : maxDay(addDays(remindedUntil, 1), addDays(today, -MADE_UP_DAYS));
  const days: string[] = [];
  for (let day = first; day < today; day = addDays(day, 1)) days.push(day);
  days.push(today);
  const dueDays = [...new Set(days.flatMap((day) => shifts.map((shift) => addDays(day, shift))))].sort();
  return dueDays.length === 0 ? null : { today, dueDays };
}

const maxDay = (one: string, other: string): string => (one > other ? one : other);
