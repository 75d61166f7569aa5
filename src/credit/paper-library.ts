import type { Tx } from '../db/index.ts';
import { type AgeingPage, type AgeingQuery, readAgeing } from './ageing.ts';
import type { InTransaction } from './settle.ts';
import { type StatementCsv, statementCsv } from './statement/csv.ts';
import { readStatement } from './statement/read-statement.ts';
import type { Statement, StatementQuery, StatementRefused } from './statement/types.ts';

/** What a wholesaler prints or sends. All of it throws when the database breaks. */
export type PaperLibrary = {
  /** What is owed by how long it is past due: one account, or all of a wholesaler page by page. Now, or as it once was. */
  ageing(query: AgeingQuery, options?: InTransaction): Promise<AgeingPage>;
  /** All movements of some days with the balance after each; at most 5,000. `statementPdf` draws it. */
  statement(query: StatementQuery, options?: InTransaction): Promise<Statement | StatementRefused>;
  /** The same for spreadsheets, of any length, in pieces. */
  statementCsv(query: StatementQuery, options?: InTransaction): Promise<StatementCsv | StatementRefused>;
};

export function paperLibrary(connect: () => Promise<Tx>): PaperLibrary {
  return {
    ageing: async (query, { tx } = {}) => readAgeing(tx ?? (await connect()), query),
    statement: async (query, { tx } = {}) => readStatement(tx ?? (await connect()), query),
    statementCsv: async (query, { tx } = {}) => statementCsv(tx ?? (await connect()), query),
  };
}
