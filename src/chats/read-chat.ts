import type { Tx } from '../db/index.ts';
import type { Reply } from '../outbox/index.ts';
import type { ParseResult } from '../parser/index.ts';
import { readResults, type TracedAnswer } from '../trace/index.ts';
import { UUID } from './held-chat.ts';

/** What somebody wrote, with how it was read and what was decided. */
export type HeardMessage = {
  from: 'shop';
  id: string;
  at: Date;
  /** As Meta delivered it. */
  payload: unknown;
  /** `kept`: staff set it aside after it was parked. */
  state: 'waiting' | 'done' | 'parked' | 'kept';
  /** Spans, scores and reasons of the parser; null for what is no text, or was said while staff led the chat. */
  parsed: ParseResult | null;
  /** The verdict of orders and credit, with its figures. */
  answer: TracedAnswer | null;
};

/** What the shop was told, how far it got, and why not further. */
export type SaidMessage = {
  from: 'us';
  id: string;
  at: Date;
  /** `staff:<id>`; null: the bot. */
  saidBy: string | null;
  reply: Reply;
  state: string;
  why: string | null;
  /** The message that it answers. */
  causeId: string | null;
};

const PAGE_MAX = 200;
/** The oldest message of each side that a page showed. */
export const MESSAGES_CURSOR =
  /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/;

/**
 * A chat, both sides merged, newest first. Each side goes on after what of it was shown; `null`: there is no such chat.
 * Messages of rows that joined this one belong to it.
 */
export async function readConversation(
  tx: Tx,
  query: { wholesalerId: string; chatId: string; after?: string; max?: number },
): Promise<{ messages: (HeardMessage | SaidMessage)[]; next: string | null } | null> {
  const { wholesalerId, chatId } = query;
  const max = Math.max(1, Math.min(query.max ?? 50, PAGE_MAX));
  if (!UUID.test(chatId)) return null;
  const [, heardAfter = null, saidAfter = null] = MESSAGES_CURSOR.exec(query.after ?? '') ?? [];
  const keys = await tx.$queryRaw<{ lineId: string; personKey: string }[]>`
    select k.line_id as "lineId", k.person_key as "personKey"
      from conversation c
      join conversation k on k.wholesaler_id = c.wholesaler_id and k.line_id = c.line_id
                         and (k.person_key = c.person_key or k.home_key = c.person_key)
     where c.wholesaler_id = ${wholesalerId} and c.id = ${chatId}::uuid`;
  const [first] = keys;
  if (first === undefined) return null;
  const of = { wholesalerId, lineId: first.lineId, keys: keys.map(({ personKey }) => personKey), limit: max + 1 };
  const heard = await heardBefore(tx, of, heardAfter);
  const said = await saidBefore(tx, of, saidAfter);
  const all = [...heard, ...said].sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
  const messages = all.slice(0, max);
  const oldest = (from: 'shop' | 'us'): string | null =>
    messages.findLast((one) => one.from === from)?.id ?? (from === 'shop' ? heardAfter : saidAfter);
  return { messages, next: all.length > max ? `${oldest('shop') ?? ''}/${oldest('us') ?? ''}` : null };
}

type Side = { wholesalerId: string; lineId: string; keys: string[]; limit: number };

async function heardBefore(
  tx: Tx,
  { wholesalerId, lineId, keys, limit }: Side,
  after: string | null,
): Promise<HeardMessage[]> {
  type Row = Pick<HeardMessage, 'id' | 'at' | 'payload' | 'state'> & { results: unknown };
  const rows = await tx.$queryRaw<Row[]>`
    select id, received_at as at, payload, state, results from inbox_event e
     where wholesaler_id = ${wholesalerId} and line_id = ${lineId}::uuid and person_key = any (${keys}::text[])
       and kind = 'message' and (${after}::uuid is null or id < ${after}::uuid)
       -- What was parked and processed again stands there once, as the event that it became.
       and (state <> 'kept' or not exists (
         select from inbox_event a where a.wholesaler_id = e.wholesaler_id and a.line_id = e.line_id
                                     and a.event_key = 'again:' || e.id::text))
     order by id desc limit ${limit}`;
  return rows.map(({ results, ...row }) => ({ from: 'shop', ...row, ...readResults(results) }));
}

async function saidBefore(
  tx: Tx,
  { wholesalerId, lineId, keys, limit }: Side,
  after: string | null,
): Promise<SaidMessage[]> {
  const rows = await tx.$queryRaw<Omit<SaidMessage, 'from'>[]>`
    select id, created_at as at, said_by as "saidBy", reply, state, cause_event_id as "causeId",
           coalesce(error_detail, error_class) as why
      from outbox_message
     where wholesaler_id = ${wholesalerId} and line_id = ${lineId}::uuid and person_key = any (${keys}::text[])
       and (${after}::uuid is null or seq < (
         select seq from outbox_message where wholesaler_id = ${wholesalerId} and id = ${after}::uuid))
     order by seq desc limit ${limit}`;
  return rows.map((row) => ({ from: 'us', ...row }));
}
