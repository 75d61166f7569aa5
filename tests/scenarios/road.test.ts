import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../src/credit/index.ts';
import type { ParseResult } from '../../src/parser/index.ts';
import { cart, delivery, messageFrom, reaction, text, voiceNote } from '../../src/simulator/payloads.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { shop } from './shop.ts';

let test: TestService;
beforeAll(async () => {
  test = await startTestService(shop);
});
afterAll(() => test.stop());

const asha = { phone: '919800000001', name: 'Asha' };
const ashaSecondPhone = { phone: '919800000002', name: 'Asha counter' };

describe('one order, from WhatsApp to the ledger and back', () => {
  it('is proposed with total and credit, confirmed by a tap, and placed on credit', async () => {
    const chat = test.chat({ phone: '919700000000', name: 'Zero' });
    const proposal = await chat.says('10 ctn coke 500');
    expect(proposal.body).toMatch(/Coca-Cola 500ml/);
    expect(proposal.body).toMatch(/4,320\.00/);
    expect(proposal.body).toMatch(/5,680\.00/);
    expect(proposal.choices.map((choice) => choice.title)).toEqual(['Confirm', 'Change', 'Cancel']);
    const placed = await chat.taps('Confirm');
    expect(placed.body).toMatch(/placed/);
    expect(placed.body).toMatch(/4,320\.00/);
    expect(placed.body).toMatch(/5,680\.00/);
    expect(await test.account('shop0')).toMatchObject({ heldMinor: 432_000n, availableMinor: 568_000n });
  });

  it('a second tap on Confirm never places a second order', async () => {
    const chat = test.chat({ phone: '919700000001', name: 'One' });
    await chat.says('1 ctn coke 500');
    const [first, second] = await Promise.all([chat.taps('Confirm'), chat.taps('Confirm')]);
    expect(first.body).toMatch(/placed/);
    expect(second.body).toMatch(/placed/);
    expect(await test.account('shop1')).toMatchObject({ heldMinor: 43_200n });
  });

  it('a delivery that Meta repeats has one effect and one answer', async () => {
    const person = { phone: '919700000002', name: 'Two' };
    const body = delivery(test.line, { messages: [messageFrom(person, cart([{ sku: 'CREDIT100', quantity: 5 }]))] });
    expect(await Promise.all([test.post(body), test.post(body), test.post(body)])).toEqual([200, 200, 200]);
    await test.quiet();
    expect(await test.post(body)).toBe(200);
    await test.quiet();
    expect(test.chat(person).read()).toHaveLength(1);
    expect(await test.account('shop2')).toMatchObject({ heldMinor: 50_000n });
  });

  it('of 75,000 and 40,000 at the same instant on a limit of 100,000 exactly one is approved', async () => {
    const [first, second] = await Promise.all([
      test.chat(asha).sends(cart([{ sku: 'CREDIT100', quantity: 750 }])),
      test.chat(ashaSecondPhone).sends(cart([{ sku: 'CREDIT100', quantity: 400 }])),
    ]);
    const bodies = [first.body, second.body];
    expect(bodies.filter((body) => /placed/.test(body))).toHaveLength(1);
    const refused = bodies.find((body) => !/placed/.test(body)) ?? '';
    const { heldMinor } = await test.account('asha');
    if (heldMinor === 7_500_000n) {
      expect(refused).toMatch(/40,000\.00/);
      expect(refused).toMatch(/25,000\.00/);
      expect(refused).toMatch(/15,000\.00/);
    } else {
      expect(heldMinor).toBe(4_000_000n);
      expect(refused).toMatch(/75,000\.00/);
      expect(refused).toMatch(/60,000\.00/);
      expect(refused).toMatch(/15,000\.00/);
    }
  });

  it('a cancelled order gives its credit back for the next one', async () => {
    const chat = test.chat({ phone: '919700000003', name: 'Three' });
    await chat.sends(cart([{ sku: 'CREDIT100', quantity: 90 }]));
    expect(await test.account('shop3')).toMatchObject({ availableMinor: 100_000n });
    const asked = await chat.says('cancel my order');
    const cancelled = asked.choices.length > 0 ? await chat.says('yes') : asked;
    expect(cancelled.body).toMatch(/9,000\.00/);
    expect(await test.account('shop3')).toMatchObject({ heldMinor: 0n, availableMinor: 1_000_000n });
    expect((await chat.sends(cart([{ sku: 'CREDIT100', quantity: 100 }]))).body).toMatch(/placed/);
    expect(await test.account('shop3')).toMatchObject({ availableMinor: 0n });
  });

  it('keeps with the event how the message was read: what was sure, from which words, and why', async () => {
    const said = '5 sugar and 1 ctn coke 500';
    await test.chat({ phone: '919700000005', name: 'Five' }).says(said);
    const [row] = await test.database.ownerSql<{ parsed: ParseResult }>(
      `select results -> 'parsed' as parsed from inbox_event where payload -> 'text' ->> 'body' = $1 and person_key like '%919700000005%'`,
      [said],
    );
    const { intent, lines, clarify } = row?.parsed ?? {};
    expect([intent, lines?.length, clarify?.length]).toEqual(['order', 1, 1]);
    const [line] = lines ?? [];
    expect(said.slice(line?.span.start, line?.span.end)).toBe('1 ctn coke 500');
    expect(line).toMatchObject({ act: 'add', confidence: expect.any(Number), reasons: [expect.any(String)] });
  });

  it('asks which product is meant, keeps the quantity, and takes a typed number as the answer', async () => {
    const chat = test.chat({ phone: '919700000004', name: 'Four' });
    const question = await chat.says('5 sugar and 1 ctn coke 500');
    expect(question.choices).toHaveLength(2);
    const proposal = await chat.says('1');
    expect(proposal.body).toMatch(/Sugar/);
    expect(proposal.body).toMatch(/Coca-Cola/);
    expect(proposal.body).toMatch(/Total/);
  });

  it('knows a person by business-scoped id alone and answers there', async () => {
    const person = { bsuid: 'IN.1349120865530', name: 'Hidden' };
    const placed = await test.chat(person).sends(cart([{ sku: 'CREDIT100', quantity: 1 }]));
    expect(placed.body).toMatch(/placed/);
    expect(placed.recipient).toBe('IN.1349120865530');
    expect(placed.to).toBeUndefined();
  });

  it('refuses a blocked account and says so, an unknown person politely, and a voice note by asking for text', async () => {
    const refused = await test.chat({ phone: '919800000004' }).sends(cart([{ sku: 'CREDIT100', quantity: 1 }]));
    expect(refused.body).not.toMatch(/placed/);
    const unknown = await test.chat({ phone: '919899999999', name: 'Nobody' }).says('10 ctn coke 500');
    expect(unknown.body).not.toMatch(/Coca-Cola|4,320|limit/);
    const voice = await test.chat({ phone: '919700000005' }).sends(voiceNote());
    expect(voice.body).toMatch(/text|type|write/i);
  });

  it('never lets the next owner of a number order on the credit of the shop that had it', async () => {
    const owner = { phone: '919700000012', bsuid: 'IN.FIRSTOWNER12', name: 'Twelve' };
    expect((await test.chat(owner).says('balance')).body).toMatch(/10,000\.00/);
    // The first business-scoped id seen with the phone is kept: known now without the phone, too.
    expect((await test.chat({ bsuid: owner.bsuid }).says('balance')).body).toMatch(/10,000\.00/);
    const stranger = { phone: owner.phone, bsuid: 'IN.NEXTOWNER12', name: 'Somebody else' };
    const refused = await test.chat(stranger).sends(cart([{ sku: 'CREDIT100', quantity: 1 }]));
    expect(refused.body).not.toMatch(/placed|10,000/);
    expect(await test.account('shop12')).toMatchObject({ heldMinor: 0n });
  });

  it('shows staff who asked for a person', async () => {
    await test.chat({ phone: '919700000011', name: 'Eleven' }).says('talk to a person');
    const waiting = await test.database.ownerSql<{ person_key: string }>(
      'select person_key from conversation where wants_person_at is not null',
    );
    expect(waiting).toEqual([{ person_key: 'p:919700000011' }]);
  });

  it('answers every person of one batch, and nobody for reactions', async () => {
    const people = [6, 7, 8].map((n) => ({ phone: `91970000000${n}`, name: `Shop ${n}` }));
    const messages = [
      ...people.map((person) => messageFrom(person, text('balance'))),
      messageFrom({ phone: '919700000009' }, reaction('wamid.x', '👍')),
    ];
    expect(await test.post(delivery(test.line, { messages }))).toBe(200);
    await test.quiet();
    for (const person of people) expect(test.chat(person).read()).toHaveLength(1);
    expect(test.chat({ phone: '919700000009' }).read()).toHaveLength(0);
  });

  it('stores nothing of an unsigned delivery and answers nobody on an unknown line', async () => {
    const person = { phone: '919700000010', name: 'Ten' };
    const body = delivery(test.line, { messages: [messageFrom(person, text('balance'))] });
    expect(await test.post(body, { signature: `sha256=${'0'.repeat(64)}` })).toBe(401);
    const other = { ...test.line, phoneNumberId: '999999999999999' };
    expect(await test.post(delivery(other, { messages: [messageFrom(person, text('balance'))] }))).toBe(200);
    await test.quiet();
    expect(test.chat(person).read()).toHaveLength(0);
  });

  it('ends with a ledger that proves every account', async () => {
    await test.quiet();
    expect(await verifyLedger(test.database.db, {})).toMatchObject({ ok: true, firstBad: null });
  });
});
