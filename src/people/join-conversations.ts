import type { Tx } from '../db/index.ts';
import { keyOfId, keysOf } from './ids.ts';
import type { PersonIds, Standing } from './types.ts';
import { findOutOfTurn } from './wait-turn.ts';

// One person, two queue keys: see README.md, where the invariants are numbered.

/** A sender in a conversation that the caller holds. */
export type Visit = {
  eventId: string;
  lineId: string;
  /** The conversation that the event was claimed under. */
  personKey: string;
  ids: PersonIds;
  standing: Standing;
  /** What the conversation remembers: nothing has to be looked up while a sender shows nothing else. */
  remembers: {
    /** Never worked on, or more is known of the person since. */ isFresh: boolean;
    bsuid: string | null;
    phone: string | null;
  };
};

/** `moved`: the event waits in the home's queue now. `busy`: somebody else holds a row that has to join. */
export type VisitEnd = 'moved' | 'busy';

/** Brings the states of two conversations together; `home` is the one that goes on. */
export type JoinStates = (home: unknown, alias: unknown, newer: 'home' | 'alias') => unknown;

/**
 * Joins conversations of one person, and lets a phone that has another owner by now leave. Returns the events that must not be
 * decided in this transaction, by event id; for everybody else nothing changes. One statement for a set in which
 * somebody is new or shows something new, and one where somebody writes by phone alone; none for all others.
 */
export async function joinConversations(
  tx: Tx,
  wholesalerId: string,
  visits: Visit[],
  joinStates: JoinStates,
): Promise<Map<string, VisitEnd>> {
  const ends = new Map<string, VisitEnd>();
  for (const eventId of await findOutOfTurn(tx, wholesalerId, visits)) ends.set(eventId, 'busy');
  const curious = visits.filter(mayHaveNews);
  if (curious.length === 0) return ends;
  const rows = await findRows(tx, wholesalerId, curious);
  const touched = new Set<string>();
  for (const [at, visit] of curious.entries()) {
    const found = rows.filter(({ ordinal }) => ordinal === at);
    const plan = planFor(visit, found);
    if (plan === null) continue;
    const names = [plan.home, ...plan.aliases].map((key) => `${visit.lineId}/${key}`);
    // Two of one person in one set: the second looks again when the first has joined them.
    if (names.some((name) => touched.has(name))) {
      ends.set(visit.eventId, 'busy');
      continue;
    }
    const held = await lockRows(tx, wholesalerId, visit.lineId, [plan.home, ...plan.aliases]);
    if (held === null) {
      ends.set(visit.eventId, 'busy');
      continue;
    }
    for (const name of names) touched.add(name);
    if (plan.kind === 'leave') await leave(tx, wholesalerId, visit, plan.aliases);
    else await join(tx, wholesalerId, visit.lineId, plan, held, joinStates);
  }
  // Whatever was claimed of a joined row is claimed again: the queue that it belongs to is another one now.
  for (const visit of visits) {
    if (touched.has(`${visit.lineId}/${visit.personKey}`)) ends.set(visit.eventId, 'moved');
  }
  return ends;
}

function mayHaveNews({ remembers, ids, personKey }: Visit): boolean {
  if (remembers.isFresh) return true;
  // Whether a phone without BSUID still belongs here can change without anything new being shown.
  if (isPhoneAtBsuid(personKey, ids)) return ids.phone !== undefined;
  return differs(ids.bsuid, remembers.bsuid) || differs(ids.phone, remembers.phone);
}

const differs = (shown: string | undefined, known: string | null): boolean => shown !== undefined && shown !== known;

function isPhoneAtBsuid(personKey: string, ids: PersonIds): boolean {
  return personKey.startsWith('b:') && ids.bsuid === undefined && ids.parentBsuid === undefined;
}

type Row = {
  ordinal: number;
  personKey: string;
  homeKey: string | null;
  retailerId: string | null;
  /** Whose identity this row's key is now. */
  personId: string | null;
};

/** Rows under any key of the person: ids shown now, and those known from before. */
async function findRows(tx: Tx, wholesalerId: string, visits: Visit[]): Promise<Row[]> {
  const who = visits.map(({ lineId, personKey, ids, standing }, ordinal) => ({
    wholesaler_id: wholesalerId,
    ordinal,
    line_id: lineId,
    person_id: standing.kind === 'retailer' ? standing.personId : null,
    keys: [personKey, ...(standing.kind === 'retailer' || standing.kind === 'stranger' ? keysOf(ids) : [])],
  }));
  // Look-ups by key, as in match-ids.ts.
  return tx.$queryRaw<Row[]>`
    with who as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(who)}::jsonb)
        as w (wholesaler_id text, ordinal integer, line_id uuid, person_id uuid, keys jsonb)
    ), key as materialized (
      select w.wholesaler_id, w.ordinal, w.line_id, k.key from who w cross join lateral jsonb_array_elements_text(w.keys) as k (key)
      union
      select w.wholesaler_id, w.ordinal, w.line_id, case i.kind when 'phone' then 'p:' else 'b:' end || i.value
        from who w
       cross join lateral (
         select kind, value from identity
          where wholesaler_id = w.wholesaler_id and person_id = w.person_id and valid_to is null and kind <> 'username'
         offset 0) i
    )
    select k.ordinal, c.person_key as "personKey", c.home_key as "homeKey", c.retailer_id as "retailerId",
           (select i.person_id from identity i
             where i.wholesaler_id = c.wholesaler_id and i.valid_to is null and i.value = substr(c.person_key, 3)
               and i.kind = case when c.person_key like 'p:%' then 'phone'
                                 when c.person_key ~ '^b:[A-Z]{2}[.]ENT[.]' then 'parent_bsuid' else 'bsuid' end) as "personId"
      from key k
     cross join lateral (
       select wholesaler_id, person_key, home_key, retailer_id from conversation
        where wholesaler_id = k.wholesaler_id and line_id = k.line_id and person_key = k.key offset 0) c`;
}

