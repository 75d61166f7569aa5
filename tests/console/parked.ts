import { newId } from '../../src/shared/ids.ts';
import type { TestService } from '../support/service.ts';

/**
 * A message of a shop that could not be processed: as the newest message that came, under a key of its own and as a worker
 * that gave up left it.
 */
export async function parkNewestMessage(running: TestService, wholesalerId: string): Promise<string> {
  const id = newId();
  await running.database.ownerSql(
    `insert into inbox_event (wholesaler_id, id, line_id, event_key, kind, person_key, sender, payload, sent_at, state,
                              tries, last_error, done_at)
     select wholesaler_id, $2::uuid, line_id, 'm:parked-' || $2::text, kind, person_key, sender, payload, app_clock(), 'parked',
            4, 'the <price> list was away', app_clock()
       from inbox_event where wholesaler_id = $1 and kind = 'message' order by id desc limit 1`,
    [wholesalerId, id],
  );
  return id;
}
