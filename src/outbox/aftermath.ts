// What is done about replies that failed or were dropped, whichever way that came about: a refusal, a status, evidence or
// the claim. The way it was found out only writes it down; here, some seconds later, it is judged and told. So it is done
// exactly once, by any process, also when the one that saw it was killed.
import { closeAlert, raiseAlert } from '../alerts/index.ts';
import { type Database, inTransaction, type Tx } from '../db/index.ts';
import { type Attempt, judgeOutcome, type RetryPolicy, type Verdict } from './judge-outcome.ts';
import { pause } from './pause-store.ts';
import { alertFor, type Failure } from './tell-staff.ts';
import type { RefusalClass, Reply } from './types.ts';

type Line = { wholesalerId: string; lineId: string };

export type AftermathOptions = {
  db: Database;
  /** How a refusal with this code of Meta's is to be treated. */
  classify: (metaCode: number) => RefusalClass;
  retry: RetryPolicy;
  random: () => number;
};

/** What was put back for another try after Meta had accepted it and then reported that it failed. */
export type PutBack = { id: string; metaCode: number };

const AT_ONCE_MAX = 100;
/** A message that Meta accepts and then fails, again and again, is given up after so many tries. */
const FAILED_TRIES_MAX = 5;

type FailedRow = {
  id: string;
  person_key: string;
  state: 'failed' | 'dropped';
  error_class: string | null;
  error_code: number | null;
  error_detail: string | null;
  wamid: string | null;
  past: number;
  attempts: number;
  remedies: string[];
  route: 'phone' | 'bsuid' | null;
  to_phone: string | null;
  to_bsuid: string | null;
  carries: number;
  reply: Reply;
  token_ref: string;
};

/**
 * Looks at failures of a line that nobody looked at yet. What Meta accepted and later failed gets the same verdict as if
 * it had been refused at once; the rest is told to staff, where it matters. Locks the messages (SKIP LOCKED), then alerts.
 */
export async function lookAtFailures(line: Line, options: AftermathOptions): Promise<PutBack[]> {
  const { db } = options;
  const pauses: { order: NonNullable<Verdict['pause']>; tokenRef: string }[] = [];
  const putBack = await inTransaction(db, async (tx) => {
    const again: PutBack[] = [];
    const told: FailedRow[] = [];
    for (const row of await lockFailures(tx, line)) {
      const verdict = verdictOn(row, options);
      if (verdict?.pause !== undefined) pauses.push({ order: verdict.pause, tokenRef: row.token_ref });
      if (verdict?.routeFailed) await markRoute(tx, line, row);
      if (verdict?.state === 'queued' && row.error_code !== null) {
        await tryAgain(tx, line, row, verdict);
        again.push({ id: row.id, metaCode: row.error_code });
      } else told.push(row);
    }
    await markTold(tx, line, told);
    for (const row of told) {
      const alert = row.carries === 0 || row.state === 'failed' ? alertFor(failureOf(line, row)) : null;
      if (alert !== null) await raiseAlert(tx, alert);
    }
    return again;
  });
  for (const { order, tokenRef } of pauses) await pause(db, { ...line, tokenRef }, order);
  return putBack;
}

async function lockFailures(tx: Tx, line: Line): Promise<FailedRow[]> {
  return tx.$queryRaw<FailedRow[]>`
    select m.id, m.person_key, m.state, m.error_class, m.error_code, m.error_detail, m.wamid,
           cardinality(m.past_wamids) as past, m.attempts, m.remedies, m.route, m.to_phone, m.to_bsuid, m.carries, m.reply,
           (select token_ref from line where wholesaler_id = ${line.wholesalerId} and id = ${line.lineId}::uuid) as token_ref
      from outbox_message m
     where m.wholesaler_id = ${line.wholesalerId} and m.line_id = ${line.lineId}::uuid
       and m.state in ('failed', 'dropped') and m.told_at is null
       -- Those that another carries go where that one goes.
       and (m.carried_by is null or not exists (
             select from outbox_message c
              where c.wholesaler_id = m.wholesaler_id and c.id = m.carried_by and c.told_at is null))
     order by m.id limit ${AT_ONCE_MAX} for no key update of m skip locked`;
}

