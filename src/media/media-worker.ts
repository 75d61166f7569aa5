import { closeAlert, raiseAlert } from '../alerts/index.ts';
import { type Database, inTransaction } from '../db/index.ts';
import { assertNever } from '../shared/assert.ts';
import type { Logger } from '../shared/logger.ts';
import { createRepeater } from '../shared/repeater.ts';
import {
  type ClaimedMedia,
  claimMedia,
  FAILURES_PER_HOUR_MAX,
  giveUpMedia,
  keepMedia,
  keepTranscript,
  removeOldMedia,
  restMedia,
} from './media-store.ts';
import type { MediaOutcome, MediaSource, Transcriber } from './types.ts';

export type MediaWorkerOptions = {
  db: Database;
  logger: Logger;
  source: MediaSource;
  /** How long staff can look at a file. */
  keepDays: number;
  transcriber?: Transcriber | undefined;
  /** Longer than a download and a transcription may take together. */
  leaseMs?: number;
  pollMs?: number;
};

export type MediaWorker = {
  start(): void;
  /** Fetches what is due, one after another, and returns how many files that were. */
  work(): Promise<number>;
  stop(): Promise<void>;
};

const FILES_PER_ROUND_MAX = 100;
const REMOVE_EVERY_MS = 60_000;
const TRANSCRIBE_MS_MAX = 60_000;
const TRANSCRIPT_MAX = 4_096;
/** A file of 16 MB takes its time on the way into the row. */
const LIMITS = { maxWaitMs: 5_000, timeoutMs: 30_000 };

/**
 * Fetches files of known shops after their messages were answered: staff look at them minutes later, and nobody's answer
 * waits for them. One at a time per process, so that 16 MB are held in memory once.
 */
export function createMediaWorker(options: MediaWorkerOptions): MediaWorker {
  const { db, logger, source, keepDays, transcriber, leaseMs = 180_000, pollMs = 2_000 } = options;
  let removedAt = Number.NEGATIVE_INFINITY;
  const stopping = new AbortController();
  const rounds = createRepeater({
    everyMs: pollMs,
    onFailure: (error) => logger.warn({ err: error }, 'media rest after trouble'),
    async round() {
      await work();
      await removeOld();
    },
  });

  async function work(): Promise<number> {
    let files = 0;
    while (files < FILES_PER_ROUND_MAX && !stopping.signal.aborted) {
      const media = await claimMedia(db.prisma, leaseMs);
      if (media === null) break;
      files += 1;
      const { mediaId, phoneNumberId, tokenRef, sha256 } = media;
      await settle(media, await source.fetch({ mediaId, phoneNumberId, tokenRef, sha256: sha256 ?? undefined }));
    }
    return files;
  }

  async function settle(media: ClaimedMedia, outcome: MediaOutcome): Promise<void> {
    const { eventId, wholesalerId, lineId, kind } = media;
    const alert = { wholesalerId, lineId, kind: 'media_stopped' as const, key: lineId };
    switch (outcome.kind) {
      case 'fetched':
        await inTransaction(
          db,
          async (tx) => {
            await keepMedia(tx, media, outcome);
            await closeAlert(tx, alert, 'a file could be fetched');
          },
          LIMITS,
        );
        logger.info({ eventId, wholesalerId, kind, bytes: outcome.bytes.length }, 'media fetched');
        if (kind === 'voice' && transcriber !== undefined) await transcribe(media, outcome, transcriber);
        return;
      case 'refused':
      case 'gone':
        await giveUpMedia(db.prisma, media, outcome.kind === 'gone' ? 'lost' : 'refused', outcome.detail);
        logger.warn({ eventId, wholesalerId, kind, why: outcome.detail }, `media ${outcome.kind}`);
        return;
      case 'stopped':
      case 'failed':
        await inTransaction(
          db,
          async (tx) => {
            const failures = await restMedia(tx, media, outcome.detail, outcome.kind === 'failed');
            const isBad = outcome.kind === 'stopped' || failures >= FAILURES_PER_HOUR_MAX;
            if (isBad) await raiseAlert(tx, { ...alert, subject: { why: outcome.detail, failures } });
          },
          LIMITS,
        );
        logger.warn({ eventId, wholesalerId, kind, why: outcome.detail }, 'media not fetched, tried again later');
        return;
      default:
        assertNever(outcome);
    }
  }

  // Once and not again: staff can listen to what could not be written down.
  async function transcribe(
    media: ClaimedMedia,
    { bytes, mimeType }: Extract<MediaOutcome, { kind: 'fetched' }>,
    write: Transcriber,
  ): Promise<void> {
    const { eventId, wholesalerId } = media;
    try {
      const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(TRANSCRIBE_MS_MAX)]);
      const said = await abortable(write({ bytes, mimeType }, signal), signal);
      await keepTranscript(db.prisma, media, said.slice(0, TRANSCRIPT_MAX).replaceAll('\u0000', ''));
    } catch (error) {
      logger.warn({ eventId, wholesalerId, err: error }, 'voice note could not be written down');
    }
  }

  async function removeOld(): Promise<void> {
    if (performance.now() - removedAt < REMOVE_EVERY_MS) return;
    removedAt = performance.now();
    const { removed, lost } = await removeOldMedia(db.prisma, keepDays);
    if (removed + lost > 0) logger.info({ removed, lost }, 'old media removed');
  }

  return {
    start: rounds.start,
    work,
    async stop() {
      stopping.abort(new Error('the service stops'));
      await rounds.stop();
    },
  };
}

/** Ends with the signal, also when the other side does not listen to it. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}
