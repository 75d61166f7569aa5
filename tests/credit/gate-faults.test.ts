// The gate on a real database: what becomes of its callers when things break under them.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyLedger } from '../../src/credit/index.ts';
import { type CreditBench, createCreditBench, newOrderId, W, waitingBackend, whileHeld } from './shop.ts';

let bench: CreditBench;
beforeAll(async () => {
  bench = await createCreditBench();
});
afterAll(async () => {
  expect(await verifyLedger(bench.db)).toMatchObject({ ok: true, firstBad: null });
  await bench.drop();
});

test('callers whose connection dies under their call are each answered once, and held once', async () => {
  const shop = await bench.shop();
  let answers: Promise<Awaited<ReturnType<typeof bench.order>>[]> = Promise.resolve([]);
  await whileHeld(bench, shop, async (holder) => {
    answers = Promise.all(Array.from({ length: 6 }, () => bench.order(shop, 1_000n)));
    const pid = await waitingBackend(holder);
    await bench.ownerSql('select pg_terminate_backend($1, 5000)', [pid]);
    await holder.rows('commit');
  });
  expect(await answers).toMatchObject(Array.from({ length: 6 }, () => ({ success: true, replayed: false })));
  expect(await bench.account(shop)).toMatchObject({ heldMinor: 6_000n });
});

test('equal keys that leave together get one hold and its answer', async () => {
  const shop = await bench.shop();
  const orderId = newOrderId();
  const asked = [bench.order(shop, 1n), ...Array.from({ length: 5 }, () => bench.order(shop, 1_000n, { orderId }))];
  const [, ...answers] = await Promise.all(asked);
  expect(answers.filter((answer) => answer.success && !answer.replayed)).toHaveLength(1);
  expect(new Set(answers.map((answer) => answer.success && answer.ledgerEntryId)).size).toBe(1);
  expect(await bench.account(shop)).toMatchObject({ heldMinor: 1_001n });
});

test('callers go on while a migration changes what the function answers', async () => {
  const shop = await bench.shop();
  const ask = (): Promise<unknown[]> => Promise.all(Array.from({ length: 8 }, () => bench.order(shop, 1n)));
  const approved = Array.from({ length: 8 }, () => ({ success: true }));
  expect(await ask()).toMatchObject(approved);
  const [answer] = await bench.ownerSql<{ body: string }>(
    `select pg_get_functiondef('credit_acquire_batch'::regproc) as body`,
  );
  // As a later migration might: one column more at the end of every answer.
  await bench.ownerSql(`do $outer$ begin
    alter type credit_answer add attribute told text;
    execute $inner$${answer?.body.replaceAll(')::credit_answer', ', null)::credit_answer')}$inner$;
  end $outer$`);
  expect(await ask()).toMatchObject(approved);
  expect(await bench.account(shop)).toMatchObject({ heldMinor: 16n, wholesalerId: W });
});
