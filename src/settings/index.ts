/** What the wholesaler decides for itself, as staff read and change it. The import writes the same row by the same rules. */
export { type ChangedSettings, changeSettings, type SettingsChange, type SettingsProblem } from './change-settings.ts';
export { readSettings, type SettingName, type Settings, versionOf } from './read-settings.ts';
