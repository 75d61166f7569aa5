import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/index.ts';
import { tellRetailer, tellRetailers } from '../../src/notices/index.ts';
import { newId } from '../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addTenant, type Tenant } from '../support/tenants.ts';

let database: TestDatabase;
let tenant: Tenant;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await addTenant(database);
});
afterAll(() => database?.drop());

/** A shop with ids of its own, "phone:value" or "bsuid:value"; each is a person of its own. */
async function addShop(retailerId: string, ...ids: string[]): Promise<void> {
  const { wholesalerId } = tenant;
  await database.ownerSql(`insert into retailer (wholesaler_id, id, name) values ($1, $2, $2)`, [
    wholesalerId,
    retailerId,
  ]);
  for (const id of ids) {
    const [kind, value] = id.split(':');
    await database.ownerSql(
      `insert into identity (wholesaler_id, id, kind, value, retailer_id) values ($1, $2, $3, $4, $5)`,
      [wholesalerId, newId(), kind, value, retailerId],
    );
  }
}

async function wrote(personKey: string, hoursAgo: number, homeKey: string | null = null): Promise<void> {
  await database.ownerSql(
    `insert into conversation (wholesaler_id, line_id, person_key, home_key, last_inbound_at)
     values ($1, $2, $3, $4, app_clock() - make_interval(hours => $5))`,
    [tenant.wholesalerId, tenant.lineId, personKey, homeKey, hoursAgo],
  );
}

const tell = (retailerId: string, eventKey: string): Promise<boolean> =>
  inTransaction(database.db, (tx) =>
    tellRetailer(tx, { wholesalerId: tenant.wholesalerId, retailerId, eventKey, payload: { type: 'news' } }),
  );

const toldTo = async (eventKey: string): Promise<string[]> => {
  const rows = await database.ownerSql<{ person_key: string }>(
    'select person_key from inbox_event where event_key = $1',
    [eventKey],
  );
  return rows.map(({ person_key }) => person_key);
};

it('tells a shop in the chat where somebody of it wrote last, and once', async () => {
  await addShop('two', 'phone:91980001', 'phone:91980002');
  await wrote('p:91980001', 30);
  await wrote('p:91980002', 2);
  expect(await tell('two', 'i:two')).toBe(true);
  expect(await tell('two', 'i:two')).toBe(true);
  expect(await toldTo('i:two')).toEqual(['p:91980002']);
});

it('tells a person whose chats are one in the one that is worked on', async () => {
  await addShop('joined', 'phone:91980003');
  await wrote('b:IN.3', 1);
  await wrote('p:91980003', 1, 'b:IN.3');
  await tell('joined', 'i:joined');
  expect(await toldTo('i:joined')).toEqual(['b:IN.3']);
});

it('opens a chat with a shop that never wrote, by its phone before its BSUID', async () => {
  await addShop('silent', 'bsuid:IN.4', 'phone:91980004');
  await addShop('hidden', 'bsuid:IN.5');
  await tell('silent', 'i:silent');
  await tell('hidden', 'i:hidden');
  expect(await toldTo('i:silent')).toEqual(['p:91980004']);
  expect(await toldTo('i:hidden')).toEqual(['b:IN.5']);
});

it('tells nobody whose identity ended or is held, and says for which news there was nobody', async () => {
  await addShop('left', 'phone:91980006');
  await addShop('held', 'phone:91980007');
  await database.ownerSql(`update identity set valid_to = app_clock() where retailer_id = 'left'`);
  await database.ownerSql(`update identity set held_by = gen_random_uuid() where retailer_id = 'held'`);
  const news = ['left', 'held', 'two', 'unheard-of'].map((retailerId) => ({
    retailerId,
    eventKey: `i:gone:${retailerId}`,
    payload: { type: 'news' },
  }));
  const nobody = await inTransaction(database.db, (tx) => tellRetailers(tx, tenant.wholesalerId, news));
  expect([...nobody].sort()).toEqual(['i:gone:held', 'i:gone:left', 'i:gone:unheard-of']);
  expect(await toldTo('i:gone:held')).toEqual([]);
});

it('takes a line that is still in use', async () => {
  const other = await addTenant(database);
  await database.ownerSql(`insert into retailer (wholesaler_id, id, name) values ($1, 'moved', 'Moved')`, [
    other.wholesalerId,
  ]);
  await database.ownerSql(
    `insert into identity (wholesaler_id, id, kind, value, retailer_id) values ($1, $2, 'phone', '91980008', 'moved')`,
    [other.wholesalerId, newId()],
  );
  await database.ownerSql('update line set retired_at = app_clock() where id = $1', [other.lineId]);
  const news = {
    wholesalerId: other.wholesalerId,
    retailerId: 'moved',
    eventKey: 'i:moved',
    payload: { type: 'news' },
  };
  expect(await inTransaction(database.db, (tx) => tellRetailer(tx, news))).toBe(false);
});
