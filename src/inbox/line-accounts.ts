import type { Database } from '../db/index.ts';
import type { IncomingEvent } from './types.ts';

export type LineAccounts = {
  /**
   * Gives notices that name no line the line of a tenant, where their account or number shows whose they are, unless they
   * were kept outside the tenants before: delivered once more, they have no effect. Learns from messages and statuses which
   * account a line belongs to.
   */
  place(events: IncomingEvent[]): Promise<IncomingEvent[]>;
};

type Notice = Extract<IncomingEvent, { kind: 'notice' }>;

/** Signed deliveries name few lines; the bound only keeps a mistake from growing without end. */
const REMEMBERED_MAX = 10_000;

/**
 * Account news names an account or a number instead of a line id. A line id belongs to one account for good (a number that
 * moves to another account gets another id there), so what was learned first stays. An account whose lines belong to several wholesalers is
 * nobody's, so such news stays outside the tenants.
 */
export function createLineAccounts(db: Database): LineAccounts {
  // Lines whose account is in the database, as this process has seen; forgetting them costs one statement.
  const known = new Set<string>();

  async function learn(events: IncomingEvent[]): Promise<void> {
    const fresh = new Map<string, string>();
    for (const { kind, phoneNumberId, wabaId } of events) {
      if (kind === 'notice' || phoneNumberId === undefined || wabaId === undefined) continue;
      if (!known.has(phoneNumberId)) fresh.set(phoneNumberId, wabaId);
    }
    if (fresh.size === 0) return;
    const rows = [...fresh].map(([phone_number_id, waba_id]) => ({ phone_number_id, waba_id }));
    await db.prisma.$executeRaw`
      update line l set waba_id = r.waba_id
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (phone_number_id text, waba_id text)
       where l.phone_number_id = r.phone_number_id and l.retired_at is null and l.waba_id is null`;
    if (known.size > REMEMBERED_MAX) known.clear();
    for (const phoneNumberId of fresh.keys()) known.add(phoneNumberId);
  }

  async function linesOf(notices: Notice[]): Promise<Map<string, string>> {
    const rows = notices.map((notice) => ({
      event_key: notice.eventKey,
      waba_id: notice.wabaId ?? null,
      digits: displayDigitsOf(notice.payload) ?? null,
    }));
    const found = await db.prisma.$queryRaw<{ eventKey: string; phoneNumberId: string }[]>`
      select r.event_key as "eventKey", coalesce(
               (select min(l.phone_number_id) from line l
                 where l.retired_at is null and regexp_replace(l.display_phone, '\\D', '', 'g') = r.digits
                having count(*) = 1),
               (select (array_agg(l.phone_number_id order by l.created_at, l.id))[1] from line l
                 where l.retired_at is null and l.waba_id = r.waba_id
                having count(distinct l.wholesaler_id) = 1)) as "phoneNumberId"
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (event_key text, waba_id text, digits text)
       where not exists (select 1 from stray_event s where s.event_key = r.event_key)`;
    return new Map(found.map(({ eventKey, phoneNumberId }) => [eventKey, phoneNumberId]));
  }

  return {
    async place(events) {
      await learn(events);
      const lost = events.filter((event) => event.kind === 'notice' && event.phoneNumberId === undefined) as Notice[];
      const placeable = lost.filter(({ wabaId, payload }) => wabaId ?? displayDigitsOf(payload));
      if (placeable.length === 0) return events;
      const lines = await linesOf(placeable);
      return events.map((event) =>
        event.kind === 'notice' && event.phoneNumberId === undefined
          ? { ...event, phoneNumberId: lines.get(event.eventKey) ?? undefined }
          : event,
      );
    },
  };
}

function displayDigitsOf(payload: unknown): string | undefined {
  const { display_phone_number: shown } = (payload ?? {}) as { display_phone_number?: unknown };
  if (typeof shown !== 'string' && typeof shown !== 'number') return undefined;
  const digits = String(shown).replaceAll(/\D/g, '');
  return digits.length >= 5 && digits.length <= 20 ? digits : undefined;
}
