import type { Tx } from '../../src/db/index.ts';
import type { ConversationHandler, IncomingEvent, WorkItem } from '../../src/inbox/index.ts';
import { createLogger, type Logger } from '../../src/shared/logger.ts';
import type { TestDatabase } from '../support/database.ts';
import type { Tenant } from '../support/tenants.ts';

export const quiet: Logger = createLogger({ level: 'silent', pretty: false });

/** A text message of a person on the tenant's line, as the webhook hands it over. */
export function message(
  tenant: Tenant,
  person: string,
  n: number,
  sentAt = new Date('2026-11-23T08:00:00Z'),
): IncomingEvent {
  return {
    kind: 'message',
    eventKey: `m:${person}-${n}`,
    phoneNumberId: tenant.phoneNumberId,
    personKey: `p:${person}`,
    sender: { phone: person, profileName: `Person ${person}` },
    sentAt: new Date(sentAt.getTime() + n * 1000),
    payload: { n },
  };
}

/** A table that stands for what handlers change: a row for each effect, in the order in which they happened. */
export async function addEffectTable(database: TestDatabase): Promise<void> {
  await database.ownerSql(
    `create table effect (id bigint generated always as identity primary key, wholesaler_id text, person_key text,
                          event_id uuid, n int, pid int)`,
  );
  await database.ownerSql('grant select, insert on effect to orderlock_app');
}

export const numberOf = (item: WorkItem): number => (item.event.payload as { n: number }).n;

/** Writes one effect for each event of a set, in one statement. */
export async function recordEffects(tx: Tx, items: WorkItem[]): Promise<void> {
  const rows = items.map((item) => ({
    wholesaler_id: item.conversation.wholesalerId,
    person_key: item.conversation.personKey,
    event_id: item.event.id,
    n: numberOf(item),
    pid: process.pid,
  }));
  await tx.$executeRaw`
    insert into effect (wholesaler_id, person_key, event_id, n, pid)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (wholesaler_id text, person_key text, event_id uuid, n int, pid int)`;
}

/** A handler whose only effect is a row for each event; `before` may look at the items, throw or wait. */
export function recordingHandler(
  before: (tx: Tx, items: WorkItem[]) => Promise<void> = async () => {},
): ConversationHandler {
  return {
    async work(tx, items) {
      await before(tx, items);
      await recordEffects(tx, items);
      return items.map((item) => ({ item, kind: 'done', trace: { priorState: null, facts: null, results: null } }));
    },
    async apologise(tx, item) {
      await tx.$executeRaw`
        insert into effect (wholesaler_id, person_key, event_id, n)
        values (${item.conversation.wholesalerId}, ${item.conversation.personKey}, ${item.event.id}::uuid, -1)`;
    },
  };
}
