import { newId } from '../../src/shared/ids.ts';
import type { TestDatabase } from './database.ts';

export type Tenant = { wholesalerId: string; lineId: string; phoneNumberId: string };

let tenants = 0;

/** A wholesaler with one line, straight in the tables. */
export async function addTenant(database: TestDatabase): Promise<Tenant> {
  tenants += 1;
  const tenant = { wholesalerId: `w${tenants}`, lineId: newId(), phoneNumberId: `10000000000${tenants}` };
  await database.ownerSql(
    `insert into wholesaler (id, name, currency, language, time_zone) values ($1, 'Test Wholesale', 'INR', 'en', 'UTC')`,
    [tenant.wholesalerId],
  );
  await database.ownerSql(
    `insert into line (id, wholesaler_id, phone_number_id, display_phone) values ($1, $2, $3, '+91 22 5555 0100')`,
    [tenant.lineId, tenant.wholesalerId, tenant.phoneNumberId],
  );
  return tenant;
}
