import { readStatement, statementPdf } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import { type Database, inTransaction } from '../db/index.ts';
import { promiseOutgoingFile, type Recipe } from '../outbox/index.ts';
import { ServiceError } from '../shared/errors.ts';

/** What a statement is made of when it is sent; days, language and instant as the message beside it says them. */
export type StatementToMake = {
  retailerId: string;
  from: string;
  to: string;
  /** The last entry that the message counts: the file is as the words are, whatever was booked since. */
  untilSeq: bigint;
  language: string;
  at: Date;
};

const LIMITS = { maxWaitMs: 5_000, timeoutMs: 15_000 };

/** Promises a statement as a PDF, in the caller's transaction; it is drawn when it is sent. */
export function promiseStatement(
  tx: Tx,
  wholesalerId: string,
  filename: string,
  { untilSeq, at, ...rest }: StatementToMake,
): Promise<string> {
  const recipe = { kind: 'statement', ...rest, untilSeq: untilSeq.toString(), at: at.toISOString() };
  return promiseOutgoingFile(tx, { wholesalerId, filename, mimeType: 'application/pdf', recipe });
}

/** Draws what was promised. The books are read in a transaction of their own, and drawn outside of it. */
export function createStatementMaker(db: Database): (wholesalerId: string, recipe: Recipe) => Promise<Uint8Array> {
  return async (wholesalerId, recipe) => {
    const { kind, retailerId, from, to, language, at } = Object.fromEntries(
      Object.entries(recipe).map(([name, value]) => [name, String(value)]),
    ) as Record<'kind' | 'retailerId' | 'from' | 'to' | 'language' | 'at', string>;
    if (kind !== 'statement') throw new Error(`nobody makes a ${kind}`);
    const query = { wholesalerId, retailerId, from, to, untilSeq: BigInt(recipe.untilSeq ?? 0) };
    const statement = await inTransaction(db, (tx) => readStatement(tx, query), LIMITS);
    if (statement.kind === 'refused') throw new ServiceError({ code: 'no_statement', message: statement.message });
    const chunks: Uint8Array[] = [];
    for await (const chunk of statementPdf(statement, { language, generatedAt: new Date(at) })) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
}