/** What would have become of it, had Meta refused it at once; undefined for what Meta never accepted. */
function verdictOn(row: FailedRow, { classify, retry, random }: AftermathOptions): Verdict | undefined {
  if (row.wamid === null || row.error_code === null || row.past >= FAILED_TRIES_MAX) return undefined;
  const attempt: Attempt = {
    tries: row.attempts,
    lastTrouble: undefined,
    remedies: row.remedies,
    template: row.reply.kind === 'template' || row.remedies.includes('template'),
    otherRoute: row.to_phone !== null && row.to_bsuid !== null,
    merged: row.carries > 0,
  };
  const detail = row.error_detail ?? `status failed with ${row.error_code}`;
  const refusal = {
    kind: 'refused',
    class: classify(row.error_code),
    httpStatus: 0,
    metaCode: row.error_code,
    retryAfterMs: undefined,
    detail,
  } as const;
  const verdict = judgeOutcome(refusal, attempt, retry, random());
  // A refused template of a limited line waits for the end of the limit uncounted; here each try was counted.
  return { ...verdict, tries: row.attempts };
}

async function tryAgain(tx: Tx, line: Line, row: FailedRow, verdict: Verdict): Promise<void> {
  await tx.$executeRaw`
    update outbox_message
       set state = 'queued', past_wamids = past_wamids || wamid, wamid = null, settled_at = null, resent_at = null,
           not_before = app_clock() + ${verdict.delayMs}::float8 * interval '1 millisecond',
           error_class = ${verdict.trouble ?? null},
           remedies = case when ${verdict.remedy ?? null}::text is null then remedies
                           else remedies || ${verdict.remedy ?? null}::text end
     where wholesaler_id = ${line.wholesalerId} and id = ${row.id}::uuid`;
}

async function markRoute(tx: Tx, line: Line, row: FailedRow): Promise<void> {
  if (row.route === null) return;
  await tx.$executeRaw`
    insert into unreachable_route (wholesaler_id, line_id, person_key, route, marked_at, metacode)
    values (${line.wholesalerId}, ${line.lineId}::uuid, ${row.person_key}, ${row.route}, app_clock(), ${row.error_code})
    on conflict (wholesaler_id, line_id, person_key, route)
    do update set marked_at = excluded.marked_at, metacode = excluded.metacode`;
}

/** Together with what they carried. */
async function markTold(tx: Tx, line: Line, rows: FailedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  await tx.$executeRaw`
    update outbox_message set told_at = app_clock()
     where wholesaler_id = ${line.wholesalerId} and state in ('failed', 'dropped')
       and (id = any (${ids}::uuid[]) or carried_by = any (${ids}::uuid[]))`;
}

function failureOf(line: Line, row: FailedRow): Failure {
  return {
    ...line,
    personKey: row.person_key,
    outboxId: row.id,
    state: row.state,
    errorClass: row.error_class,
    errorCode: row.error_code,
    reply: row.reply,
    byTemplate: row.remedies.includes('template'),
  };
}

/**
 * Says that nothing is known of uncertain replies because Meta reports nothing at all, and takes it back when reports
 * return or nothing is uncertain any more. Without reports a reply is held for up to a day, so somebody should look.
 */
export async function watchSilence(db: Database, line: Line, evidenceWaitMs: number): Promise<boolean> {
  const [row] = await db.prisma.$queryRaw<{ held: number; silent: boolean }[]>`
    with clock as materialized (
      select app_clock() as at, ${2 * evidenceWaitMs}::float8 * interval '1 millisecond' as patience
    ),
    held as materialized (
      select count(*)::int as count, min(attempted_at) as since from outbox_message
       where wholesaler_id = ${line.wholesalerId} and line_id = ${line.lineId}::uuid
         and state = 'uncertain' and carried_by is null
    )
    select h.count as held,
           h.count > 0 and h.since < k.at - k.patience
             and not exists (select from delivery_status d
                              where d.wholesaler_id = ${line.wholesalerId} and d.line_id = ${line.lineId}::uuid
                                and d.received_at > k.at - k.patience) as silent
      from held h cross join clock k`;
  const id = { wholesalerId: line.wholesalerId, kind: 'statuses_silent', key: line.lineId } as const;
  return inTransaction(db, async (tx) => {
    if (row?.silent) return raiseAlert(tx, { ...id, lineId: line.lineId, subject: { heldReplies: row.held } });
    await closeAlert(tx, id, 'statuses came, or no reply is uncertain any more');
    return false;
  });
}
