import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyLedger } from '../../src/credit/index.ts';
import { inTransaction } from '../../src/db/index.ts';
import { storeWaiting, takeOrderNumbers } from '../../src/orders/index.ts';
import { type ApiBench, startApi } from './support.ts';

let api: ApiBench;
beforeAll(async () => {
  const shops = Array.from({ length: 20 }, (_, n) => [`shop${n}`, 1_000_000] as const);
  api = await startApi({ ...Object.fromEntries(shops), gita: 1_000_000 });
});
afterAll(async () => {
  expect(await verifyLedger(api.database.db)).toMatchObject({ ok: true });
  await api.stop();
});

let used = 0;
/** A shop that no other test touches. */
function newShop(): string {
  used += 1;
  return `shop${used - 1}`;
}

async function stored(orderId: string) {
  const [row] = await api.database.ownerSql<{ orders: number; holds: number; held: string }>(
    `select (select count(*)::int from orders where id = $1) as orders,
            (select count(*)::int from credit_hold where order_id = $1) as holds,
            (select coalesce(sum(held_delta), 0)::text from ledger_entry where order_id = $1) as held`,
    [orderId],
  );
  return row;
}

describe('a simple order', () => {
  test('is placed with its credit, and again answers the same', async () => {
    const retailerId = newShop();
    const asked = { retailerId, orderId: 'S-1', amountMinor: 124_000 };
    const first = await api.post('/orders', asked);
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      orderId: 'S-1',
      number: expect.any(Number),
      status: 'approved',
      amountMinor: 124_000,
      creditLedgerEntryId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      availableMinor: 876_000,
      replayed: false,
    });
    const again = await api.post('/orders', asked);
    expect(again.status).toBe(200);
    expect(again.body).toEqual({ ...first.body, replayed: true });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await stored('S-1')).toEqual({ orders: 1, holds: 1, held: '124000' });
  });

  test('with the id of another order is a duplicate', async () => {
    const retailerId = newShop();
    await api.post('/orders', { retailerId, orderId: 'S-2', amountMinor: 1_000 });
    const other = await api.post('/orders', { retailerId, orderId: 'S-2', amountMinor: 2_000 });
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({ code: 'DUPLICATE_ORDER', availableMinor: 999_000, retryable: false });
  });

  test.each(['waiting_for_approval', 'waiting_on_credit'] as const)(
    'with the id of an order that is %s is a duplicate and holds nothing beside it',
    async (status) => {
      const retailerId = newShop();
      const { db } = api.database;
      const number = await takeOrderNumbers(db, 'one', 1);
      const orderId = `W-${number}`;
      const own = { wholesalerId: 'one', retailerId, orderId, currency: 'INR', amountMinor: 1_000n };
      const waiting = { ...own, number, source: 'chat' as const, lines: [], cause: null, status, waitMinutes: 60 };
      await inTransaction(db, (tx) => storeWaiting(tx, [waiting]));
      const asked = { retailerId, orderId, amountMinor: 1_000 };
      expect(await api.post('/orders', asked)).toMatchObject({ status: 409, body: { code: 'DUPLICATE_ORDER' } });
      for (const mode of ['each', 'all']) {
        const orders = [asked, { ...asked, orderId: `${orderId}-${mode}` }];
        const { body } = await api.post('/orders/batch', { mode, orders });
        expect(body.placed).toBe(mode === 'each' ? 1 : 0);
      }
      expect(await stored(orderId)).toEqual({ orders: 1, holds: 0, held: '0' });
    },
  );

  test('beyond the credit is refused with figures, and placed once the credit is there', async () => {
    const retailerId = newShop();
    const asked = { retailerId, orderId: 'S-3', amountMinor: 1_000_500 };
    const refused = await api.post('/orders', asked);
    expect(refused.status).toBe(409);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.body).toMatchObject({
      type: 'about:blank',
      status: 409,
      code: 'INSUFFICIENT_CREDIT',
      availableMinor: 1_000_000,
      shortByMinor: 500,
      retryable: false,
    });
    await api.call('PATCH', `/accounts/${retailerId}`, { body: { limitMinor: 2_000_000, reason: 'more season' } });
    expect((await api.post('/orders', asked)).status).toBe(201);
  });

  test('of an unknown shop is told so, and of a blocked one too', async () => {
    const nobody = await api.post('/orders', { retailerId: 'nobody', orderId: 'S-4', amountMinor: 1 });
    expect(nobody).toMatchObject({ status: 404, body: { code: 'CREDIT_ACCOUNT_NOT_FOUND' } });
    const retailerId = newShop();
    await api.post(`/accounts/${retailerId}/block`, { reason: 'two cheques came back' });
    const blocked = await api.post('/orders', { retailerId, orderId: 'S-5', amountMinor: 1 });
    expect(blocked).toMatchObject({ status: 409, body: { code: 'CREDIT_BLOCKED', retryable: false } });
  });

  test('keeps its credit as long as it asks for', async () => {
    const retailerId = newShop();
    await api.post('/orders', { retailerId, orderId: 'S-6', amountMinor: 1_000, holdLifetimeHours: 2 });
    const { body } = await api.get('/orders/S-6');
    const { hold, placedAt } = body as unknown as { hold: { expiresAt: string }; placedAt: string };
    const hours = (Date.parse(hold.expiresAt) - Date.parse(placedAt)) / 3_600_000;
    expect(hours).toBeCloseTo(2, 1);
  });
});

