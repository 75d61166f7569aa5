import { afterAll, beforeAll, expect, it } from 'vitest';
import { refuseRightsOnMoney } from '../../src/credit/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

it('a service that cannot write the money tables is ready, and one that can is not', async () => {
  await expect(refuseRightsOnMoney(database.db.prisma)).resolves.toBeUndefined();
  await database.ownerSql('grant update on credit_account to orderlock_app');
  await expect(refuseRightsOnMoney(database.db.prisma)).rejects.toThrow(/credit_account/);
  await database.ownerSql('revoke update on credit_account from orderlock_app');
  await expect(refuseRightsOnMoney(database.db.prisma)).resolves.toBeUndefined();
});
