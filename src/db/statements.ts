import pg from 'pg';
import { sqlStateOf } from './errors.ts';

/** A statement that each connection prepares once, under its name. */
export type Statement = { name: string; text: string };

export type Statements = {
  /**
   * Runs it in a transaction of its own and gives its rows, bigints as bigint. Throws what `pg` throws, which
   * `isTransient` and `sqlStateOf` read like Prisma's.
   */
  rows<Row extends pg.QueryResultRow>(statement: Statement, values: unknown[]): Promise<Row[]>;
};

// What a connection says whose prepared statement is not what it was: the function it calls answers with other columns
// since a migration, or somebody between us and the server (a pooler, DISCARD) has lost or kept it.
const STALE_STATES = new Set(['0A000', '26000', '42P05']);

/**
 * Prepared statements on a pool. A stale one is prepared anew at once under another name, on every connection, so that a
 * migration under a running service fails no call: the server refuses before it does anything. Where the other name is
 * stale too, a pooler hands us connections on which other processes prepare the same names: the call then goes without.
 */
export function createStatements(pool: pg.Pool): Statements {
  let generation = 0;

  const nameOf = ({ name }: Statement): string => `${name}/${generation}`;

  async function run<Row extends pg.QueryResultRow>(text: string, values: unknown[], name?: string): Promise<Row[]> {
    const result = await pool.query<Row>({ ...(name === undefined ? {} : { name }), text, values, types });
    return result.rows;
  }

  return {
    async rows<Row extends pg.QueryResultRow>(statement: Statement, values: unknown[]): Promise<Row[]> {
      const tried = generation;
      try {
        return await run<Row>(statement.text, values, nameOf(statement));
      } catch (error) {
        if (!isStale(error)) throw error;
        if (generation === tried) generation += 1;
      }
      try {
        return await run<Row>(statement.text, values, nameOf(statement));
      } catch (error) {
        if (!isStale(error)) throw error;
        return run<Row>(statement.text, values);
      }
    },
  };
}

const isStale = (error: unknown): boolean => STALE_STATES.has(sqlStateOf(error) ?? '');

/** As Prisma reads them: bigint as bigint, all else as `pg` does. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    return oid === pg.types.builtins.INT8 ? BigInt : pg.types.getTypeParser(oid, format);
  },
} as pg.CustomTypesConfig;

/** Values that need no quoting (numbers, uuids) as an array of PostgreSQL; `pg` would look at each character of them. */
export function plainArray(values: readonly (bigint | number | string | null)[]): string {
  return `{${values.map((value) => value ?? 'null').join(',')}}`;
}
