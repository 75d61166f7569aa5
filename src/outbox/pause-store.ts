// Rests that Meta asks for or that its refusals need, shared by all processes: of a line, of every line that sends with
// one token, and of what a line begins itself.
import { closeAlert, raiseAlert } from '../alerts/index.ts';
import { type Database, inTransaction, type Tx } from '../db/index.ts';
import { assertNever } from '../shared/assert.ts';
import type { PauseOrder } from './judge-outcome.ts';

export type PausedLine = { wholesalerId: string; lineId: string; tokenRef: string };
type Rest = { ms: number; tries: number };

/**
 * Pauses what the order names and returns for how long, or null when it rests already: the many messages that were under
 * way when the first was refused must not double the rest many times. Raises the alert of a line that needs somebody in
 * the same transaction. Waits for nobody but another pause of the same.
 */
export async function pause(db: Database, line: PausedLine, order: PauseOrder): Promise<Rest | null> {
  switch (order.reason) {
    case 'line_rate':
      return pauseOneLine(db.prisma, line, order);
    case 'app_rate':
      return pauseApp(db.prisma, line.tokenRef, order);
    case 'line_stopped':
    case 'line_limited': {
      const kind = order.reason;
      return inTransaction(db, async (tx) => {
        const rest = await (kind === 'line_stopped' ? pauseOneLine(tx, line, order) : limitLine(tx, line, order));
        if (rest !== null) await tell(tx, line, kind, order);
        return rest;
      });
    }
    default:
      return assertNever(order.reason);
  }
}

async function tell(tx: Tx, line: PausedLine, kind: 'line_stopped' | 'line_limited', order: PauseOrder): Promise<void> {
  const { wholesalerId, lineId } = line;
  await raiseAlert(tx, { wholesalerId, lineId, kind, key: lineId, subject: { metaCode: order.metaCode ?? null } });
}

async function pauseOneLine(tx: Pick<Tx, '$queryRaw'>, line: PausedLine, order: PauseOrder): Promise<Rest | null> {
  const { baseMs, maxMs, retryAfterMs, reason } = order;
  const [row] = await tx.$queryRaw<{ ms: number; tries: number }[]>`
    with clock as materialized (select app_clock() as at)
    insert into line_pause as p (wholesaler_id, line_id, until, reason, metacode, tries)
    select ${line.wholesalerId}, ${line.lineId}::uuid,
           c.at + greatest(${baseMs}::float8, ${retryAfterMs}::float8) * interval '1 millisecond',
           ${reason}, ${order.metaCode ?? null}::int, 1
      from clock c
    on conflict (wholesaler_id, line_id) do update
       set tries = case when p.reason = excluded.reason and (p.reason = 'line_stopped'
                             or p.until > (select at from clock) - interval '1 minute') then p.tries + 1 else 1 end,
           until = (select at from clock) + interval '1 millisecond' * greatest(${retryAfterMs}::float8, least(
                     ${maxMs}::float8,
                     ${baseMs}::float8 * power(2, least(20,
                       case when p.reason = excluded.reason and (p.reason = 'line_stopped'
                             or p.until > (select at from clock) - interval '1 minute') then p.tries else 0 end)))),
           reason = excluded.reason,
           metacode = excluded.metacode
     -- A stop outweighs a rate limit, and never the other way round.
     where p.until <= (select at from clock) and (p.reason = excluded.reason or p.reason <> 'line_stopped')
        or p.reason <> 'line_stopped' and excluded.reason = 'line_stopped'
    returning (extract(epoch from p.until - (select at from clock)) * 1000)::float8 as ms, p.tries`;
  return row ?? null;
}

/** As `pauseOneLine`, for all lines that send with the same token. */
async function pauseApp(tx: Pick<Tx, '$queryRaw'>, tokenRef: string, order: PauseOrder): Promise<Rest | null> {
  const { baseMs, maxMs, retryAfterMs } = order;
  const [row] = await tx.$queryRaw<Rest[]>`
    with clock as materialized (select app_clock() as at)
    insert into app_pause as p (token_ref, until, metacode, tries)
    select ${tokenRef}, c.at + greatest(${baseMs}::float8, ${retryAfterMs}::float8) * interval '1 millisecond',
           ${order.metaCode ?? null}::int, 1
      from clock c
    on conflict (token_ref) do update
       set tries = case when p.until > (select at from clock) - interval '10 minutes' then p.tries + 1 else 1 end,
           until = (select at from clock) + interval '1 millisecond' * greatest(${retryAfterMs}::float8, least(
                     ${maxMs}::float8, ${baseMs}::float8 * power(2, least(20,
                       case when p.until > (select at from clock) - interval '10 minutes' then p.tries else 0 end)))),
           metacode = excluded.metacode
     where p.until <= (select at from clock)
    returning (extract(epoch from p.until - (select at from clock)) * 1000)::float8 as ms, p.tries`;
  return row ?? null;
}

/** As `pauseOneLine`, for what the line begins itself. The row stays until one such message was accepted. */
async function limitLine(tx: Tx, line: PausedLine, order: PauseOrder): Promise<Rest | null> {
  const { baseMs, maxMs, retryAfterMs } = order;
  const [row] = await tx.$queryRaw<Rest[]>`
    with clock as materialized (select app_clock() as at)
    insert into line_limit as p (wholesaler_id, line_id, until, metacode, tries)
    select ${line.wholesalerId}, ${line.lineId}::uuid,
           c.at + greatest(${baseMs}::float8, ${retryAfterMs}::float8) * interval '1 millisecond',
           ${order.metaCode ?? null}::int, 1
      from clock c
    on conflict (wholesaler_id, line_id) do update
       set tries = p.tries + 1,
           until = (select at from clock) + interval '1 millisecond' * greatest(${retryAfterMs}::float8, least(
                     ${maxMs}::float8, ${baseMs}::float8 * power(2, least(20, p.tries)))),
           metacode = excluded.metacode
     where p.until <= (select at from clock)
    returning (extract(epoch from p.until - (select at from clock)) * 1000)::float8 as ms, p.tries`;
  return row ?? null;
}

/** Forgets that a line was stopped, once a message has shown that it works, and closes its alert; true when it was news. */
export function resumeLine(db: Database, line: Pick<PausedLine, 'wholesalerId' | 'lineId'>): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const count = await tx.$executeRaw`
      delete from line_pause
       where wholesaler_id = ${line.wholesalerId} and line_id = ${line.lineId}::uuid
         and reason = 'line_stopped' and until <= app_clock()`;
    if (count > 0) await closeLineAlert(tx, line, 'line_stopped');
    return count > 0;
  });
}

/** Forgets the limit of lines on which Meta took a template again, and closes their alerts; true when it was news. */
export function liftLimit(db: Database, line: Pick<PausedLine, 'wholesalerId' | 'lineId'>): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const count = await tx.$executeRaw`
      delete from line_limit
       where wholesaler_id = ${line.wholesalerId} and line_id = ${line.lineId}::uuid and until <= app_clock()`;
    if (count > 0) await closeLineAlert(tx, line, 'line_limited');
    return count > 0;
  });
}

async function closeLineAlert(
  tx: Tx,
  line: Pick<PausedLine, 'wholesalerId' | 'lineId'>,
  kind: 'line_stopped' | 'line_limited',
): Promise<void> {
  await closeAlert(tx, { wholesalerId: line.wholesalerId, kind, key: line.lineId }, 'a message was accepted');
}
