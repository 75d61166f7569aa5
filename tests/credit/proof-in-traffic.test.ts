import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anchorHeads } from '../../src/credit/anchors.ts';
import { sweepDueHolds } from '../../src/credit/expire-due-holds.ts';
import { type HeardAnswer, proveAnswers, verifyLedger } from '../../src/credit/index.ts';
import { createPassage } from './passage.ts';
import { type CreditBench, createCreditBench, newOrderId, W } from './shop.ts';

let bench: CreditBench;
beforeAll(async () => {
  bench = await createCreditBench();
});
afterAll(() => bench.drop());

const SECONDS = 6;

/** One caller after another on two accounts, everything mixed, until told to stop; notes what each was told. */
async function trade(shops: string[], turn: number, goesOn: () => boolean, heard: HeardAnswer[]): Promise<void> {
  const { credit } = bench;
  const passage = createPassage(bench);
  for (let n = turn; goesOn(); n += 1) {
    const retailerId = shops[n % shops.length] ?? '';
    const key = newOrderId();
    const sentAtMs = performance.now();
    // Now and then more than any limit here.
    const held = await bench.order(retailerId, n % 7 === 6 ? 10_000_000 : 100, { orderId: key });
    const told = { wholesalerId: W, retailerId, key, sentAtMs, answeredAtMs: performance.now() };
    if (!held.success) {
      if (held.retryable === false) heard.push({ ...told, outcome: 'refused' });
      continue;
    }
    heard.push({ ...told, outcome: 'acknowledged', ledgerEntryId: held.ledgerEntryId, amountMinor: 100n });
    switch (n % 6) {
      case 0:
        await credit.releaseCreditLock(held.ledgerEntryId, 'changed their mind');
        break;
      case 1:
        await passage.capture(held.ledgerEntryId, 104n);
        break;
      case 2:
        await passage.adjust(held.ledgerEntryId, 150n);
        await passage.capture(held.ledgerEntryId, 60n);
        await passage.releasePart(held.ledgerEntryId, 90n);
        break;
      case 3: {
        await passage.capture(held.ledgerEntryId, 100n);
        const paid = await passage.pay(retailerId, 300n);
        if (paid.success) {
          await credit.reversePayment({
            ...{ wholesalerId: W, actor: 'asha', reason: 'bounced' },
            paymentId: paid.ledgerEntryId,
          });
        }
        await passage.pay(retailerId, 310n);
        break;
      }
      case 4:
        await passage.letPass(held.ledgerEntryId);
        break;
      default:
        await credit.releaseCreditLock(held.ledgerEntryId, 'not needed');
        await credit.changeLimit({
          ...{ wholesalerId: W, retailerId, actor: 'asha', reason: 'as agreed' },
          limitMinor: 50_000 + n,
        });
    }
  }
}

test('a proof among orders, payments, sweeps and anchors never raises a false alarm, and holds nobody up', async () => {
  const shops = await Promise.all([
    bench.shop({ limitMinor: 50_000n, overCaptureBasisPoints: 1_000 }),
    bench.shop({ limitMinor: 50_000n, overCaptureBasisPoints: 1_000 }),
    bench.shop({ limitMinor: 250n }),
  ]);
  const prover = await bench.connect({ poolMax: 2, applicationName: 'prover' });
  const until = performance.now() + SECONDS * 1_000;
  const goesOn = (): boolean => performance.now() < until;
  const heard: HeardAnswer[] = [];
  let proofs = 0;
  const keepProving = async (): Promise<void> => {
    while (goesOn()) {
      expect(await verifyLedger(prover, { connections: 2 })).toMatchObject({ ok: true, firstBad: null });
      proofs += 1;
    }
  };
  const keepUp = async (): Promise<void> => {
    const sweeper = await bench.connect({ poolMax: 1, applicationName: 'sweeper' });
    while (goesOn()) {
      await sweepDueHolds(sweeper.prisma);
      await anchorHeads(sweeper.prisma);
      await pause(20);
    }
  };
  await Promise.all([
    keepProving(),
    keepProving(),
    keepUp(),
    ...Array.from({ length: 6 }, (_, turn) => trade(shops, turn, goesOn, heard)),
  ]);
  expect(proofs).toBeGreaterThan(5);
  expect(await verifyLedger(prover)).toMatchObject({ ok: true });

  // And what the callers were told is what is there.
  heard.sort((a, b) => a.answeredAtMs - b.answeredAtMs);
  const acknowledged = heard.filter(({ outcome }) => outcome === 'acknowledged').length;
  expect(acknowledged).toBeGreaterThan(100);
  expect(heard.length - acknowledged).toBeGreaterThan(0);
  expect(await proveAnswers(bench.db, heard)).toEqual({
    ok: true,
    acknowledged,
    refused: heard.length - acknowledged,
    firstBad: null,
  });
  // A proof that waited for, or blocked, anybody would show here.
  const slowest = Math.max(...heard.map(({ sentAtMs, answeredAtMs }) => answeredAtMs - sentAtMs));
  expect(slowest).toBeLessThan(1_500);
}, 60_000);

test('a proof can be told to stop', async () => {
  const stop = new AbortController();
  stop.abort(new Error('enough'));
  await expect(verifyLedger(bench.db, { signal: stop.signal })).rejects.toThrow('enough');
});