describe('bad input is refused with the path of every mistake', () => {
  const good = { retailerId: 'gita', orderId: 'B-1', amountMinor: 1 };
  const cases: [string, unknown, string, string[]][] = [
    ['an amount of nothing', { ...good, amountMinor: 0 }, 'INVALID_AMOUNT', ['amountMinor']],
    ['half a paisa', { ...good, amountMinor: 0.5 }, 'INVALID_AMOUNT', ['amountMinor']],
    ['an amount as text', { ...good, amountMinor: '100' }, 'INVALID_AMOUNT', ['amountMinor']],
    ['more than JSON carries', { ...good, amountMinor: 2 ** 53 }, 'INVALID_AMOUNT', ['amountMinor']],
    ['no amount', { retailerId: 'gita', orderId: 'B-1' }, 'INVALID_AMOUNT', ['amountMinor']],
    ['an unknown field', { ...good, amuontMinor: 1 }, 'INVALID_INPUT', ['amuontMinor']],
    ['a key of the core', { ...good, orderId: 'release:1' }, 'INVALID_INPUT', ['orderId']],
    ['an id with a NUL', { ...good, retailerId: 'a\u0000' }, 'INVALID_INPUT', ['retailerId']],
    ['half of a letter', { ...good, orderId: '\ud800' }, 'INVALID_INPUT', ['orderId']],
    ['two mistakes', { ...good, orderId: '', retailerId: 7 }, 'INVALID_INPUT', ['retailerId', 'orderId']],
    [
      'lines of many kinds',
      {
        retailerId: 'gita',
        lines: [{ sku: 'SUGAR', quantity: 0.0001 }, { sku: '' }, { quantity: 1, sku: 'SUGAR', each: 1 }],
      },
      'INVALID_INPUT',
      ['lines[0].quantity', 'lines[1].sku', 'lines[1].quantity', 'lines[2].each'],
    ],
    ['no lines', { retailerId: 'gita', lines: [] }, 'INVALID_INPUT', ['lines']],
    ['a list', [good], 'INVALID_INPUT', ['']],
  ];
  test.each(cases)('%s', async (_what, body, code, paths) => {
    const answer = await api.post('/orders', body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ code, path: paths[0] });
    expect((answer.body.errors as { path: string }[]).map(({ path }) => path)).toEqual(paths);
  });

  test('what is wrong is told in plain words', async () => {
    const messages = async (body: unknown): Promise<unknown> =>
      ((await api.post('/orders', body)).body.errors as { message: string }[]).map(({ message }) => message);
    expect(await messages({ lines: [{ sku: 7, quantity: 1 }] })).toEqual(['is missing', 'must be text']);
    expect(await messages({ retailerId: 'gita', lines: [] })).toEqual(['must hold at least one line']);
    expect(await messages({ ...good, holdLifetimeHours: 'soon' })).toEqual(['must be a number']);
    expect((await api.post('/orders', [good])).body.detail).toBe('the body: must be an object');
    expect((await api.get('/orders?limit=x')).body.detail).toMatch(/^limit: must be/);
  });

  test('a body that is no JSON, and none at all', async () => {
    expect((await api.post('/orders', '{')).status).toBe(400);
    expect((await api.call('POST', '/orders')).status).toBe(422);
    expect((await api.post('/orders', `"${'x'.repeat(1_100_000)}"`)).status).toBe(413);
  });
});

