import { createHash } from 'node:crypto';
import type { Tx } from '../db/index.ts';
import { canonical } from '../shared/canonical.ts';
import { DEFAULT_POLICIES, type GivenPolicies, readPolicies, type WholesalerPolicies } from '../shared/policies.ts';

/** A wholesaler as it decided to be. */
export type Settings = {
  name: string;
  currency: string;
  language: string;
  timeZone: string;
  /** Every policy, with defaults filled in. */
  policies: WholesalerPolicies;
  /** Only those that were decided. */
  given: GivenPolicies;
};

/** What can be changed, by the names that the import file has. */
export type SettingName = 'name' | 'language' | 'timeZone' | keyof WholesalerPolicies;

export const POLICY_NAMES = Object.keys(DEFAULT_POLICIES) as (keyof WholesalerPolicies)[];
/** All that can be changed. */
export const SETTING_NAMES: readonly SettingName[] = ['name', 'language', 'timeZone', ...POLICY_NAMES];

/** The policies that were decided; the others are our defaults. */
export const decidedPolicies = ({ given }: Settings): string[] =>
  POLICY_NAMES.filter((name) => given[name] !== undefined);

/** Null when there is no such wholesaler. */
export async function readSettings(tx: Tx, wholesalerId: string): Promise<Settings | null> {
  const [row] = await tx.$queryRaw<StoredSettings[]>`
    select name, currency, language, time_zone as "timeZone", policies from wholesaler where id = ${wholesalerId}`;
  return row === undefined ? null : toSettings(row);
}

export type StoredSettings = Omit<Settings, 'policies' | 'given'> & { policies: unknown };

export function toSettings({ policies, ...rest }: StoredSettings): Settings {
  const stored = typeof policies === 'object' && policies !== null ? policies : {};
  return { ...rest, policies: readPolicies(stored), given: stored as GivenPolicies };
}

/** What a setting is now; undefined for a hold time that was never decided, since each account has its own then. */
export function settingOf(settings: Settings, name: SettingName): unknown {
  if (name === 'name' || name === 'language' || name === 'timeZone') return settings[name];
  if (name === 'holdLifetimeHours') return settings.given.holdLifetimeHours;
  return settings.policies[name];
}

/** Stands for what these settings are: whoever changes them says what they saw, so that nobody undoes another's change. */
export function versionOf(settings: Settings, names: readonly SettingName[]): string {
  const values = names.map((name) => [name, settingOf(settings, name) ?? null]);
  return createHash('sha256').update(canonical(values)).digest('base64url').slice(0, 22);
}
