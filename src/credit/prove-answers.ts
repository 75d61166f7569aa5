import type { Tx } from '../db/index.ts';
import { ServiceError } from '../shared/errors.ts';
import type { AccountKey } from './types.ts';

/** What a caller was told about a key, and when. Times of all callers by one clock, in milliseconds. */
export type HeardAnswer = AccountKey & {
  key: string;
  /** Acknowledged: the entry is in the ledger. Refused: it is not, and the key was not tried again later. */
  outcome: 'acknowledged' | 'refused';
  /** The entry named in the answer, and its amount, where the caller kept them. */
  ledgerEntryId?: string;
  amountMinor?: bigint;
  /** True when the answer repeated an earlier one: its entry may then be older than the call. */
  replayed?: boolean;
  sentAtMs: number;
  answeredAtMs: number;
};

export type AnswersProof = {
  ok: boolean;
  acknowledged: number;
  refused: number;
  firstBad: (AccountKey & { key: string; check: AnswerCheck }) | null;
};

export type AnswerCheck =
  | 'every acknowledged key exists exactly once'
  | 'a refused key does not exist'
  | 'the entry is the one that was answered'
  | 'what was acknowledged before another was sent comes before it';

const ANSWERS_PER_STEP = 1_000;
/** No call lasts longer: what was answered before that is remembered as one number per account. */
const CALL_MS_MAX = 60_000;

/**
 * Checks what callers were told against the ledger: an acknowledged key is there exactly once, on its account, with its
 * entry and amount; a refused one is not; and of one account, what was acknowledged before another call was sent has the
 * lower number. For tests, benches and fault runs.
 *
 * Takes the answers in the order in which they came, from a file or a running load as well as from an array, and keeps
 * only those of the last minute. Answers that are unknown are the caller's to settle first, by replaying the key. Throws
 * when an answer is out of order or took longer than a minute, since its place could then not be judged.
 */
export async function proveAnswers(
  db: { prisma: Tx },
  answers: AsyncIterable<HeardAnswer> | Iterable<HeardAnswer>,
): Promise<AnswersProof> {
  const proof: AnswersProof = { ok: true, acknowledged: 0, refused: 0, firstBad: null };
  const order = createOrder();
  let step: HeardAnswer[] = [];
  let lastMs = Number.NEGATIVE_INFINITY;

  async function judgeStep(): Promise<void> {
    const entries = await readEntries(db.prisma, step);
    step.forEach((answer, index) => {
      const check = judge(answer, entries.get(index + 1) ?? [], order);
      proof[answer.outcome] += 1;
      if (check === null || proof.firstBad !== null) return;
      const { wholesalerId, retailerId, key } = answer;
      proof.firstBad = { wholesalerId, retailerId, key, check };
    });
    step = [];
  }

  for await (const answer of answers) {
    refuseUnjudgeable(answer, lastMs);
    lastMs = answer.answeredAtMs;
    step.push(answer);
    if (step.length === ANSWERS_PER_STEP) await judgeStep();
  }
  if (step.length > 0) await judgeStep();
  return { ...proof, ok: proof.firstBad === null };
}

function refuseUnjudgeable({ key, sentAtMs, answeredAtMs }: HeardAnswer, lastMs: number): void {
  if (answeredAtMs >= lastMs && answeredAtMs >= sentAtMs && answeredAtMs - sentAtMs <= CALL_MS_MAX) return;
  throw new ServiceError({
    code: 'answers_out_of_order',
    message: `the answer for ${key} came before the one ahead of it, before its call, or after more than a minute`,
    hint: 'Give the answers in the order in which they came, with times of one clock.',
  });
}

type EntryRow = { ordinal: number; retailerId: string; id: string; seq: bigint; amountMinor: bigint };

async function readEntries(db: Tx, answers: readonly HeardAnswer[]): Promise<Map<number, EntryRow[]>> {
  const wholesalerIds = answers.map(({ wholesalerId }) => wholesalerId);
  const keys = answers.map(({ key }) => key);
  const rows = await db.$queryRaw<EntryRow[]>`
    select q.ordinal::integer as ordinal, e.retailer_id as "retailerId", e.id, e.seq,
           greatest(abs(e.held_delta), abs(e.owed_delta), abs(e.unapplied_delta - e.owed_delta)) as "amountMinor"
    from unnest(${wholesalerIds}::text[], ${keys}::text[]) with ordinality as q (w, key, ordinal)
    cross join lateral (
      select * from ledger_entry l where l.wholesaler_id = q.w and l.key = q.key offset 0) as e`;
  const found = new Map<number, EntryRow[]>();
  for (const row of rows) found.set(row.ordinal, [...(found.get(row.ordinal) ?? []), row]);
  return found;
}

function judge(answer: HeardAnswer, entries: readonly EntryRow[], order: Order): AnswerCheck | null {
  if (answer.outcome === 'refused') return entries.length === 0 ? null : 'a refused key does not exist';
  const [entry] = entries;
  if (entry === undefined || entries.length > 1) return 'every acknowledged key exists exactly once';
  const isThatOne =
    entry.retailerId === answer.retailerId &&
    (answer.ledgerEntryId ?? entry.id) === entry.id &&
    (answer.amountMinor ?? entry.amountMinor) === entry.amountMinor;
  if (!isThatOne) return 'the entry is the one that was answered';
  return answer.replayed === true || order.follows(answer, entry.seq)
    ? null
    : 'what was acknowledged before another was sent comes before it';
}

type Order = { follows(answer: HeardAnswer, seq: bigint): boolean };

/** The answers of one account so far: the highest number answered by each time, as far back as a call can have begun. */
type Past = { answeredAtMs: number; highestSeq: bigint }[];

const FORGET_EVERY = 4_096;

/** What no call can have begun before. The first one that is left stands for all that went. */
function forget(past: Past, beforeMs: number): void {
  const needed = past.findLastIndex((one) => one.answeredAtMs < beforeMs);
  if (needed > 0) past.splice(0, needed);
}

function createOrder(): Order {
  const pasts = new Map<string, Past>();
  return {
    follows({ wholesalerId, retailerId, sentAtMs, answeredAtMs }, seq) {
      const account = JSON.stringify([wholesalerId, retailerId]);
      const past = pasts.get(account) ?? [];
      pasts.set(account, past);
      const before = past.findLast((one) => one.answeredAtMs < sentAtMs);
      const highest = past.at(-1)?.highestSeq ?? 0n;
      past.push({ answeredAtMs, highestSeq: seq > highest ? seq : highest });
      if (past.length % FORGET_EVERY === 0) forget(past, answeredAtMs - CALL_MS_MAX);
      return before === undefined || seq > before.highestSeq;
    },
  };
}