describe('an order with lines', () => {
  test('is priced from the catalogue, by units and by the price list of the shop', async () => {
    const lines = [
      { sku: 'COKE500', quantity: 2 },
      { sku: 'COKE500', quantity: 3, unit: 'each' },
      { sku: 'SUGAR', quantity: 2.5 },
    ];
    const usual = await api.post('/orders', { retailerId: newShop(), orderId: 'L-1', lines });
    // 2 x 400.00 + 3 x 18.00 + 2.5 x 45.50
    expect(usual).toMatchObject({ status: 201, body: { amountMinor: 80_000 + 5_400 + 11_375 } });
    expect(usual.body.lines).toEqual([
      {
        sku: 'COKE500',
        name: 'Coca-Cola 500ml',
        unit: 'case',
        quantity: 2,
        unitPriceMinor: 40_000,
        totalMinor: 80_000,
      },
      { sku: 'COKE500', name: 'Coca-Cola 500ml', unit: 'each', quantity: 3, unitPriceMinor: 1_800, totalMinor: 5_400 },
      { sku: 'SUGAR', name: 'Sugar', unit: 'kg', quantity: 2.5, unitPriceMinor: 4_550, totalMinor: 11_375 },
    ]);
    const gold = await api.post('/orders', { retailerId: 'gita', orderId: 'L-2', lines });
    expect(gold).toMatchObject({ status: 201, body: { amountMinor: 2 * 24 * 1_700 + 3 * 1_700 + 11_375 } });
  });

  test('is told line by line what cannot be ordered', async () => {
    const lines = [
      { sku: 'NOPE', quantity: 1 },
      { sku: 'OLD', quantity: 1 },
      { sku: 'GONE', quantity: 1 },
      { sku: 'COKE500', quantity: 1, unit: 'pallet' },
      { sku: 'SUGAR', quantity: 0.3 },
    ];
    const answer = await api.post('/orders', { retailerId: 'gita', orderId: 'L-3', lines });
    expect(answer).toMatchObject({ status: 422, body: { code: 'INVALID_LINES', path: 'lines[0].sku' } });
    expect((answer.body.errors as { path: string; code: string }[]).map(({ path, code }) => `${path} ${code}`)).toEqual(
      [
        'lines[0].sku UNKNOWN_SKU',
        'lines[1].sku NOT_FOR_SALE',
        'lines[2].sku OUT_OF_STOCK',
        'lines[3].unit UNKNOWN_UNIT',
        'lines[4].quantity QUANTITY_NOT_ALLOWED',
      ],
    );
    expect(await stored('L-3')).toMatchObject({ orders: 0, holds: 0 });
  });

  test('that comes again after its prices changed is still the same order', async () => {
    const retailerId = newShop();
    const asked = { retailerId, orderId: 'L-4', lines: [{ sku: 'SUGAR', quantity: 10 }] };
    const first = await api.post('/orders', asked);
    await api.database.ownerSql(`update product set price_minor = 5000 where wholesaler_id = 'one' and sku = 'SUGAR'`);
    const again = await api.post('/orders', asked);
    await api.database.ownerSql(`update product set price_minor = 4550 where wholesaler_id = 'one' and sku = 'SUGAR'`);
    expect(again).toMatchObject({ status: 200, body: { ...first.body, replayed: true } });
    const other = await api.post('/orders', { ...asked, lines: [{ sku: 'SUGAR', quantity: 11 }] });
    expect(other).toMatchObject({ status: 409, body: { code: 'DUPLICATE_ORDER' } });
  });

  test('dry: it is priced and checked, and nothing is held', async () => {
    const retailerId = newShop();
    const asked = { retailerId, lines: [{ sku: 'COKE500', quantity: 2 }], dryRun: true };
    expect(await api.post('/orders', asked)).toMatchObject({
      status: 200,
      body: {
        status: 'dry_run',
        number: null,
        creditLedgerEntryId: null,
        amountMinor: 80_000,
        availableMinor: 920_000,
      },
    });
    const tooMuch = { ...asked, lines: [{ sku: 'COKE500', quantity: 26 }] };
    expect(await api.post('/orders', tooMuch)).toMatchObject({
      status: 409,
      body: { code: 'INSUFFICIENT_CREDIT', shortByMinor: 40_000 },
    });
    expect((await api.get(`/accounts/${retailerId}`)).body).toMatchObject({ heldMinor: 0 });
  });
});

