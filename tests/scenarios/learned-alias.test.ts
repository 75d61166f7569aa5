import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParseResult } from '../../src/parser/index.ts';
import { type Chat, startTestService, type TestService } from '../support/service.ts';
import { shop } from './shop.ts';

let test: TestService;
beforeAll(async () => {
  test = await startTestService(shop);
});
afterAll(() => test.stop());

const asha = { phone: '919800000001', name: 'Asha' };
const ashaSecondPhone = { phone: '919800000002', name: 'Asha counter' };
const other = { phone: '919700000000', name: 'Zero' };

/** Both kinds of sugar, so that neither is what this shop usually buys. */
async function buyBoth(chat: Chat): Promise<void> {
  await chat.says('1 sugar 1kg\n1 sugar 50kg');
  expect((await chat.taps('Confirm')).body).toMatch(/placed/);
}

type Read = { learned: unknown; parsed: ParseResult };

/** What the newest message with these words was decided on. */
async function traceOf(body: string): Promise<Read | undefined> {
  const [row] = await test.database.ownerSql<Read>(
    `select facts -> 'learned' as learned, results -> 'parsed' as parsed from inbox_event
      where payload -> 'text' ->> 'body' = $1 order by id desc limit 1`,
    [body],
  );
  return row;
}

describe("a shop's own name for a product", () => {
  it('is asked about on Monday, and understood on Tuesday on every phone of that shop alone', async () => {
    const chat = test.chat(asha);
    await buyBoth(chat);
    await buyBoth(test.chat(other));

    const monday = await chat.says('5 sugar');
    expect(monday.choices.map(({ title }) => title)).toEqual(['1. Sugar 1kg', '2. Sugar 50kg']);
    expect((await chat.taps('2. Sugar 50kg')).body).toMatch(/Sugar 50kg/);
    // Chosen, and not yet ordered: nothing is learned.
    expect(await test.database.ownerSql('select 1 from learned_alias')).toEqual([]);
    expect((await chat.taps('Confirm')).body).toMatch(/placed/);
    const [event] = await test.database.ownerSql<{ id: string }>(
      `select cause_event_id as id from orders where retailer_id = 'asha' order by placed_at desc limit 1`,
    );
    expect(
      await test.database.ownerSql(
        'select retailer_id, words, sku, times_confirmed, asks, event_id from learned_alias',
      ),
    ).toEqual([
      { retailer_id: 'asha', words: 'sugar', sku: 'SUGAR50', times_confirmed: 1, asks: false, event_id: event?.id },
    ]);

    await test.database.ownerSql(`update orders set placed_at = placed_at - interval '1 day'`);
    const tuesday = await test.chat(ashaSecondPhone).says('3 bags suger');
    expect(tuesday.choices.map(({ title }) => title)).toEqual(['Confirm', 'Change', 'Cancel']);
    expect(tuesday.body).toMatch(/1\. Sugar 50kg, 3 /);
    const read = await traceOf('3 bags suger');
    expect(read?.parsed.lines).toMatchObject([{ sku: 'SUGAR50', words: 'sugar', reasons: ['learned_alias'] }]);
    expect(read?.learned).toEqual([{ words: 'sugar', sku: 'SUGAR50' }]);
    expect((await test.chat(ashaSecondPhone).taps('Confirm')).body).toMatch(/placed/);
    expect(await test.database.ownerSql('select retailer_id, times_confirmed from learned_alias')).toEqual([
      { retailer_id: 'asha', times_confirmed: 2 },
    ]);

    expect((await test.chat(other).says('3 sugar')).choices).toHaveLength(2);
  });

  it('is not learned by an order that credit refused', async () => {
    const chat = test.chat({ phone: '919700000001', name: 'One' });
    await buyBoth(chat);
    await chat.says('5 sugar');
    await chat.says('2');
    expect((await chat.says('yes')).body).not.toMatch(/placed/);
    expect(await test.database.ownerSql(`select 1 from learned_alias where retailer_id = 'shop1'`)).toEqual([]);
  });

  it('is taken back by taking the product out again: the next order asks', async () => {
    const chat = test.chat(asha);
    await chat.says('2 sugar\n1 ctn coke 500');
    await chat.says('remove sugar');
    expect((await chat.taps('Confirm')).body).toMatch(/placed/);
    expect(await test.database.ownerSql('select words, asks from learned_alias')).toEqual([
      { words: 'sugar', asks: true },
    ]);
    expect((await chat.says('5 sugar')).choices).toHaveLength(2);
  });
});