type Plan = { kind: 'join' | 'leave'; home: string; aliases: string[] };

function planFor(visit: Visit, rows: Row[]): Plan | null {
  const { personKey, ids, standing } = visit;
  const personId = standing.kind === 'retailer' ? standing.personId : null;
  const own = rows.find((row) => row.personKey === personKey);
  if (isPhoneAtBsuid(personKey, ids) && ids.phone !== undefined) {
    // A phone that joined this conversation once: does it still belong here?
    const phoneKey = keyOfId({ kind: 'phone', value: ids.phone });
    const phoneRow = rows.find((row) => row.personKey === phoneKey && row.homeKey === personKey);
    const belongs = phoneRow === undefined || (phoneRow.personId ?? null) === (own?.personId ?? null);
    return belongs ? null : { kind: 'leave', home: personKey, aliases: [phoneKey] };
  }
  if (standing.kind !== 'retailer' && standing.kind !== 'stranger') return null;
  const retailerId = standing.kind === 'retailer' ? standing.retailer.id : null;
  const mine = rows.filter(
    (row) => row.personId === personId && (row.retailerId === null || row.retailerId === retailerId),
  );
  const home = homeAmong(mine, ids);
  if (home === undefined || !mine.some((row) => row.personKey === personKey)) return null;
  const aliases = mine.filter(
    (row) => row.personKey !== home && row.homeKey !== home && rankOf(row.personKey) < rankOf(home),
  );
  return aliases.length === 0 ? null : { kind: 'join', home, aliases: aliases.map((row) => row.personKey) };
}

const PARENT_KEY = /^b:[A-Z]{2}\.ENT\./;

/** A BSUID never changes hands, a phone does. */
function rankOf(key: string): number {
  if (key.startsWith('p:')) return 1;
  return PARENT_KEY.test(key) ? 2 : 3;
}

/** The row that is the home: of the surest key. Several equally sure are one only by what is shown now. */
function homeAmong(rows: Row[], ids: PersonIds): string | undefined {
  const roots = rows.filter(({ homeKey }) => homeKey === null);
  const best = Math.max(0, ...roots.map(({ personKey }) => rankOf(personKey)));
  const homes = roots.filter(({ personKey }) => rankOf(personKey) === best);
  const shown = keysOf(ids);
  return (homes.length === 1 ? homes[0] : homes.find(({ personKey }) => shown.includes(personKey)))?.personKey;
}

type HeldRow = {
  personKey: string;
  homeKey: string | null;
  state: unknown;
  lastInboundAt: Date | null;
  replySeq: number;
};

/** Locks rows that nobody else holds; null when somebody holds one of them. Those of this set are the caller's already. */
async function lockRows(tx: Tx, wholesalerId: string, lineId: string, keys: string[]): Promise<HeldRow[] | null> {
  const rows = await tx.$queryRaw<HeldRow[]>`
    select person_key as "personKey", home_key as "homeKey", state, last_inbound_at as "lastInboundAt",
           reply_seq as "replySeq"
      from conversation
     where wholesaler_id = ${wholesalerId} and line_id = ${lineId}::uuid and person_key = any (${keys}::text[])
       for no key update skip locked`;
  return rows.length < keys.length ? null : rows;
}

async function join(
  tx: Tx,
  wholesalerId: string,
  lineId: string,
  { home, aliases }: Plan,
  held: HeldRow[],
  joinStates: JoinStates,
): Promise<void> {
  const homeRow = held.find((row) => row.personKey === home);
  // It joined another row itself between being found and being locked: the next claim sees that.
  if (homeRow === undefined || homeRow.homeKey !== null) return;
  let { state, lastInboundAt } = homeRow;
  for (const key of aliases) {
    const alias = held.find((row) => row.personKey === key);
    if (alias === undefined) continue;
    const newer = timeOf(alias.lastInboundAt) > timeOf(lastInboundAt) ? 'alias' : 'home';
    state = alias.state === null ? state : joinStates(state, alias.state, newer);
    if (newer === 'alias') lastInboundAt = alias.lastInboundAt;
    await moveReplies(tx, wholesalerId, lineId, { alias: key, home });
    await moveRow(tx, wholesalerId, lineId, { alias: key, home, state });
    await moveEvents(tx, wholesalerId, lineId, { from: [key], to: home });
  }
}

