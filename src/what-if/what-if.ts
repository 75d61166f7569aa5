import { type Catalogue, loadCatalogueAt, VERSIONS_KEPT_DAYS } from '../catalogue/index.ts';
import { readKept, type TextsOf } from '../conversation/index.ts';
import type { Database } from '../db/index.ts';
import { type IncomingMessage, wordsOfMessage } from '../inbox/index.ts';
import { messageOf } from '../shared/errors.ts';
import { decideAgain, type Turn } from './decide-again.ts';
import { type Difference, differencesOf } from './differences.ts';
import { type KeptEvent, keptEvents, withReader } from './kept-events.ts';
import type { Wanted } from './range.ts';
import { judgeInScratch } from './scratch-world.ts';

export type WhatIfOptions = {
  db: Database;
  /** For the cursor, which needs a connection of its own. */
  databaseUrl: string;
  wanted: Wanted;
  readMessage: (payload: unknown) => IncomingMessage;
  /** Other texts than ours, to see what they would have said. */
  texts?: TextsOf | undefined;
  /** Told of each event that would go otherwise today, conversation by conversation. */
  onFinding(finding: Finding): void;
  onProgress?(summary: Summary): void;
};

/** An event that would go otherwise today. */
export type Finding = {
  event: KeptEvent;
  said: string;
  differences: Difference[];
  /** Why today's code could not decide at all. */
  failure: string | null;
};

export type Summary = {
  events: number;
  same: number;
  different: number;
  /** Events that kept no decision: texts erased, decided by an older release, or too long ago. */
  skipped: number;
};

/**
 * Decides stored events again, with today's code and all that it knew then, and tells what would be different in replies,
 * orders and ledger. Every event begins from its own prior state, so one difference does not make all that follow differ.
 * Nothing is written, and no row that anybody works with is locked.
 */
export async function whatIf(options: WhatIfOptions): Promise<Summary> {
  const summary: Summary = { events: 0, same: 0, different: 0, skipped: 0 };
  const catalogueAt = createCatalogues(options.db);
  await withReader(options.databaseUrl, async (connection) => {
    for await (const event of keptEvents(connection, options.wanted, VERSIONS_KEPT_DAYS)) {
      summary.events += 1;
      const finding = await findIn(event, options, catalogueAt);
      if (finding === 'skipped') summary.skipped += 1;
      else if (finding === 'same') summary.same += 1;
      else {
        summary.different += 1;
        options.onFinding(finding);
      }
      options.onProgress?.(summary);
    }
  });
  return summary;
}

type CatalogueAt = (wholesalerId: string, version: number) => Promise<Catalogue>;

async function findIn(
  event: KeptEvent,
  { db, readMessage, texts }: WhatIfOptions,
  catalogueAt: CatalogueAt,
): Promise<Finding | 'same' | 'skipped'> {
  let said = `(${event.kind})`;
  try {
    const message = event.kind === 'message' ? readMessage(event.payload) : null;
    if (message !== null) said = wordsOfMessage(message);
    const kept = event.isTooOld ? null : readKept({ ...event, eventId: event.id, message });
    if (kept === null) return 'skipped';
    const catalogue = await catalogueAt(event.wholesalerId, kept.basis.catalogue.version);
    const before: Turn = { replies: event.replies ?? [], effect: kept.effect, answer: kept.answer };
    const after = await decideAgain(kept, catalogue, {
      texts,
      judge: (facts, step) => judgeInScratch(db, { event, kept, facts, step }),
    });
    const differences = differencesOf(before, after, event.currency);
    return differences.length === 0 ? 'same' : { event, said, differences, failure: null };
  } catch (error) {
    // A day is thousands of events: one that today's code breaks on is a finding like any other, and a grave one.
    return { event, said, differences: [], failure: messageOf(error) };
  }
}

/** Conversations come one after the other, each through all versions of the time: a few of them are kept at hand. */
const CATALOGUES_MAX = 8;

function createCatalogues(db: Database): CatalogueAt {
  const kept = new Map<string, Catalogue>();
  return async (wholesalerId, version) => {
    const key = `${version} ${wholesalerId}`;
    const earlier = [...kept].findLast(([known]) => known.endsWith(` ${wholesalerId}`))?.[1];
    const catalogue = kept.get(key) ?? (await loadCatalogueAt(db.prisma, wholesalerId, version, earlier));
    kept.delete(key);
    kept.set(key, catalogue);
    for (const oldest of kept.keys()) {
      if (kept.size <= CATALOGUES_MAX) break;
      kept.delete(oldest);
    }
    return catalogue;
  };
}