describe('an order that may be placed in part', () => {
  const lines = [
    { sku: 'COKE500', quantity: 30 },
    { sku: 'SUGAR', quantity: 2 },
  ];

  test('takes what there is credit for, small lines first, and says what is missing, again too', async () => {
    const retailerId = newShop();
    const asked = { retailerId, orderId: 'F-1', lines, partialFit: true };
    const first = await api.post('/orders', asked);
    // 10,000.00 of credit: the sugar for 91.00, then 24 cases at 400.00.
    expect(first).toMatchObject({
      status: 201,
      body: {
        amountMinor: 24 * 40_000 + 9_100,
        lines: [
          { sku: 'COKE500', quantity: 24, totalMinor: 960_000 },
          { sku: 'SUGAR', quantity: 2, totalMinor: 9_100 },
        ],
        missing: [{ sku: 'COKE500', quantity: 6 }],
      },
    });
    expect(await api.post('/orders', asked)).toMatchObject({ status: 200, body: { ...first.body, replayed: true } });
    expect((await api.get(`/accounts/${retailerId}`)).body).toMatchObject({ heldMinor: 969_100 });
    expect(await api.post('/orders', { ...asked, partialFit: false })).toMatchObject({
      status: 409,
      body: { code: 'DUPLICATE_ORDER' },
    });
  });

  test('is whole where it fits, refused where nothing does, and only tried out when dry', async () => {
    const retailerId = newShop();
    const fits = { retailerId, orderId: 'F-2', lines: [{ sku: 'COKE500', quantity: 25 }], partialFit: true };
    const dry = await api.post('/orders', { ...fits, lines, dryRun: true });
    expect(dry).toMatchObject({ status: 200, body: { status: 'dry_run', missing: [{ sku: 'COKE500', quantity: 6 }] } });
    expect(await api.post('/orders', fits)).toMatchObject({ status: 201, body: { availableMinor: 0, missing: [] } });
    expect(await api.post('/orders', { ...fits, orderId: 'F-3' })).toMatchObject({
      status: 409,
      body: { code: 'INSUFFICIENT_CREDIT', availableMinor: 0 },
    });
    expect(await stored('F-3')).toMatchObject({ orders: 0, holds: 0 });
    const batch = { mode: 'all', orders: [{ ...fits, orderId: 'F-4' }] };
    expect(await api.post('/orders/batch', batch)).toMatchObject({ status: 422, body: { path: 'mode' } });
  });
});

