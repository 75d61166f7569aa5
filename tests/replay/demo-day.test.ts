import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readShopFile } from '../../src/catalogue/index.ts';
import { readExpected } from '../../src/simulator/expected.ts';

// The expectations are written by hand from the stories. These tests read them against the shop and the deliveries, so
// that a slip of the hand is found here and not taken for a fault of the service.

const folder = new URL('../../fixtures/demo-day/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const expected = readExpected(read('expected.json'));
const parts = [expected, ...expected.oneOf.flatMap(({ choices }) => choices)];
const names = readdirSync(new URL('deliveries/', folder)).sort();

function shop() {
  const answer = readShopFile(read('shop.json'));
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
  return answer.shop;
}

test('the day is as large as promised', () => {
  const items = names.flatMap((name) => {
    const { entry } = JSON.parse(read(`deliveries/${name}`)) as Delivery;
    const values = entry.flatMap(({ changes }) => changes.map(({ value }) => value));
    return values.flatMap(({ messages = [], statuses = [] }) => [...messages, ...statuses]);
  });
  expect(items.length).toBeGreaterThanOrEqual(60);
  expect(shop().retailers?.length).toBeGreaterThanOrEqual(12);
  expect(shop().products?.length).toBeGreaterThanOrEqual(40);
});
type Delivery = { entry: { changes: { value: { messages?: object[]; statuses?: object[] } }[] }[] };

test('every delivery has its replies written down, and nothing else but news has', () => {
  const numbers = new Set(names.map((name) => name.slice(0, 3)));
  const written = new Set(parts.flatMap(({ replies }) => Object.keys(replies)).filter((number) => number !== 'news'));
  expect([...written].sort()).toEqual([...numbers].sort());
});

test('every retailer has its account and orders written down, with limit and debt as in the shop', () => {
  const retailers = shop().retailers ?? [];
  for (const { id, credit } of retailers) {
    const accounts = parts.flatMap((part) => part.accounts[id] ?? []);
    expect(accounts.length, id).toBeGreaterThan(0);
    expect(
      parts.some((part) => part.orders[id] !== undefined),
      id,
    ).toBe(true);
    for (const { limitMinor, owedMinor, heldMinor, availableMinor } of accounts) {
      expect([limitMinor, owedMinor], id).toEqual([BigInt(credit?.limitMinor ?? -1), BigInt(credit?.owedMinor ?? -1)]);
      expect(availableMinor, id).toBe(limitMinor - owedMinor - heldMinor);
    }
  }
});

test('every order adds up at the prices of its retailer, and what is held is what stands approved', () => {
  const { products = [], retailers = [] } = shop();
  for (const part of parts) {
    for (const [id, orders] of Object.entries(part.orders)) {
      const list = retailers.find((retailer) => retailer.id === id)?.priceList;
      for (const { lines, amountMinor } of orders) {
        for (const { sku, unit, quantity, totalMinor } of lines) {
          const product = products.find((candidate) => candidate.sku === sku);
          const agreed = list === undefined ? undefined : product?.prices?.[list];
          const own = agreed === undefined ? product?.unitPricesMinor?.[unit] : undefined;
          const unitPrice = own ?? (agreed ?? product?.priceMinor ?? Number.NaN) * (product?.units[unit] ?? Number.NaN);
          expect(Number(totalMinor), `${id}: ${quantity} ${unit} ${sku}`).toBe(quantity * unitPrice);
        }
        const sum = lines.reduce((total, line) => total + line.totalMinor, 0n);
        expect(amountMinor, id).toBe(sum);
      }
      const approved = orders.filter((order) => order.status === 'approved');
      const held = approved.reduce((total, order) => total + order.amountMinor, 0n);
      expect(part.accounts[id]?.heldMinor, id).toBe(held);
    }
  }
});
