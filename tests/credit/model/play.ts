/** Plays moves against the real credit core and the model side by side, and stops at the first difference. */

import { pino } from 'pino';
import { type Credit, createCredit, verifyLedger } from '../../../src/credit/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import fc from '../../support/properties.ts';
import { type Entry, entry, openAccount, openBook, write } from './book.ts';
import { ZONE } from './calendar.ts';
import { carryOut, decide, lapseDue } from './decide.ts';
import { anyMove, type Game, type Move, requestOf, waitOf } from './moves.ts';
import { accountRow, differences, linesOf, mustEqual, readAccounts, readEntries, readLines, shown } from './real.ts';
import { type Answer, type Request, send, sweep } from './requests.ts';

export type Counts = {
  runs: number;
  moves: number;
  calls: number;
  again: number;
  refused: number;
  /** How often each call ended in each way: `hold`, `hold again`, `hold INSUFFICIENT_CREDIT` ... */
  endings: Map<string, number>;
};

export const noCounts = (): Counts => ({ runs: 0, moves: 0, calls: 0, again: 0, refused: 0, endings: new Map() });

export type Table = TestDatabase & {
  credit: Credit;
  counts: Counts;
  /** What the database itself said to calls that broke. */
  troubles: string[];
};

/** A database of its own with the credit core on it, where the time is the test's. */
export async function openTable(counts = noCounts()): Promise<Table> {
  const database = await createTestDatabase();
  await ownClock(database.ownerSql);
  const troubles: string[] = [];
  const credit = createCredit({ databaseUrl: database.url, maxConnections: 2, log: tellsTo(troubles) });
  return {
    ...{ ...database, credit, counts, troubles },
    async drop() {
      await credit.close();
      await database.drop();
    },
  };
}

/** A log that only collects. */
export const tellsTo = (lines: string[]) => pino({ level: 'error' }, { write: (line) => void lines.push(line) });

const LIMIT = 1_000n;
const START = Date.UTC(2030, 0, 1);

/** Puts time under the test's control; it stands still except when a move lets it pass. */
async function ownClock(ownerSql: Table['ownerSql']): Promise<void> {
  await ownerSql('create table test_clock (now timestamptz not null)');
  await ownerSql('insert into test_clock values (to_timestamp(0))');
  await ownerSql('grant select, update on test_clock to orderlock_app');
  await ownerSql(
    `create or replace function app_clock() returns timestamptz language sql volatile parallel safe
     as 'select now from public.test_clock'`,
  );
}

const setClock = ({ db }: Table, ms: number): Promise<unknown> =>
  db.prisma.$executeRaw`update test_clock set now = ${new Date(ms)}`;

/** A wholesaler of its own with two shops, always on the same morning. */
async function newGame(table: Table): Promise<Game> {
  table.counts.runs += 1;
  const wholesalerId = `w${table.counts.runs}`;
  const game: Game = {
    ...{ wholesalerId, shops: ['a', 'b'], book: openBook(), sent: [], recorded: [] },
    now: START,
  };
  await setClock(table, game.now);
  await table.ownerSql(
    `with w as (insert into wholesaler (id, name, currency, language, time_zone) values ($1, 'Model', 'INR', 'en', $2))
     insert into retailer (wholesaler_id, id, name) select $1, id, id from unnest($3::text[]) as id`,
    [wholesalerId, ZONE.name, game.shops],
  );
  for (const retailerId of game.shops) {
    const terms = { limitMinor: LIMIT, overCaptureBasisPoints: 1_000, graceDays: 1 };
    await table.credit.openAccount({ wholesalerId, retailerId, ...terms });
    const account = openAccount(game.book, retailerId, { overCaptureBp: 1_000, graceDays: 1 });
    write(game.book, account, entry('LIMIT_CHANGE', { limit: LIMIT }));
  }
  return game;
}

/** Makes one move on both sides and compares the answer, the new entries and the accounts. */
async function makeMove(table: Table, game: Game, move: Move): Promise<void> {
  table.counts.moves += 1;
  const before = new Map([...game.book.accounts.values()].map(({ retailerId, seq }) => [retailerId, seq]));
  const request = requestOf(game, move);
  let expected: [retailerId: string, Entry][];
  if (request === null) {
    const ms = waitOf(game, move);
    game.now += ms;
    if (ms > 0) await setClock(table, game.now);
    if (move.move !== 'sweep') return;
    await sweep(table.db);
    expected = lapseDue(game.book, game.now);
  } else {
    table.counts.calls += 1;
    if (move.move === 'again') table.counts.again += 1;
    else game.sent.push(request);
    const answer: Answer = await send(table.credit, request);
    count(table.counts, request, answer);
    const id = answer.success ? (answer.ledgerEntryId ?? 'no id') : 'no id';
    const outcome = decide(game.book, request, { now: game.now, id });
    if (outcome.isRecorded === true && 'key' in request) game.recorded.push(`${request.key} ${outcome.refused?.code}`);
    const right = carryOut(game.book, outcome);
    mustEqual(`the answer to ${shown(request)}`, answer, right);
    expected = outcome.entries.map((written) => [outcome.retailerId ?? '', written]);
  }
  await compare(table, game, before, expected);
}

