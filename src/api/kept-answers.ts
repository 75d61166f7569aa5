import { createHash } from 'node:crypto';
import type { Tx } from '../db/index.ts';

// A write with an Idempotency-Key puts its claim into the table before anything else, in the transaction that does the
// work. Another request with the same key then waits at the table's unique index until that transaction has ended, and
// finds its answer, or nothing and does the work itself. So there is no state "under way" that a crash could leave behind.
// The claim comes before every other lock, and a transaction makes one only, so none waits in a circle.

export type Claim =
  /** Nobody has answered under this key: do the work. */
  | { kind: 'ours' }
  /** Answered before. */
  | { kind: 'answered'; answer: unknown }
  /** The key stands for another request. */
  | { kind: 'other_request' };

type ClaimKey = { wholesalerId: string; key: string; requestSha256: Buffer };

/** Claims the key for this request. Waits while another transaction has it. */
export async function claimKey(tx: Tx, claim: ClaimKey): Promise<Claim> {
  const { wholesalerId, key, requestSha256 } = claim;
  const made = await tx.$executeRaw`
    insert into kept_answer (wholesaler_id, key, request_sha256) values (${wholesalerId}, ${key}, ${requestSha256})
    on conflict do nothing`;
  return made > 0 ? { kind: 'ours' } : readClaim(tx, claim);
}

/**
 * The same in a transaction of its own, for what has another key that makes it answer again. The claim need not reach the
 * disk by itself: the commit of the work comes later in the same log and takes it along.
 */
export async function claimKeyAlone(tx: Tx, claim: ClaimKey): Promise<Claim> {
  const { wholesalerId, key, requestSha256 } = claim;
  const made = await tx.$executeRaw`
    with relaxed as materialized (select set_config('synchronous_commit', 'off', true) as setting)
    insert into kept_answer (wholesaler_id, key, request_sha256)
    select ${wholesalerId}, ${key}, ${requestSha256} from relaxed
    on conflict do nothing`;
  return made > 0 ? { kind: 'ours' } : readClaim(tx, claim);
}

async function readClaim(tx: Tx, { wholesalerId, key, requestSha256 }: ClaimKey): Promise<Claim> {
  const [kept] = await tx.$queryRaw<{ same: boolean; answer: unknown }[]>`
    select request_sha256 = ${requestSha256} as same, answer from kept_answer
     where wholesaler_id = ${wholesalerId} and key = ${key}`;
  // Removed between the two statements, because it was old: what it was for is long done, and the key is free.
  if (kept === undefined) return { kind: 'ours' };
  if (!kept.same) return { kind: 'other_request' };
  return kept.answer === null ? { kind: 'ours' } : { kind: 'answered', answer: kept.answer };
}

/** Keeps the answer under the key that this transaction claimed. */
export async function keepAnswer(tx: Tx, { wholesalerId, key }: ClaimKey, answer: unknown): Promise<void> {
  await tx.$executeRaw`
    update kept_answer set answer = ${JSON.stringify(answer)}::jsonb where wholesaler_id = ${wholesalerId} and key = ${key}`;
}

/** Frees the key: a refusal is not kept, since the same request may succeed once its cause is gone. */
export async function forgetKey(tx: Tx, { wholesalerId, key }: ClaimKey): Promise<void> {
  await tx.$executeRaw`delete from kept_answer where wholesaler_id = ${wholesalerId} and key = ${key}`;
}

/** The route and all that was asked, as one hash. */
export function requestHash(asked: { route: string; params: unknown; body: unknown }): Buffer {
  return createHash('sha256').update(canonical(asked)).digest();
}

/** JSON with sorted keys: the order in which a caller writes them is no difference. */
export function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, inner: unknown) => {
    if (typeof inner === 'bigint') return inner.toString();
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** A uuid (RFC 9562, version 8) that follows from a wholesaler and a key: the same key always names the same order. */
export function idFromKey(wholesalerId: string, key: string): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify([wholesalerId, key]))
    .digest()
    .subarray(0, 16);
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Days that an answer is kept at least. */
export const KEPT_DAYS = 7;
const SWEEP_MAX = 1_000;

/** Removes answers that are older, a bounded number at a time; how many it removed. */
export function sweepAnswers(tx: Tx): Promise<number> {
  return tx.$executeRaw`
    delete from kept_answer where (wholesaler_id, key) in (
      select wholesaler_id, key from kept_answer
       where kept_at < app_clock() - make_interval(days => ${KEPT_DAYS}::int)
       order by kept_at limit ${SWEEP_MAX} for update skip locked)`;
}
