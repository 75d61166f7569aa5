/** What the wholesaler decides for itself, as staff read and change it. The import writes the same row by the same rules. */
export {
  type ChangedSettings,
  changeSettings,
  type SettingsChange,
  type SettingsProblem,
  settingsSchema,
} from './change-settings.ts';
export {
  decidedPolicies,
  POLICY_NAMES,
  readSettings,
  SETTING_NAMES,
  type SettingName,
  type Settings,
  versionOf,
} from './read-settings.ts';
