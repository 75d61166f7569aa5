import { titleOf } from './graph-errors.ts';
import { type Line, type Person, type PersonStatus, type StatusName, statusOf } from './payloads.ts';
import { createRandom } from './random.ts';

/** How statuses reach the webhook. `late` keeps them back until `release`. */
export type StatusMode = 'normal' | 'none' | 'late' | 'duplicate' | 'reordered';

export type Progress = {
  line: Line;
  person: Person;
  wamid: string;
  outboxId: string | undefined;
  at: Date;
  /** The message fails with this code instead of arriving. */
  failsWith: number | undefined;
};
export type Planned = { line: Line; status: PersonStatus };

export type StatusFault = Exclude<StatusMode, 'normal'>;
export type StatusFaults = {
  /** From now on the statuses of each message go this way with this probability, by the seed's dice. 0 ends it. */
  rate(fault: StatusFault, probability: number): void;
  /** How long statuses that are late by the dice are kept back. */
  lateMs(ms: number): void;
};

/** The dice of the statuses, one throw per message. */
export function createStatusFaults(
  seed: number,
): StatusFaults & { take(): StatusFault | undefined; readonly late: number } {
  const random = createRandom(seed ^ 0x57a7);
  const rates = new Map<StatusFault, number>();
  let late = 1_000;
  return {
    rate: (fault, probability) => void rates.set(fault, probability),
    lateMs(ms) {
      late = ms;
    },
    get late() {
      return late;
    },
    take() {
      if (rates.size === 0) return undefined;
      let dice = random();
      for (const [fault, probability] of rates) {
        if (dice < probability) return fault;
        dice -= probability;
      }
      return undefined;
    },
  };
}

/** The statuses of an accepted message, in the order in which they are to be posted. */
export function planStatuses(progress: Progress, mode: StatusMode, stages: readonly StatusName[]): Planned[] {
  if (mode === 'none') return [];
  const planned = progress.failsWith === undefined ? stages.map((name) => arrived(progress, name)) : [failed(progress)];
  if (mode === 'reordered') return planned.reverse();
  if (mode === 'duplicate') return planned.flatMap((item) => [item, item]);
  return planned;
}

function arrived({ line, person, wamid, outboxId, at }: Progress, status: StatusName): Planned {
  return { line, status: statusOf({ wamid, status, person, at, outboxId }) };
}

function failed({ line, person, wamid, outboxId, at, failsWith = 131000 }: Progress): Planned {
  const error = { code: failsWith, title: titleOf(failsWith) };
  return { line, status: statusOf({ wamid, status: 'failed', person, at, outboxId, error }) };
}
