/** How learned aliases are kept: bounded, and asking where choices contradict each other. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepLessons, readLearned, type TaughtLesson } from '../../src/conversation/learned-aliases.ts';
import { inTransaction } from '../../src/db/index.ts';
import { newId } from '../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addTenant } from '../support/tenants.ts';

let database: TestDatabase;
let wholesalerId: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
beforeEach(async () => {
  ({ wholesalerId } = await addTenant(database));
  for (const id of ['asha', 'binu'])
    await database.ownerSql(`insert into retailer (wholesaler_id, id, name) values ($1, $2, $2)`, [wholesalerId, id]);
});

const taught = (words: string, sku: string, more: Partial<TaughtLesson> = {}): TaughtLesson => ({
  retailerId: 'asha',
  eventId: newId(),
  kind: 'confirmed',
  words,
  sku,
  ...more,
});

const order = (...lessons: TaughtLesson[]) =>
  inTransaction(database.db, (tx) => keepLessons(tx, wholesalerId, lessons));

async function known(retailerId = 'asha'): Promise<Record<string, string>> {
  const learned = await inTransaction(database.db, (tx) => readLearned(tx, wholesalerId, ['asha', 'binu']));
  return Object.fromEntries((learned.get(retailerId) ?? []).map(({ words, sku }) => [words, sku]));
}

describe('a shop', () => {
  it('is understood after its first choice, and no other shop is', async () => {
    await order(taught('sona 25', 'SONA'), taught('sona', 'SILKY', { retailerId: 'binu' }));
    expect(await known()).toEqual({ 'sona 25': 'SONA' });
    expect(await known('binu')).toEqual({ sona: 'SILKY' });
  });

  it('whose choices contradict each other is asked until one was confirmed twice in a row', async () => {
    await order(taught('sona', 'A'));
    await order(taught('sona', 'A'));
    expect(await known()).toEqual({ sona: 'A' });
    await order(taught('sona', 'B'));
    expect(await known()).toEqual({});
    await order(taught('sona', 'A'));
    expect(await known()).toEqual({});
    await order(taught('sona', 'B'));
    expect(await known()).toEqual({});
    await order(taught('sona', 'B'));
    expect(await known()).toEqual({ sona: 'B' });
    await order(taught('sona', 'B'));
    expect(await known()).toEqual({ sona: 'B' });
  });

  it('that took the product out again is asked until it confirmed one twice', async () => {
    await order(taught('sona', 'A'));
    await order(taught('sona', 'A', { kind: 'doubted' }));
    expect(await known()).toEqual({});
    await order(taught('sona', 'A'));
    expect(await known()).toEqual({});
    await order(taught('sona', 'A'));
    expect(await known()).toEqual({ sona: 'A' });
  });

  it('learns nothing from doubt about words that it never chose for', async () => {
    await order(taught('sona', 'A', { kind: 'doubted' }));
    expect(await database.ownerSql(`select 1 from learned_alias where wholesaler_id = $1`, [wholesalerId])).toEqual([]);
  });

  it('that says one thing on both phones in one set has confirmed it twice, and two things not at all', async () => {
    await order(taught('sona', 'A'), taught('sona', 'A'), taught('dal', 'C'), taught('dal', 'D'));
    expect(await known()).toEqual({ sona: 'A' });
    await order(taught('sona', 'B'), taught('sona', 'B'));
    expect(await known()).toEqual({ sona: 'B' });
    await order(taught('sona', 'B'), taught('sona', 'A'));
    expect(await known()).toEqual({});
  });

  it('is remembered by its 200 most recently confirmed names', async () => {
    const names = Array.from({ length: 200 }, (_, n) => `name ${String(n).padStart(3, '0')}`);
    for (let at = 0; at < names.length; at += 50)
      await order(...names.slice(at, at + 50).map((words) => taught(words, 'A')));
    await order(taught('other', 'A', { retailerId: 'binu' }));
    // Confirmed again, the oldest name is the newest.
    await order(taught('name 000', 'A'));
    await order(taught('one more', 'A'));
    const left = Object.keys(await known());
    expect(left).toHaveLength(200);
    expect(left).toContain('name 000');
    expect(left).toContain('one more');
    expect(names.filter((name) => !left.includes(name))).toEqual(['name 001']);
    expect(await known('binu')).toEqual({ other: 'A' });
  });

  it('keeps with each name how often, since when and by which message it was taught', async () => {
    const [first, second] = [taught('sona', 'A'), taught('sona', 'A')];
    await order(first);
    await order(second);
    const [row] = await database.appSql(
      `select sku, times_confirmed, asks, event_id, first_confirmed_at < last_confirmed_at as older
         from learned_alias where wholesaler_id = $1`,
      [wholesalerId],
    );
    expect(row).toEqual({ sku: 'A', times_confirmed: 2, asks: false, event_id: second.eventId, older: true });
  });
});

it('two sets that teach the same shops in other orders wait for no circle', async () => {
  const words = Array.from({ length: 30 }, (_, n) => `w${n}`);
  const lessons = ['asha', 'binu'].flatMap((retailerId) => words.map((word) => taught(word, 'A', { retailerId })));
  await Promise.all(Array.from({ length: 8 }, (_, n) => order(...(n % 2 === 0 ? lessons : lessons.toReversed()))));
  expect(Object.keys(await known())).toHaveLength(30);
  const counts = await database.ownerSql<{ n: number }>(
    `select distinct times_confirmed as n from learned_alias where wholesaler_id = $1`,
    [wholesalerId],
  );
  expect(counts).toEqual([{ n: 8 }]);
});
