// Finding and claiming what is to be sent. A claim is one statement, so it is committed before any request leaves.
import type { Database } from '../db/index.ts';
import { assert } from '../shared/assert.ts';
import { claimStatement } from './claim-statement.ts';
import { mergeReplies } from './merge-replies.ts';
import type { OutgoingMessage, Reply } from './types.ts';

/** A line that has due messages and is not paused. */
export type DueLine = { wholesalerId: string; lineId: string; phoneNumberId: string; tokenRef: string };

/** A message that this process may send, once, before its lease ends. */
export type Claimed = {
  message: OutgoingMessage;
  /** When the attempt began, exactly as the database has it: what we report about it names the attempt by this. */
  attempt: string;
  /** Tries including this one. */
  tries: number;
  lastTrouble: string | undefined;
  remedies: string[];
  /** The identity that it goes to, and whether the person has the other one too. */
  route: 'phone' | 'bsuid';
  otherRoute: boolean;
  /** It carries several replies. */
  merged: boolean;
  wholesalerId: string;
  lineId: string;
  tokenRef: string;
  personKey: string;
};

export type Claim = {
  claimed: Claimed[];
  /** Messages dropped instead of sent: their window has closed, they came too late, or their line is retired. */
  dropped: { id: string; because: string }[];
  /** Messages that leave when the line's limit ends. */
  waiting: number;
  /** Messages found to be not their person's next; they are looked at again when they are. */
  aside: number;
  /** How many the line's pace allowed. */
  allowed: number;
  paused: boolean;
  /** The line was stopped and this claim tries whether it works again. */
  probing: boolean;
};

export type Pacing = {
  perLineRatePerSecond: number;
  /** How much of its rate a quiet line saves up. */
  lineBurstMs: number;
  /** Messages to one person at once, and how long each further one waits. */
  pairBurst: number;
  pairIntervalMs: number;
  /** How long an uncertain message holds up the person's later ones. */
  uncertainBlocksMs: number;
  /** Replies of which the first waited this long are merged into one message. */
  mergeAfterMs: number;
};

/**
 * Lines with due messages that are not paused: of all wholesalers, or of those named. One index look-up per line. A
 * line may come back although every due message waits behind another that is not due; its claim is then empty.
 */
export async function findDueLines(db: Database, wholesalerIds: string[] | undefined): Promise<DueLine[]> {
  const rows = await db.prisma.$queryRaw<
    { wholesaler_id: string; id: string; phone_number_id: string; token_ref: string }[]
  >`
    with clock as materialized (select app_clock() as at)
    select l.wholesaler_id, l.id, l.phone_number_id, l.token_ref
      from line l
     where (${wholesalerIds === undefined} or l.wholesaler_id = any (${wholesalerIds ?? []}::text[]))
       and not exists (select from line_pause p
                        where p.wholesaler_id = l.wholesaler_id and p.line_id = l.id
                          and p.until > (select at from clock))
       and not exists (select from app_pause a where a.token_ref = l.token_ref and a.until > (select at from clock))
       and exists (select from outbox_message m
                    where m.wholesaler_id = l.wholesaler_id and m.line_id = l.id and m.state = 'queued'
                      and greatest(m.not_before, m.aside_until) <= (select at from clock))`;
  return rows.map((row) => ({
    wholesalerId: row.wholesaler_id,
    lineId: row.id,
    phoneNumberId: row.phone_number_id,
    tokenRef: row.token_ref,
  }));
}

/** Makes the row that claims on a line take turns by; needed once per line, harmless when repeated. */
export async function openPace(db: Database, line: DueLine): Promise<void> {
  await db.prisma.$executeRaw`
    insert into line_pace (wholesaler_id, line_id, busy_until)
    values (${line.wholesalerId}, ${line.lineId}::uuid, app_clock()) on conflict do nothing`;
}

type ClaimRow = {
  aside: number;
  allowed: number;
  paused: boolean;
  probing: boolean;
  id: string | null;
  state: string;
  attempt: string;
  tries: number;
  error_class: string | null;
  person_key: string;
  remedies: string[];
  route: 'phone' | 'bsuid';
  by_template: boolean;
  followers: Reply[] | null;
  reply: Reply;
  to_phone: string | null;
  to_bsuid: string | null;
};

/** Claims up to `max` heads of queues of one line; claim-statement.ts says how. */
export async function claimHeads(
  db: Database,
  line: DueLine,
  options: { max: number; leaseMs: number; pacing: Pacing },
): Promise<Claim> {
  return toClaim(line, await claimStatement<ClaimRow>(db.prisma, line, options));
}

function toClaim(line: DueLine, rows: ClaimRow[]): Claim {
  const [first] = rows;
  assert(first !== undefined, 'a claim always says what the pace allowed');
  const claim: Claim = {
    claimed: [],
    dropped: [],
    waiting: 0,
    aside: first.aside,
    allowed: first.allowed,
    paused: first.paused,
    probing: first.probing,
  };
  for (const row of rows) {
    if (row.id === null) continue;
    if (row.state === 'sending') claim.claimed.push(toClaimed(line, row.id, row));
    else if (row.state === 'queued') claim.waiting += 1;
    else claim.dropped.push({ id: row.id, because: row.error_class ?? '' });
  }
  return claim;
}

function toClaimed(line: DueLine, id: string, row: ClaimRow): Claimed {
  const { reply, followers, route, remedies, to_phone: phone, to_bsuid: bsuid } = row;
  return {
    message: {
      wholesalerId: line.wholesalerId,
      outboxId: id,
      phoneNumberId: line.phoneNumberId,
      tokenRef: line.tokenRef,
      // Meta prefers the phone where both are named, so the other way is to name the other alone.
      recipient: { phone: route === 'phone' ? (phone ?? undefined) : undefined, bsuid: bsuid ?? undefined },
      reply:
        row.by_template && reply.outsideWindow !== undefined ? reply.outsideWindow : mergeReplies(reply, followers),
      freshUpload: remedies.includes('upload') ? true : undefined,
    },
    attempt: row.attempt,
    tries: row.tries,
    lastTrouble: row.error_class ?? undefined,
    remedies,
    route,
    otherRoute: phone !== null && bsuid !== null,
    merged: followers !== null,
    wholesalerId: line.wholesalerId,
    lineId: line.lineId,
    tokenRef: line.tokenRef,
    personKey: row.person_key,
  };
}
