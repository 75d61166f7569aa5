import { type AlertToRaise, closeAlert, listAlerts, raiseAlert } from '../alerts/index.ts';
import type { Database, Tx } from '../db/index.ts';
import { inTransaction, isTransient } from '../db/index.ts';
import type { Logger } from '../shared/logger.ts';
import type { News } from './types.ts';

export type Notice = { field: string; payload: unknown; wabaId: string | undefined };

/** A person's wish about marketing messages, as Meta reported it. */
export type MarketingWish = Omit<Extract<News, { kind: 'marketing' }>, 'kind'>;

export type NoticeHandling = {
  db: Database;
  logger: Logger;
  readNews: (notice: Notice) => News[];
  noteMarketing: (tx: Tx, wholesalerId: string, wishes: MarketingWish[]) => Promise<void>;
};

type Unread = {
  id: string;
  wholesalerId: string | null;
  phoneNumberId: string | null;
  wabaId: string | null;
  kind: string;
  eventKey: string;
  payload: unknown;
};

const LIMITS = { maxWaitMs: 5_000, timeoutMs: 15_000 };
/** The dashboard's Test button sends from this line. */
const TEST_LINE = '123456123';

/**
 * Reads notices that nobody has looked at yet and does what follows from them; returns how many there were. They change no
 * conversation, so they need no order among themselves but that of their arrival, which decides whether news or its answer
 * stands last. Two processes never read the same one: SKIP LOCKED.
 */
export async function workNotices(handling: NoticeHandling, max: number): Promise<number> {
  let claimed: Unread[] = [];
  try {
    return await inTransaction(
      handling.db,
      async (tx) => {
        claimed = [...(await claimOfTenants(tx, max)), ...(await claimStrays(tx, max))];
        for (const notice of claimed) await follow(tx, notice, handling);
        await markRead(tx, claimed);
        return claimed.length;
      },
      LIMITS,
    );
  } catch (error) {
    if (isTransient(error) || claimed.length === 0) throw error;
    if (max > 1) return workNotices(handling, 1);
    // One that cannot be followed even alone must not stand in the way of all that come after it.
    const hint = 'What it says is kept as it came; look at it in inbox_event or stray_event.';
    handling.logger.error({ eventIds: claimed.map(({ id }) => id), err: error, hint }, 'a notice could not be read');
    await inTransaction(handling.db, (tx) => markRead(tx, claimed), LIMITS);
    return claimed.length;
  }
}

function claimOfTenants(tx: Tx, max: number): Promise<Unread[]> {
  return tx.$queryRaw<Unread[]>`
    select e.id, e.wholesaler_id as "wholesalerId", l.phone_number_id as "phoneNumberId", l.waba_id as "wabaId",
           e.kind, e.event_key as "eventKey", e.payload
      from inbox_event e join line l on l.wholesaler_id = e.wholesaler_id and l.id = e.line_id
     where e.kind = 'notice' and e.done_at is null
     order by e.wholesaler_id, e.id limit ${max} for update of e skip locked`;
}

function claimStrays(tx: Tx, max: number): Promise<Unread[]> {
  return tx.$queryRaw<Unread[]>`
    select id, null as "wholesalerId", phone_number_id as "phoneNumberId", waba_id as "wabaId", kind,
           event_key as "eventKey", payload
      from stray_event where looked_at is null order by id limit ${max} for update skip locked`;
}

async function markRead(tx: Tx, notices: Unread[]): Promise<void> {
  const ofTenants = notices.flatMap(({ id, wholesalerId }) => (wholesalerId === null ? [] : [{ id, wholesalerId }]));
  const strays = notices.filter(({ wholesalerId }) => wholesalerId === null).map(({ id }) => id);
  if (ofTenants.length > 0) {
    await tx.$executeRaw`
      update inbox_event e set done_at = app_clock()
        from jsonb_to_recordset(${JSON.stringify(ofTenants)}::jsonb) as r ("wholesalerId" text, id uuid)
       where e.wholesaler_id = r."wholesalerId" and e.id = r.id`;
  }
  if (strays.length > 0) {
    await tx.$executeRaw`update stray_event set looked_at = app_clock() where id = any (${strays}::uuid[])`;
  }
}

async function follow(tx: Tx, notice: Unread, { readNews, noteMarketing }: NoticeHandling): Promise<void> {
  const { wholesalerId, phoneNumberId, wabaId } = notice;
  if (notice.kind !== 'notice') {
    if (phoneNumberId === null || phoneNumberId === TEST_LINE) return;
    await raiseAlert(tx, {
      wholesalerId: null,
      kind: 'line_unknown',
      key: phoneNumberId,
      subject: { phoneNumberId, wabaId },
    });
    return;
  }
  const news = readNews({
    field: fieldOf(notice.eventKey),
    payload: notice.payload,
    wabaId: wabaId ?? undefined,
  });
  const wishes = news.filter((one) => one.kind === 'marketing');
  // A wish about a business that nobody here runs has nobody to obey it.
  if (wishes.length > 0 && wholesalerId !== null) await noteMarketing(tx, wholesalerId, wishes);
  for (const one of news) {
    if (one.kind === 'answered') await closeAlert(tx, { wholesalerId, kind: one.alert, key: one.key }, one.by);
    if (one.kind === 'alert') await raiseAlert(tx, await toRaise(tx, wholesalerId, one));
  }
}

async function toRaise(
  tx: Tx,
  wholesalerId: string | null,
  { alert, key, subject, displayPhone }: Extract<News, { kind: 'alert' }>,
): Promise<AlertToRaise> {
  const lineId =
    wholesalerId === null || displayPhone === undefined ? null : await lineOf(tx, wholesalerId, displayPhone);
  return { wholesalerId, lineId, kind: alert, key, subject };
}

async function lineOf(tx: Tx, wholesalerId: string, digits: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from line
     where wholesaler_id = ${wholesalerId} and retired_at is null
       and regexp_replace(display_phone, '\\D', '', 'g') = ${digits} limit 2`;
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}

/** `f:<field>:<sha256 of value>`; a field may hold colons. */
function fieldOf(eventKey: string): string {
  return /^f:(.*):[0-9a-f]{64}$/s.exec(eventKey)?.[1] ?? 'unknown';
}

/** Closes alerts about lines that somebody has imported meanwhile. */
export async function closeKnownLines(db: Database): Promise<void> {
  const open = await listAlerts(db.prisma, { wholesalerId: null });
  const unknown = open.filter(({ kind }) => kind === 'line_unknown').map(({ key }) => key);
  if (unknown.length === 0) return;
  const known = await db.prisma.$queryRaw<{ key: string }[]>`
    select phone_number_id as key from line where retired_at is null and phone_number_id = any (${unknown}::text[])`;
  for (const { key } of known) {
    await closeAlert(db.prisma, { wholesalerId: null, kind: 'line_unknown', key }, 'the line was imported');
  }
}
