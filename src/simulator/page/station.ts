import { readAccounts } from '../../credit/index.ts';
import type { Database } from '../../db/index.ts';
import { type ConversationRef, type EventTrace, readTraces } from '../../trace/index.ts';
import type { FakeGraph } from '../fake-graph.ts';
import { type Chat, readChat } from './chat.ts';
import type { Phone } from './phones.ts';

/** One phone with what the service saw of it: all that its part of the page shows. */
export type Station = { phone: Phone; chat: Chat; traces: EventTrace[]; account: StationAccount | null };

export type StationAccount = {
  currency: string;
  status: string;
  limitMinor: bigint;
  owedMinor: bigint;
  heldMinor: bigint;
  availableMinor: bigint;
};

const TRACES_MAX = 12;

/** Reads a station as it is now. */
export async function readStation(db: Database, graph: FakeGraph, phone: Phone): Promise<Station> {
  // One after the other: the pages share the web pool with the webhook, which is small and does not wait long.
  const chat = await readChat(db.prisma, graph, phone);
  const traces = await readTracesOf(db, phone, TRACES_MAX);
  const accounts =
    phone.retailerId === null
      ? []
      : await readAccounts(db.prisma, [{ wholesalerId: phone.wholesaler.id, retailerId: phone.retailerId }]);
  return { phone, chat, traces, account: accounts[0] ?? null };
}

/** The newest events of this person, newest first. */
export async function readTracesOf(db: Database, phone: Phone, limit: number): Promise<EventTrace[]> {
  const keys = [
    ...(phone.phone === undefined ? [] : [`p:${phone.phone}`]),
    ...(phone.bsuid === undefined ? [] : [`b:${phone.bsuid}`]),
  ];
  const conversations = await db.prisma.$queryRaw<ConversationRef[]>`
    select c.wholesaler_id as "wholesalerId", c.line_id as "lineId", c.person_key as "personKey"
      from line l
      join conversation c on c.wholesaler_id = l.wholesaler_id and c.line_id = l.id
     where l.wholesaler_id = ${phone.wholesaler.id} and l.phone_number_id = ${phone.line.phoneNumberId}
       and (c.person_key = any (${keys}::text[]) or c.phone = ${phone.phone ?? null} or c.bsuid = ${phone.bsuid ?? null})`;
  return readTraces(db.prisma, conversations, { limit });
}
