import type { z } from 'zod';
import { writeAudit } from '../audit/index.ts';
import { shopWholesalerSchema } from '../catalogue/index.ts';
import type { Tx } from '../db/index.ts';
import { canonical } from '../shared/canonical.ts';
import {
  type SettingName,
  type Settings,
  type StoredSettings,
  settingOf,
  toSettings,
  versionOf,
} from './read-settings.ts';

/** New values by the names of the import file. A policy that is undefined goes back to its default. */
export type SettingsChange = {
  name?: unknown;
  language?: unknown;
  timeZone?: unknown;
  policies?: Partial<Record<string, unknown>>;
};

/** What is wrong with a value: where, as `zod` has it, and why. */
export type SettingsProblem = z.core.$ZodIssue;

export type ChangedSettings =
  /** Names of what differs now; none where everything was so already. */
  | { kind: 'changed'; names: SettingName[] }
  | { kind: 'faulty'; problems: SettingsProblem[] }
  /** Somebody else changed them since `seen`; nothing was changed. */
  | { kind: 'conflict'; now: Settings }
  | { kind: 'not_found' };

/** The values of a wholesaler that staff may change; the rest of its schema belongs to the import. */
export const settingsSchema = shopWholesalerSchema
  .pick({ name: true, language: true, timeZone: true, policies: true })
  .partial();

/**
 * Changes settings of one matter, checked by the very schema of the import. `seen` is the version of these settings that
 * the change is based on. Locks the wholesaler's row, as an import does, so that two changes run one after the other.
 */
export async function changeSettings(
  tx: Tx,
  asked: { wholesalerId: string; names: readonly SettingName[]; seen: string; change: SettingsChange; by: string },
): Promise<ChangedSettings> {
  const { wholesalerId, names, seen, by } = asked;
  const read = settingsSchema.safeParse(asked.change);
  if (!read.success) return { kind: 'faulty', problems: read.error.issues };
  const [row] = await tx.$queryRaw<StoredSettings[]>`
    select name, currency, language, time_zone as "timeZone", policies from wholesaler
     where id = ${wholesalerId} for no key update`;
  if (row === undefined) return { kind: 'not_found' };
  const before = toSettings(row);
  const { policies = {}, ...plain } = read.data;
  const after = toSettings({ ...row, ...withoutUndefined(plain), policies: { ...before.given, ...policies } });
  const changed = names.filter((name) => canonical(settingOf(before, name)) !== canonical(settingOf(after, name)));
  // A form that is sent twice finds its own change, which is no conflict.
  if (changed.length === 0) return { kind: 'changed', names: [] };
  if (seen !== versionOf(before, names)) return { kind: 'conflict', now: before };
  const kept = Object.fromEntries(
    Object.entries({ ...before.given, ...pick(policies, changed) }).filter(([, value]) => value !== undefined),
  );
  await tx.$executeRaw`
    update wholesaler set name = ${after.name}, language = ${after.language}, time_zone = ${after.timeZone},
           policies = ${JSON.stringify(kept)}::jsonb
     where id = ${wholesalerId}`;
  const shown = (settings: Settings) =>
    Object.fromEntries(changed.map((name) => [name, asAudited(settingOf(settings, name))]));
  await writeAudit(tx, [
    { wholesalerId, actor: by, action: 'settings_changed', subject: {}, before: shown(before), after: shown(after) },
  ]);
  return { kind: 'changed', names: changed };
}

const withoutUndefined = <T extends object>(given: T): T =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;

const pick = (given: object, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name)));

function asAudited(value: unknown): string | number | boolean | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : canonical(value);
}
