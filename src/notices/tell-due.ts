import type { Tx } from '../db/index.ts';
import { instantOf, localTime } from '../shared/local-time.ts';
import { isReminder, type Judgement, judgeNotice, type NoticeFacts } from './judge-notice.ts';
import { claimDue, type DueNotice, settleNotices } from './notice-store.ts';
import { type Chat, findChats, tellRetailers } from './tell-retailer.ts';
import type { Watched } from './watch-books.ts';

/** What became of a batch of notices, for the log. */
export type ToldBatch = { claimed: number; told: number; dropped: { id: string; why: string }[] };

/**
 * Tells shops what is due, at most `limit` notices in the caller's transaction. What was told is an event of the chat in
 * the same transaction: both or neither. Processes that do this at once hold different notices.
 */
export async function tellDue(tx: Tx, watched: Watched, limit: number): Promise<ToldBatch> {
  const { wholesalerId, timeZone, now } = watched;
  const dayBegan = instantOf({ day: localTime(now, timeZone).day, time: '00:00' }, timeZone);
  const due = await claimDue(tx, wholesalerId, dayBegan, limit);
  const shops = due.map(({ retailerId }) => retailerId);
  const all = await findChats(tx, wholesalerId, shops);
  const willing = await findChats(tx, wholesalerId, shops, { unstoppedOnly: true });
  const reminded = new Set<string>();
  const judged = due.map((notice): { notice: DueNotice; judgement: Judgement } => {
    const chat = chatOf(willing.get(notice.retailerId), all.has(notice.retailerId));
    const isReminded = notice.isReminded || reminded.has(notice.retailerId);
    const judgement = judgeNotice({ ...watched, ...notice, isReminded, chat });
    if (judgement.kind === 'tell' && isReminder(notice)) reminded.add(notice.retailerId);
    return { notice, judgement };
  });
  await tellRetailers(
    tx,
    wholesalerId,
    judged
      .filter(({ judgement }) => judgement.kind === 'tell')
      .map(({ notice: { id, retailerId, payload } }) => ({ retailerId, eventKey: `i:notice:${id}`, payload })),
    { unstoppedOnly: true },
  );
  await settleNotices(
    tx,
    wholesalerId,
    judged.map(({ notice: { id }, judgement }) => {
      if (judgement.kind === 'wait') return { id, until: judgement.until };
      return judgement.kind === 'tell' ? { id, state: 'told' } : { id, state: 'dropped', why: judgement.why };
    }),
  );
  return {
    claimed: due.length,
    told: judged.filter(({ judgement }) => judgement.kind === 'tell').length,
    dropped: judged.flatMap(({ notice: { id }, judgement }) =>
      judgement.kind === 'drop' ? [{ id, why: judgement.why }] : [],
    ),
  };
}

function chatOf(willing: Chat | undefined, isKnown: boolean): NoticeFacts['chat'] {
  if (willing === undefined) return isKnown ? 'stopped' : 'none';
  return willing.isWithStaff ? 'with_staff' : 'known';
}
