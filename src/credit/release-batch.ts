import type { Tx } from '../db/index.ts';
import { assert } from '../shared/assert.ts';
import { refused } from './refused.ts';
import type { Because, CreditCode, ReleaseRequest, ReleaseVerdict, Wait } from './types.ts';

/**
 * Gives back what holds still hold; one answer per request, in their order. A hold that was released before answers as
 * it did then, with `replayed`. Throws only when the database breaks.
 */
export async function releaseBatch(
  tx: Tx,
  requests: readonly ReleaseRequest[],
  options: { wait: Wait } = { wait: 'promised' },
): Promise<ReleaseVerdict[]> {
  assert(requests.length <= 512, `a batch of ${requests.length} releases is too large`);
  if (requests.length === 0) return [];
  // Locks the account rows in key order, then the holds.
  const rows = await tx.$queryRaw<ReleaseRow[]>`
    select * from credit_release_batch(${options.wait},
      ${requests.map((request) => request.wholesalerId)}::text[],
      ${requests.map((request) => request.ledgerEntryId)}::uuid[],
      ${requests.map((request) => request.reason)}::text[],
      ${requests.map((request) => request.actor ?? 'system')}::text[],
      ${requests.map((request) => request.source ?? 'api')}::text[],
      ${requests.map((request) => request.cause ?? null)}::text[])`;
  assert(rows.length === requests.length, 'a release got no answer');
  return rows.sort((a, b) => a.ordinal - b.ordinal).map(toVerdict);
}

type ReleaseRow = {
  ordinal: number;
  code: CreditCode | 'BUSY' | null;
  because: Because | null;
  entry_id: string | null;
  hold_id: string;
  replayed: boolean;
  order_id: string | null;
  released_minor: bigint | null;
  available_minor: bigint | null;
};

function toVerdict(row: ReleaseRow): ReleaseVerdict {
  if (row.code === 'BUSY') return { kind: 'busy' };
  if (row.code !== null) return refused(row.code, { because: row.because });
  const { entry_id, order_id, released_minor, available_minor } = row;
  assert(
    entry_id !== null && order_id !== null && released_minor !== null && available_minor !== null,
    'a release without its figures',
  );
  return {
    kind: 'released',
    ledgerEntryId: entry_id,
    holdId: row.hold_id,
    orderId: order_id,
    releasedMinor: released_minor,
    availableMinor: available_minor,
    replayed: row.replayed,
  };
}
