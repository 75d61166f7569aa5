import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { writeAudit } from '../audit/index.ts';
import type { Statement, Statements, Tx } from '../db/index.ts';
import { newId } from '../shared/ids.ts';
import { isRight, type Right } from './rights.ts';

// A key is `olk_<id>_<secret>`: the id finds its row, the secret proves it. Only the SHA-256 of the secret is stored. A slow
// hash protects what people choose and others can guess; 256 random bits cannot be guessed at any speed, so argon2 would
// cost every request 50 ms and protect nothing.

export type ApiKey = {
  id: string;
  name: string;
  rights: Right[];
  createdAt: Date;
  createdBy: string;
  /** To the minute; null: never. */
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};

/** Who calls: the key, and the wholesaler that it is for. */
export type Caller = {
  keyId: string;
  wholesalerId: string;
  currency: string;
  language: string;
  timeZone: string;
  rights: ReadonlySet<Right>;
  /** As the ledger and the audit name them. */
  actor: string;
};

const KEY = /^olk_([0-9a-f]{32})_([\w-]{43})$/;

type KeyToMake = {
  wholesalerId: string;
  name: string;
  rights: readonly Right[];
  by: string;
  /** Where making it twice must make it once: the id that it gets. */
  id?: string;
};

/**
 * Makes a key and returns it whole, which nobody can do again. Null when there is no such wholesaler, or a key with the id
 * that was given: it was made before.
 */
export async function createApiKey(
  tx: Tx,
  { wholesalerId, name, rights, by, id = newId() }: KeyToMake,
): Promise<{ id: string; key: string; rights: Right[] } | null> {
  const secret = randomBytes(32).toString('base64url');
  const granted = [...new Set(rights)];
  const made = await tx.$executeRaw`
    insert into api_key (id, wholesaler_id, name, rights, secret_sha256, created_by)
    select ${id}::uuid, w.id, ${name}, ${granted}::text[], ${hashOf(secret)}, ${by}
      from wholesaler w where w.id = ${wholesalerId}
    on conflict (id) do nothing`;
  return made === 0 ? null : { id, key: `olk_${id.replaceAll('-', '')}_${secret}`, rights: granted };
}

/** Makes a key as `createApiKey` does, and keeps in the audit by whom. */
export async function grantApiKey(tx: Tx, wanted: KeyToMake): ReturnType<typeof createApiKey> {
  const made = await createApiKey(tx, wanted);
  if (made === null) return null;
  const { wholesalerId, by: actor, name } = wanted;
  const { id: apiKey, rights } = made;
  await writeAudit(tx, [{ wholesalerId, actor, action: 'api_key_made', subject: { apiKey }, after: { name, rights } }]);
  return made;
}

/** The keys of a wholesaler, also revoked ones, newest first; ids are made in the order of time. */
export async function listApiKeys(
  tx: Tx,
  { wholesalerId, beforeId = null, limit }: { wholesalerId: string; beforeId?: string | null; limit: number },
): Promise<ApiKey[]> {
  return tx.$queryRaw<ApiKey[]>`
    select id, name, rights, created_at as "createdAt", created_by as "createdBy", last_used_at as "lastUsedAt",
           revoked_at as "revokedAt"
      from api_key
     where wholesaler_id = ${wholesalerId} and (${beforeId}::uuid is null or id < ${beforeId}::uuid)
     order by id desc limit ${limit}`;
}

async function hasApiKey(tx: Tx, wholesalerId: string, id: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 as found from api_key where id = ${id}::uuid and wholesaler_id = ${wholesalerId}`;
  return rows.length > 0;
}

/** Refuses the key from its next request on, in every process. False when there is no such key, or it was revoked. */
export async function revokeApiKey(
  tx: Tx,
  { wholesalerId, id, by }: { wholesalerId: string; id: string; by: string },
): Promise<boolean> {
  const revoked = await tx.$executeRaw`
    update api_key set revoked_at = app_clock(), revoked_by = ${by}
     where id = ${id}::uuid and wholesaler_id = ${wholesalerId} and revoked_at is null`;
  return revoked > 0;
}

/** Revokes a key and keeps in the audit by whom. Done again it does nothing more. */
export async function withdrawApiKey(
  tx: Tx,
  asked: { wholesalerId: string; id: string; by: string },
): Promise<{ kind: 'revoked'; isNew: boolean } | { kind: 'not_found' }> {
  const { wholesalerId, id: apiKey, by: actor } = asked;
  if (!(await hasApiKey(tx, wholesalerId, apiKey))) return { kind: 'not_found' };
  if (!(await revokeApiKey(tx, asked))) return { kind: 'revoked', isNew: false };
  await writeAudit(tx, [{ wholesalerId, actor, action: 'api_key_revoked', subject: { apiKey } }]);
  return { kind: 'revoked', isNew: true };
}

// One round trip. The use is noted when the last note is older than a minute, so most calls write nothing.
const findKey: Statement = {
  name: 'api_key_find',
  text: `
    with found as (
      select k.id, k.wholesaler_id, k.rights, k.secret_sha256, k.last_used_at, w.currency, w.language, w.time_zone
        from api_key k join wholesaler w on w.id = k.wholesaler_id
       where k.id = $1::uuid and k.revoked_at is null
    ), used as (
      update api_key set last_used_at = app_clock()
       where id in (select id from found
                     where secret_sha256 = $2
                       and (last_used_at is null or last_used_at < app_clock() - interval '1 minute'))
    )
    select * from found`,
};

type KeyRow = {
  id: string;
  wholesaler_id: string;
  rights: string[];
  secret_sha256: Buffer;
  currency: string;
  language: string;
  time_zone: string;
};

/** Who holds this key; null for one that is unknown, wrong or revoked. */
export async function findCaller(statements: Statements, key: string): Promise<Caller | null> {
  const [, idDigits, secret] = KEY.exec(key) ?? [];
  if (idDigits === undefined || secret === undefined) return null;
  const given = hashOf(secret);
  const [row] = await statements.rows<KeyRow>(findKey, [idDigits, given]);
  if (row === undefined || !timingSafeEqual(row.secret_sha256, given)) return null;
  return {
    keyId: row.id,
    wholesalerId: row.wholesaler_id,
    currency: row.currency,
    language: row.language,
    timeZone: row.time_zone,
    // A right that a later version knows means nothing here.
    rights: new Set(row.rights.filter(isRight)),
    actor: `api:${row.id}`,
  };
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
