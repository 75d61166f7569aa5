import type { Tx } from '../db/index.ts';
import { type AgeingPage, type AgeingQuery, readAgeing } from './ageing.ts';
import type { InTransaction } from './settle.ts';

/** What a wholesaler prints or sends. All of it throws when the database breaks. */
export type PaperLibrary = {
  /** What is owed by how long it is past due: one account, or all of a wholesaler page by page. Now, or as it once was. */
  ageing(query: AgeingQuery, options?: InTransaction): Promise<AgeingPage>;
};

export function paperLibrary(connect: () => Promise<Tx>): PaperLibrary {
  return {
    ageing: async (query, { tx } = {}) => readAgeing(tx ?? (await connect()), query),
  };
}
