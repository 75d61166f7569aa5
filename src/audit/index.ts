import type { Tx } from '../db/index.ts';
import { newId } from '../shared/ids.ts';

/** Ids and states, never a person's words, name or number. */
type AuditFields = Record<string, string | number | boolean | null | string[]>;

export type AuditEntry = {
  wholesalerId: string;
  /** `staff:<id>`, `retailer:<id>` for a shop's own answer in its chat, `system` for what follows from a rule. */
  actor: string;
  /** Past tense in snake case: `link_confirmed`. */
  action: string;
  /** What it was done to. */
  subject: AuditFields;
  before?: AuditFields;
  after?: AuditFields;
};

/** Keeps who did what in the caller's transaction, so that it is kept if and only if it was done. One statement. */
export async function writeAudit(tx: Tx, entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({
    wholesaler_id: entry.wholesalerId,
    id: newId(),
    actor: entry.actor,
    action: entry.action,
    subject: entry.subject,
    before: entry.before ?? null,
    after: entry.after ?? null,
  }));
  await tx.$executeRaw`
    insert into audit_entry (wholesaler_id, id, actor, action, subject, before, after)
    select wholesaler_id, id, actor, action, subject, before, after
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
        wholesaler_id text, id uuid, actor text, action text, subject jsonb, before jsonb, after jsonb)`;
}

export type ListedAudit = { id: string; at: Date } & Pick<AuditEntry, 'actor' | 'action' | 'subject'> & {
    before: AuditFields | null;
    after: AuditFields | null;
  };

/** The newest entries of a wholesaler. */
export function listAudit(
  tx: Tx,
  { wholesalerId, beforeId = null, limit }: { wholesalerId: string; beforeId?: string | null; limit: number },
): Promise<ListedAudit[]> {
  return tx.$queryRaw<ListedAudit[]>`
    select id, at, actor, action, subject, before, after from audit_entry
     where wholesaler_id = ${wholesalerId} and (${beforeId}::uuid is null or id < ${beforeId}::uuid)
     order by id desc limit ${limit}`;
}
