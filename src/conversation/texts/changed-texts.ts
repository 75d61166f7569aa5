import { buildTexts } from './build-texts.ts';
import type { Catalogue } from './catalogue.ts';
import { CATALOGUES, catalogueTag } from './index.ts';
import type { Texts } from './types.ts';

type Messages = { readonly [key: string]: string | Messages };

/**
 * Our texts with some said otherwise: `{ "en": { "placing": { "placed": "Order {number} booked." } } }`. For trying a text
 * before it is written. Refuses, with its path, what is no text of ours.
 */
export function changedTexts(
  changes: unknown,
): { ok: true; textsFor: (language: string) => Texts } | { ok: false; problem: string } {
  if (!isMessages(changes)) return { ok: false, problem: 'the changes are no object of languages' };
  const built = new Map<string, Texts>();
  try {
    for (const [tag, catalogue] of Object.entries(CATALOGUES)) {
      const changed = Object.hasOwn(changes, tag) ? changes[tag] : undefined;
      built.set(
        tag,
        buildTexts(tag, changed === undefined ? catalogue : (merged(catalogue, changed, tag) as Catalogue)),
      );
    }
    const unknown = Object.keys(changes).find((tag) => !Object.hasOwn(CATALOGUES, tag));
    if (unknown !== undefined) return { ok: false, problem: `${unknown} is no language of ours` };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
  const english = built.get('en');
  return { ok: true, textsFor: (language) => built.get(catalogueTag(language) ?? 'en') ?? (english as Texts) };
}

function merged(ours: Messages | string | undefined, changed: unknown, path: string): Messages | string {
  if (typeof ours === 'string' && typeof changed === 'string') return changed;
  if (!isMessages(ours) || !isMessages(changed)) throw new Error(`${path} is no text of ours`);
  const entries = Object.entries(changed).map(([key, one]) => {
    const own = Object.hasOwn(ours, key) ? ours[key] : undefined;
    return [key, merged(own, one, `${path}.${key}`)];
  });
  return { ...ours, ...Object.fromEntries(entries) };
}

function isMessages(value: unknown): value is Messages {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
