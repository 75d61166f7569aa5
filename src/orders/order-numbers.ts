import type { Database } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';

/**
 * Takes `count` order numbers and returns the first. In a transaction of its own, before any credit is locked: a counter
 * held until the order's COMMIT would make all orders of a wholesaler queue for each other. A number that is taken and
 * then not used leaves a gap. The commit need not reach the disk by itself: the commit of an order that uses the number
 * comes later in the same log and takes it along.
 */
export async function takeOrderNumbers(db: Database, wholesalerId: string, count: number): Promise<number> {
  const [row] = await db.prisma.$queryRaw<{ first: number }[]>`
    with relaxed as materialized (select set_config('synchronous_commit', 'off', true) as setting)
    insert into order_counter as c (wholesaler_id, next_number)
    select ${wholesalerId}, 1001 + ${count}::int from relaxed
    on conflict (wholesaler_id) do update set next_number = c.next_number + ${count}::int
    returning next_number - ${count}::int as first`;
  return mustExist(row, 'the order counter').first;
}
