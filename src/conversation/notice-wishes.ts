import type { Tx } from '../db/index.ts';
import { hasStoppedMarketing, noteMarketingChoices } from '../outbox/index.ts';
import { idsOfKey } from '../people/index.ts';
import type { CarriedOut } from './carry-out.ts';
import type { Met } from './meet-people.ts';
import { noticeWish } from './opt-out.ts';

// STOP and START in a chat, and Meta's own switch for marketing messages, are one choice and are kept in one place.

/** Keeps what people wished about notices, by every id under which they may be looked up. */
export async function keepWishes(tx: Tx, wholesalerId: string, carried: CarriedOut[]): Promise<void> {
  const choices = carried.flatMap(({ decision: { step, item } }) => {
    if (step.wish === undefined) return [];
    const { sender, sentAt } = item.event;
    const key = idsOfKey(item.conversation.personKey);
    const choice = { stopped: step.wish === 'stop', at: sentAt };
    return [
      { ...choice, phone: sender.phone, bsuid: sender.bsuid },
      { ...choice, phone: key.phone, bsuid: key.bsuid ?? key.parentBsuid },
    ];
  });
  await noteMarketingChoices(tx, wholesalerId, choices);
}

/** The events by which somebody may take back a STOP. Nothing is looked up for any other message. */
export async function readStopped(tx: Tx, wholesalerId: string, met: Met[]): Promise<Set<string>> {
  const stopped = new Set<string>();
  for (const { message, item } of met) {
    if (message?.type !== 'text' || noticeWish(message.body) !== 'start') continue;
    const { bsuid, phone } = item.event.sender;
    if (await hasStoppedMarketing(tx, wholesalerId, { bsuid, phone })) stopped.add(item.event.id);
  }
  return stopped;
}
