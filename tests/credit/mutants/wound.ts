/**
 * The credit core with one thing wrong in it. Each mutant takes a function as the migrated database has it and replaces
 * a piece of its text, which must be there exactly once: whoever rewrites a function is told that its mutants have to
 * move too.
 */
import type { TestDatabase } from '../../support/database.ts';
import type { Move } from '../model/moves.ts';

type Wound = { of: string; text: string; becomes: string };

export type Mutant = {
  name: string;
  wounds: Wound[];
  /** Shows only where callers meet. */
  isRace?: boolean;
  /** Games at most, where only the proof of the ledger after them shows it. */
  games?: number;
  /** What games about it are made of, where it would rarely show in others. */
  only?: Move['move'][];
};

/** A single wound, as most mutants have. */
export const one = (of: string, text: string, becomes: string): Wound[] => [{ of, text, becomes }];

/** Puts the mutant in the place of the real functions. */
export async function mutate(ownerSql: TestDatabase['ownerSql'], { name, wounds }: Mutant): Promise<void> {
  for (const { of, text, becomes } of wounds) {
    const found = await ownerSql<{ source: string }>(
      `select pg_get_functiondef(oid) as source from pg_proc
       where proname = $1 and pronamespace = 'public'::regnamespace`,
      [of],
    );
    const source = found[0]?.source ?? '';
    const times = source.split(text).length - 1;
    if (found.length !== 1 || times !== 1) {
      throw new Error(
        `mutant "${name}": ${found.length} functions ${of} and ${times} times "${text}" in it. Move the mutant to where it belongs now.`,
      );
    }
    await ownerSql(source.replace(text, () => becomes));
  }
}