describe('many at once', () => {
  test('one order from 20 callers of two processes is one order', async () => {
    const other = await api.another();
    const asked = { retailerId: newShop(), orderId: 'R-1', amountMinor: 10_000 };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => api.post(n % 2 === 0 ? '/orders' : `${other.url}/api/v1/orders`, asked)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201]);
    expect(new Set(answers.map(({ body }) => body.creditLedgerEntryId)).size).toBe(1);
    expect(await stored('R-1')).toEqual({ orders: 1, holds: 1, held: '10000' });
  });

  test('without an order id, 20 callers with one Idempotency-Key make one order', async () => {
    const asked = { retailerId: newShop(), lines: [{ sku: 'SUGAR', quantity: 1 }] };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.post('/orders', asked, { idempotencyKey: 'cart-77' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201]);
    const ids = new Set(answers.map(({ body }) => body.orderId as string));
    expect(ids.size).toBe(1);
    expect(await stored([...ids][0] ?? '')).toEqual({ orders: 1, holds: 1, held: '4550' });
    const other = await api.post(
      '/orders',
      { ...asked, lines: [{ sku: 'SUGAR', quantity: 2 }] },
      { idempotencyKey: 'cart-77' },
    );
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  test('100 orders of one account never overspend it', async () => {
    const retailerId = newShop();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        api.post('/orders', { retailerId, orderId: `M-${n}`, amountMinor: 30_000 }),
      ),
    );
    const placed = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ body }) => body.code === 'INSUFFICIENT_CREDIT');
    // 33 x 300.00 fit into 10,000.00.
    expect([placed.length, refused.length]).toEqual([33, 67]);
    expect((await api.get(`/accounts/${retailerId}`)).body).toMatchObject({
      heldMinor: 990_000,
      availableMinor: 10_000,
    });
  });
});

describe('a batch', () => {
  const orders = (retailerId: string, ...amounts: number[]) =>
    amounts.map((amountMinor, n) => ({ retailerId, orderId: `${retailerId}-${n}`, amountMinor }));

  test('in mode each gives every order its own verdict', async () => {
    const asked = orders(newShop(), 600_000, 600_000, 300_000);
    const answer = await api.post('/orders/batch', { mode: 'each', orders: asked });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        placed: 2,
        results: [
          { placed: true, status: 'approved', amountMinor: 600_000 },
          { placed: false, status: 'refused', code: 'INSUFFICIENT_CREDIT', shortByMinor: expect.any(Number) },
          { placed: true, status: 'approved', amountMinor: 300_000 },
        ],
      },
    });
    const again = await api.post('/orders/batch', { mode: 'each', orders: asked });
    expect(again.body).toMatchObject({ placed: 2, results: [{ replayed: true }, {}, { replayed: true }] });
  });

  test('in mode all places all or none', async () => {
    const retailerId = newShop();
    const refused = await api.post('/orders/batch', { mode: 'all', orders: orders(retailerId, 600_000, 600_000) });
    expect(refused).toMatchObject({
      status: 200,
      body: { placed: 0, results: [{ code: 'BATCH_REFUSED' }, { code: 'INSUFFICIENT_CREDIT' }] },
    });
    expect((await api.get(`/accounts/${retailerId}`)).body).toMatchObject({ heldMinor: 0 });
    const placed = await api.post('/orders/batch', { mode: 'all', orders: orders(retailerId, 600_000, 400_000) });
    expect(placed.body).toMatchObject({ placed: 2, results: [{ placed: true }, { placed: true }] });
    expect((await api.get(`/accounts/${retailerId}`)).body).toMatchObject({ heldMinor: 1_000_000 });
  });

  test('tells which order a mistake is in', async () => {
    const asked = [...orders('gita', 1), { retailerId: 'gita', orderId: 'x', amountMinor: -1 }];
    const answer = await api.post('/orders/batch', { mode: 'each', orders: asked });
    expect(answer).toMatchObject({ status: 422, body: { code: 'INVALID_AMOUNT', path: 'orders[1].amountMinor' } });
  });
});

