/** Unit words with a slip of the finger: one letter missing, too many, wrong, or two that changed places. */
import type { UnitWord } from './compiled-table.ts';
import { tables } from './lexicon.ts';

const LENGTH_MIN = 5;

/** The unit word of one of these languages that is one slip away; undefined where two units are. */
export function nearUnit(word: string, languages: readonly string[]): UnitWord | undefined {
  let found: UnitWord | undefined;
  for (const code of languages) {
    for (const [known, unit] of tables.get(code)?.units ?? []) {
      if (known.length < LENGTH_MIN || known[0] !== word[0] || !isOneSlip(word, known)) continue;
      if (found && found.classes[0] !== unit.classes[0]) return undefined;
      found ??= unit;
    }
    if (found) return found;
  }
  return undefined;
}

function isOneSlip(said: string, known: string): boolean {
  if (Math.abs(said.length - known.length) > 1) return false;
  let head = 0;
  while (head < said.length && said[head] === known[head]) head++;
  let tail = 0;
  while (tail < Math.min(said.length, known.length) - head && said.at(-1 - tail) === known.at(-1 - tail)) tail++;
  const [left, right] = [said.length - head - tail, known.length - head - tail];
  if (left <= 1 && right <= 1) return true;
  return left === 2 && right === 2 && said[head] === known[head + 1] && said[head + 1] === known[head];
}
