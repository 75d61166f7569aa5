import { type Credit, type CreditRequest, createCredit, openAccount } from '../../src/credit/index.ts';
import type { AccountTerms } from '../../src/credit/types.ts';
import { type OneConnection, withConnection } from '../../src/db/one-connection.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';

/** The wholesaler of every test in this folder. */
export const W = 'w';

const silent = createLogger({ level: 'silent', pretty: false });

export type CreditBench = TestDatabase & {
  credit: Credit;
  /** Another instance with connections of its own, as another process would have. */
  anotherCredit(): Credit;
  /** A new shop with an account; returns its id. */
  shop(terms?: Partial<AccountTerms>): Promise<string>;
  /** Asks for credit; the order id is new unless given. */
  order(
    retailerId: string,
    amount: bigint | number,
    more?: Partial<CreditRequest>,
  ): ReturnType<Credit['acquireAndValidateCredit']>;
  account(retailerId: string): Promise<NonNullable<Awaited<ReturnType<Credit['getAccount']>>>>;
  /** The kinds of an account's entries, oldest first. */
  kinds(retailerId: string): Promise<string[]>;
};

let shops = 0;
let orders = 0;

/** An order id that no test used before. */
export function newOrderId(): string {
  orders += 1;
  return `order-${orders}`;
}

/** A database with one wholesaler and the credit library on it. */
export async function createCreditBench(): Promise<CreditBench> {
  const database = await createTestDatabase();
  await database.ownerSql(
    `insert into wholesaler (id, name, currency, language, time_zone) values ($1, 'Test Wholesale', 'INR', 'en', 'Asia/Kolkata')`,
    [W],
  );
  const open: Credit[] = [];
  const anotherCredit = (): Credit => {
    const credit = createCredit({ databaseUrl: database.url, log: silent });
    open.push(credit);
    return credit;
  };
  const credit = anotherCredit();
  return {
    ...database,
    credit,
    anotherCredit,
    async shop(terms = {}) {
      shops += 1;
      const retailerId = `shop-${String(shops).padStart(4, '0')}`;
      await database.db.prisma.$executeRaw`
        insert into retailer (wholesaler_id, id, name) values (${W}, ${retailerId}, ${retailerId})`;
      const opened = await openAccount(
        database.db.prisma,
        { wholesalerId: W, retailerId, limitMinor: 100_000n, ...terms },
        { actor: 'import', source: 'import' },
      );
      if (opened.kind !== 'open') throw new Error(`the account of ${retailerId} was not opened: ${opened.code}`);
      return retailerId;
    },
    order: (retailerId, orderAmount, more = {}) =>
      credit.acquireAndValidateCredit({ wholesalerId: W, retailerId, orderId: newOrderId(), orderAmount, ...more }),
    async account(retailerId) {
      const account = await credit.getAccount({ wholesalerId: W, retailerId });
      if (account === null) throw new Error(`no account ${retailerId}`);
      return account;
    },
    async kinds(retailerId) {
      const rows = await database.db.prisma.$queryRaw<{ kind: string }[]>`
        select kind from ledger_entry where wholesaler_id = ${W} and retailer_id = ${retailerId} order by seq`;
      return rows.map((row) => row.kind);
    },
    async drop() {
      await Promise.all(open.map((one) => one.close()));
      await database.drop();
    },
  };
}

/** A backend that queues for a row in this database; waits until there is one. Asks on a connection of the caller's. */
export function waitingBackend(connection: OneConnection): Promise<number> {
  return waitFor('a backend that queues for a row', async () => {
    // Within a transaction the list is read once and then kept.
    await connection.rows('select pg_stat_clear_snapshot()');
    const rows = await connection.rows<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows[0]?.pid;
  });
}

/** Runs `work` while another session holds the account's row. */
export async function whileHeld<T>(
  bench: Pick<CreditBench, 'url'>,
  retailerId: string,
  work: (holder: OneConnection) => Promise<T>,
): Promise<T> {
  return withConnection(bench.url, 'holder', async (holder) => {
    await holder.rows('begin');
    await holder.rows('select from credit_account where retailer_id = $1 for no key update', [retailerId]);
    return work(holder);
  });
}
