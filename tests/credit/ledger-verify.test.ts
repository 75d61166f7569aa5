import { afterAll, beforeAll, expect, test } from 'vitest';
import { runScript } from '../support/run-script.ts';
import { type CreditBench, createCreditBench, W } from './shop.ts';

let bench: CreditBench;
let shop: string;
beforeAll(async () => {
  bench = await createCreditBench();
  shop = await bench.shop();
  for (let n = 0; n < 5; n += 1) await bench.order(shop, 10_000n);
});
afterAll(() => bench.drop());

const verify = (...args: string[]) => runScript('ledger-verify', args, { DATABASE_URL: bench.url });

test('a whole ledger: exit 0, and a last line that programs can read', async () => {
  const { code, stdout } = await verify('--json');
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual({
    ok: true,
    accounts: 1,
    entries: 6,
    durationMs: expect.any(Number),
    firstBad: null,
  });
  expect(code).toBe(0);
  expect((await verify()).stdout).toMatch(/^The ledger is whole: 6 entries of 1 accounts in /);
});

test('one byte altered by somebody with all rights: exit 1, and the entry', async () => {
  await bench.ownerSql('alter table ledger_entry disable trigger user');
  await bench.ownerSql(
    `update ledger_entry set hash = set_byte(hash, 17, get_byte(hash, 17) # 1) where retailer_id = $1 and seq = 4`,
    [shop],
  );
  const machine = await verify('--json');
  expect(JSON.parse(machine.stdout)).toMatchObject({
    ok: false,
    firstBad: { wholesalerId: W, retailerId: shop, seq: 4, check: 'hash' },
  });
  expect(machine.code).toBe(1);
  const person = await verify();
  expect(person.stdout).toContain(`First bad entry: wholesaler ${W}, retailer ${shop}, number 4.`);
  expect(person.code).toBe(1);
});