const timeOf = (date: Date | null): number => date?.getTime() ?? 0;

/**
 * Open replies keep their order, behind what the home has numbered. Locked first and in the order of their ids, because
 * statuses and outcomes lock replies in that order too.
 */
async function moveReplies(
  tx: Tx,
  wholesalerId: string,
  lineId: string,
  { alias, home }: { alias: string; home: string },
): Promise<void> {
  await tx.$executeRaw`
    with open as materialized (
      select id, seq from outbox_message
       where wholesaler_id = ${wholesalerId} and line_id = ${lineId}::uuid and person_key = ${alias}
         and state in ('queued', 'sending', 'uncertain')
       order by id for no key update
    ), numbered as (
      select o.id, c.reply_seq + row_number() over (order by o.seq)::int as seq
        from open o join conversation c
          on c.wholesaler_id = ${wholesalerId} and c.line_id = ${lineId}::uuid and c.person_key = ${home}
    ), moved as (
      update outbox_message m set person_key = ${home}, seq = n.seq
        from numbered n where m.wholesaler_id = ${wholesalerId} and m.id = n.id
      returning 1
    )
    update conversation c set reply_seq = c.reply_seq + (select count(*) from moved)
     where c.wholesaler_id = ${wholesalerId} and c.line_id = ${lineId}::uuid and c.person_key = ${home}`;
}

/** What the alias remembers goes to its home, and whoever named the alias as home names the home: one hop, always. */
async function moveRow(
  tx: Tx,
  wholesalerId: string,
  lineId: string,
  { alias, home, state }: { alias: string; home: string; state: unknown },
): Promise<void> {
  await tx.$executeRaw`
    update conversation h
       set state = ${state === null ? null : JSON.stringify(state)}::jsonb, version = h.version + 1,
           retailer_id = coalesce(h.retailer_id, a.retailer_id), language = coalesce(h.language, a.language),
           phone = coalesce(h.phone, a.phone), bsuid = coalesce(h.bsuid, a.bsuid),
           profile_name = coalesce(h.profile_name, a.profile_name),
           last_inbound_at = greatest(h.last_inbound_at, a.last_inbound_at),
           handled_by = case when 'person' in (h.handled_by, a.handled_by) then 'person' else 'bot' end,
           taken_by = coalesce(h.taken_by, a.taken_by), taken_at = coalesce(h.taken_at, a.taken_at),
           staff_spoke_at = greatest(h.staff_spoke_at, a.staff_spoke_at), unread = h.unread + a.unread,
           wants_person_at = greatest(h.wants_person_at, a.wants_person_at)
      from conversation a
     where h.wholesaler_id = ${wholesalerId} and h.line_id = ${lineId}::uuid and h.person_key = ${home}
       and a.wholesaler_id = h.wholesaler_id and a.line_id = h.line_id and a.person_key = ${alias}`;
  await tx.$executeRaw`
    update conversation
       set home_key = ${home}, state = null, retailer_id = null, language = null, phone = null, bsuid = null,
           last_inbound_at = null, handled_by = 'bot', taken_by = null, taken_at = null, staff_spoke_at = null, unread = 0,
           wants_person_at = null
     where wholesaler_id = ${wholesalerId} and line_id = ${lineId}::uuid
       and person_key = any (array[${alias}] || array(
         select person_key from conversation
          where wholesaler_id = ${wholesalerId} and line_id = ${lineId}::uuid and home_key = ${alias}))`;
}

async function moveEvents(
  tx: Tx,
  wholesalerId: string,
  lineId: string,
  { from, to }: { from: string[]; to: string },
): Promise<void> {
  // Due at once: a try alone rests its event by time, and nobody would look for it under another key.
  await tx.$executeRaw`
    update inbox_event set person_key = ${to}, not_before = least(not_before, app_clock())
     where wholesaler_id = ${wholesalerId} and line_id = ${lineId}::uuid and person_key = any (${from}::text[])
       and state = 'waiting' and kind <> 'status'`;
}

/** The phone is somebody else's now: its row is its own again and remembers nothing; the event that told us goes back to it. */
async function leave(tx: Tx, wholesalerId: string, { lineId, eventId }: Visit, aliases: string[]): Promise<void> {
  const [phoneKey] = aliases;
  await tx.$executeRaw`
    update conversation set home_key = null
     where wholesaler_id = ${wholesalerId} and line_id = ${lineId}::uuid and person_key = ${phoneKey}`;
  await tx.$executeRaw`
    update inbox_event set person_key = ${phoneKey}, not_before = least(not_before, app_clock())
     where wholesaler_id = ${wholesalerId} and id = ${eventId}::uuid`;
}
