import { titleOf } from './graph-errors.ts';
import { type Line, type Person, type PersonStatus, type StatusName, statusOf } from './payloads.ts';

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
type Planned = { line: Line; status: PersonStatus };

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
