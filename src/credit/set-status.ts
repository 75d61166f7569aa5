import type { Tx } from '../db/index.ts';
import { assert, mustExist } from '../shared/assert.ts';
import { newId } from '../shared/ids.ts';
import { refused } from './refused.ts';
import type { Because, CreditCode, Refused, StatusRequest, StatusSet } from './types.ts';

/** Blocks, unblocks or closes an account. Only new holds stop; an account that is so already answers `replayed`. */
export async function setStatus(tx: Tx, request: StatusRequest): Promise<StatusSet | Refused> {
  // Locks the account row.
  const rows = await tx.$queryRaw<StatusRow[]>`
    select * from credit_set_status(${request.wholesalerId}, ${request.retailerId}, ${newId()}::uuid, ${request.status},
      ${request.reason}, ${request.actor ?? 'system'}, ${request.source ?? 'api'}, ${request.cause ?? null}::text)`;
  const row = mustExist(rows[0], 'an answer to a change of status');
  if (row.code !== null) return refused(row.code, { because: row.because });
  assert(row.available_minor !== null, 'a change of status without its figures');
  return {
    kind: 'set',
    ledgerEntryId: row.entry_id,
    availableMinor: row.available_minor,
    replayed: row.replayed,
  };
}

type StatusRow = {
  code: CreditCode | null;
  because: Because | null;
  entry_id: string | null;
  replayed: boolean;
  available_minor: bigint | null;
};