function count(counts: Counts, request: Request, answer: Answer): void {
  if (!answer.success) counts.refused += 1;
  const how = answer.success ? (answer.replayed ? ' again' : '') : ` ${answer.code}`;
  const ending = `${request.do}${how}`;
  counts.endings.set(ending, (counts.endings.get(ending) ?? 0) + 1);
}

async function compare(
  { db }: Table,
  { wholesalerId, book }: Game,
  before: Map<string, number>,
  expected: [string, Entry][],
): Promise<void> {
  const [rows, entries] = await Promise.all([
    readAccounts(db, wholesalerId),
    readEntries(db, wholesalerId, [...before.keys()], [...before.values()]),
  ]);
  for (const account of book.accounts.values()) {
    const { retailerId } = account;
    mustEqual(`the account ${retailerId}`, rows.get(retailerId), accountRow(account));
    const real = entries.filter((one) => one.retailerId === retailerId);
    const model = expected.flatMap(([owner, written]) => (owner === retailerId ? [written] : []));
    mustEqual(
      `the new entries of ${retailerId}`,
      real.map(({ kind }) => kind),
      model.map(({ kind }) => kind),
    );
    for (const [n, one] of real.entries()) {
      const wrong = differences(one, model[n] as Entry);
      if (wrong.length > 0) throw new Error(`entry ${one.seq} of ${retailerId}, ${one.kind}: ${wrong.join(', ')}`);
      const known = book.keys.get(one.key ?? '');
      if (known !== undefined) known.entryId = one.id;
    }
  }
}

/** What has to be true when a run is over. */
async function settleUp(table: Table, { wholesalerId, book, recorded }: Game, proves: boolean): Promise<void> {
  mustEqual('holds, debts, payments and grants', await readLines(table.db, wholesalerId), linesOf(book));
  const decisions = await table.db.prisma.$queryRaw<{ line: string }[]>`
    select key || ' ' || code as line from credit_decision where wholesaler_id = ${wholesalerId}`;
  mustEqual('the refusals on record', decisions.map(({ line }) => line).sort(), recorded.sort());
  if (!proves) return;
  const proof = await verifyLedger(table.db);
  if (!proof.ok) throw new Error(`an invariant is broken: ${shown(proof.firstBad)}`);
}

class Step implements fc.AsyncCommand<Game, Table> {
  readonly #move: Move;
  constructor(move: Move) {
    this.#move = move;
  }
  check(game: Readonly<Game>): boolean {
    return ['wait', 'wait for expiry', 'sweep'].includes(this.#move.move) || requestOf(game, this.#move) !== null;
  }
  run(game: Game, table: Table): Promise<void> {
    return makeMove(table, game, this.#move);
  }
  toString(): string {
    return shown(this.#move);
  }
}

export type PlayOptions = {
  seed: number;
  runs: number;
  movesMax: number;
  /** Of a failing game, as fast-check printed them. */
  path?: string;
  replayPath?: string;
  /** False: the first failing game is good enough. */
  shrinks?: boolean;
  /** False: the ledger is not proven after each game. */
  proves?: boolean;
  /** Only moves of these kinds. */
  only?: readonly Move['move'][];
};

/** Plays random games; rejects with the shortest failing one that it finds, its seed and its path. */
export async function play(table: Table, options: PlayOptions): Promise<void> {
  const { seed, runs, movesMax, path, replayPath, shrinks = true, proves = true, only } = options;
  const games = fc.commands([anyMove(only).map((move) => new Step(move))], {
    maxCommands: movesMax,
    size: 'max',
    ...(replayPath === undefined ? {} : { replayPath }),
  });
  await fc.assert(
    fc.asyncProperty(games, async (steps) => {
      const game = await newGame(table);
      await fc.asyncModelRun(() => ({ model: game, real: table }), steps);
      await settleUp(table, game, proves);
    }),
    { seed, numRuns: runs, endOnFailure: !shrinks, ...(path === undefined ? {} : { path }) },
  );
}