describe('what becomes of an order', () => {
  test('cancelled, opened again, delivered in parts, by lines and whole', async () => {
    const retailerId = newShop();
    const lines = [
      { sku: 'COKE500', quantity: 2 },
      { sku: 'SUGAR', quantity: 10 },
    ];
    await api.post('/orders', { retailerId, orderId: 'T-1', lines });
    expect(await api.post('/orders/T-1/cancel', { reason: 'ordered twice' })).toMatchObject({
      status: 200,
      body: { status: 'cancelled', releasedMinor: 125_500, availableMinor: 1_000_000 },
    });
    expect(await api.post('/orders/T-1/cancel', { reason: 'again' })).toMatchObject({
      status: 409,
      body: { code: 'ORDER_NOT_OPEN' },
    });
    expect(await api.call('POST', '/orders/T-1/reopen')).toMatchObject({
      status: 200,
      body: { status: 'approved', amountMinor: 125_500, availableMinor: 874_500, replayed: false },
    });
    const partly = { lines: [{ sku: 'SUGAR', quantity: 4 }], reference: 'INV-1' };
    const [first, again] = [
      await api.post('/orders/T-1/deliver', partly, { idempotencyKey: 'note-1' }),
      await api.post('/orders/T-1/deliver', partly, { idempotencyKey: 'note-1' }),
    ];
    expect(first).toMatchObject({
      status: 200,
      body: { status: 'part_delivered', amountMinor: 18_200, leftMinor: 107_300, replayed: false },
    });
    expect(again).toMatchObject({ status: 200, body: { ...first.body, replayed: true } });
    expect(await api.post('/orders/T-1/deliver', { lines: [{ sku: 'SUGAR', quantity: 11 }] })).toMatchObject({
      status: 422,
      body: { code: 'INVALID_LINES', path: 'lines[0].quantity' },
    });
    // 6 are left of the 10.
    expect(await api.post('/orders/T-1/deliver', { lines: [{ sku: 'SUGAR', quantity: 7 }] })).toMatchObject({
      status: 422,
      body: { code: 'INVALID_LINES', path: 'lines[0].quantity' },
    });
    expect(await api.post('/orders/T-1/deliver', { lines: [{ sku: 'NONE', quantity: 1 }] })).toMatchObject({
      status: 422,
      body: { code: 'INVALID_LINES', path: 'lines[0].sku' },
    });
    expect(await api.post('/orders/T-1/deliver', {})).toMatchObject({
      body: { status: 'delivered', amountMinor: 107_300, leftMinor: 0 },
    });
    expect((await api.get(`/accounts/${retailerId}`)).body).toMatchObject({ owedMinor: 125_500, heldMinor: 0 });
    const { body } = await api.get('/orders/T-1');
    expect(body).toMatchObject({ status: 'delivered', hold: { state: 'captured' } });
    expect((body.decisions as { text: string }[])[0]?.text).toContain('10,000.00 available. Approved.');
    expect(await api.call('POST', '/orders/T-1/reopen')).toMatchObject({
      status: 409,
      body: { code: 'ORDER_NOT_CLOSED' },
    });
  });
});

test('pages of orders neither skip nor repeat one while new ones come', async () => {
  const retailerId = newShop();
  const place = (n: number) => api.post('/orders', { retailerId, orderId: `P-${n}`, amountMinor: 100 });
  for (let n = 0; n < 7; n += 1) await place(n);
  const seen: string[] = [];
  let cursor = '';
  for (let page = 0; page < 10; page += 1) {
    const { body } = await api.get(`/orders?retailerId=${retailerId}&limit=3${cursor}`);
    const { items, nextCursor } = body as unknown as { items: { orderId: string }[]; nextCursor: string | null };
    seen.push(...items.map(({ orderId }) => orderId));
    if (nextCursor === null) break;
    cursor = `&cursor=${nextCursor}`;
    await place(100 + page);
  }
  expect(seen).toEqual(['P-6', 'P-5', 'P-4', 'P-3', 'P-2', 'P-1', 'P-0']);
  const filtered = await api.get(`/orders?retailerId=${retailerId}&status=cancelled,expired`);
  expect(filtered.body).toEqual({ items: [], nextCursor: null });
  for (const bad of ['status=lost', 'limit=0', 'cursor=AAAA', 'page=2']) {
    expect((await api.get(`/orders?${bad}`)).status).toBe(422);
  }
});
