import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCatalogueCache } from '../../src/catalogue/index.ts';
import { createConversationHandler } from '../../src/conversation/index.ts';
import { createInboxWorker, type InboxWorker } from '../../src/inbox/index.ts';
import { applyStatuses } from '../../src/outbox/index.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { cart, delivery, messageFrom, ownPhone, type Person, text } from '../../src/simulator/payloads.ts';
import { readMessage } from '../../src/whatsapp/message.ts';
import { readStatus } from '../../src/whatsapp/status.ts';
import { shop } from '../scenarios/shop.ts';
import { waitFor } from '../support/wait-for.ts';
import { type People, phoneOf, startPeople } from './support.ts';

let test: People;
beforeAll(async () => {
  test = await startPeople(shop);
});
afterAll(() => test.stop());

const conversation = async (key: string) => {
  const [row] = await test.database.ownerSql<Record<string, unknown>>(
    'select * from conversation where person_key = $1',
    [key],
  );
  return row;
};

describe('one person under two keys goes on with the same conversation', () => {
  it('the cart and its question of a phone are confirmed after the BSUID shows', async () => {
    const phone = phoneOf(0);
    const proposal = await test.chat({ phone }).says('10 ctn coke 500');
    expect(proposal.body).toMatch(/4,320\.00/);
    const both = test.chat({ phone, bsuid: 'IN.SHOP0' });
    expect((await both.taps('Confirm')).body).toMatch(/placed/);
    expect(await test.account('shop0')).toMatchObject({ heldMinor: 432_000n });
    expect(await test.homes(`p:${phone}`, 'b:IN.SHOP0')).toEqual(['b:IN.SHOP0']);
    // And once more, when the phone alone is shown: still the same chat, which knows the order as placed.
    await test.chat({ phone }).says('2 sugar 50kg');
    expect((await both.says('yes')).body).toMatch(/placed[\s\S]*4,300\.00|4,300\.00[\s\S]*placed/);
  });

  it('a pending question asked under the phone is answered by a number under the BSUID', async () => {
    const phone = phoneOf(1);
    expect((await test.chat({ phone }).says('5 sugar and 1 ctn coke 500')).choices).toHaveLength(2);
    expect((await test.chat({ phone, bsuid: 'IN.SHOP1' }).says('1')).body).toMatch(/Sugar[\s\S]*Total/);
  });

  it('a first contact by BSUID alone goes on when the phone shows, also where the phone has a chat of its own', async () => {
    const phone = phoneOf(2);
    await test.chat({ phone }).says('balance');
    const hidden: Person = { bsuid: 'IN.SHOP2' };
    expect((await test.chat(hidden).says('balance')).body).not.toMatch(/10,000/);
    // Shown together once, the person is known by both from now on.
    expect((await test.chat({ phone, ...hidden }).says('10 ctn coke 500')).body).toMatch(/4,320\.00/);
    expect((await test.chat(hidden).says('yes')).body).toMatch(/placed/);
    expect(await test.homes(`p:${phone}`, 'b:IN.SHOP2')).toEqual(['b:IN.SHOP2']);
  });

  it('a parent id joins the same conversation', async () => {
    const phone = phoneOf(3);
    await test.chat({ phone, bsuid: 'IN.SHOP3', parentBsuid: 'IN.ENT.SHOP3' }).says('10 ctn coke 500');
    const parent = test.chat({ bsuid: 'IN.ENT.SHOP3' });
    expect((await parent.says('yes')).body).toMatch(/placed/);
    expect(await test.homes('b:IN.SHOP3', 'b:IN.ENT.SHOP3')).toEqual(['b:IN.SHOP3']);
  });

  it('window, language, staff and wish for a person come along, and two carts leave the newer one', async () => {
    const phone = phoneOf(4);
    await test.chat({ phone }).says('1 ctn coke 500');
    await test.chat({ phone }).says('kiswahili tafadhali');
    await test.chat({ phone }).says('talk to a person');
    await test.database.ownerSql(`update conversation set handled_by = 'person' where person_key = $1`, [`p:${phone}`]);
    await test.notes({ phone, bsuid: 'IN.SHOP4' }, text('hello?'));
    const home = await conversation('b:IN.SHOP4');
    expect(home).toMatchObject({ handled_by: 'person', language: 'sw', retailer_id: 'shop4', home_key: null });
    expect(home?.wants_person_at).not.toBeNull();
    expect(home?.state).toMatchObject({ cart: [{ sku: 'COKE500' }] });
    expect(await conversation(`p:${phone}`)).toMatchObject({ home_key: 'b:IN.SHOP4', state: null, handled_by: 'bot' });
  });

  it('two phones of one shop share the account and never the cart', async () => {
    const [one, two] = ['919800000001', '919800000002'];
    await test.chat({ phone: one, bsuid: 'IN.ASHA1' }).says('10 ctn coke 500');
    const second = await test.chat({ phone: two, bsuid: 'IN.ASHA2' }).says('yes');
    expect(second.body).not.toMatch(/placed/);
    expect(await test.homes('b:IN.ASHA1', 'b:IN.ASHA2')).toEqual(['b:IN.ASHA1', 'b:IN.ASHA2']);
    expect(await test.account('asha')).toMatchObject({ heldMinor: 0n });
  });

  it('a phone that a known person gives of themselves is the same person from then on', async () => {
    const hidden = { bsuid: 'IN.1349120865530' };
    expect((await test.chat(hidden).sends(ownPhone('919811111111'))).body).toMatch(/noted/);
    expect((await test.chat({ phone: '919811111111' }).says('balance')).body).toMatch(/10,000\.00/);
    expect(await test.homes('p:919811111111', 'b:IN.1349120865530')).toEqual(['b:IN.1349120865530']);
    expect(await test.audit('hidden')).toContain('identity_learnt');
  });

  it('replies that wait go out once each, in the order in which they were decided', async () => {
    const phone = phoneOf(5);
    const pause = `insert into line_pause (wholesaler_id, line_id, until, reason)
                   select wholesaler_id, id, app_clock() + interval '1 hour', 'test' from line`;
    await test.database.ownerSql(pause);
    const posts = [
      { person: { phone }, body: 'balance' },
      { person: { phone }, body: 'help' },
      { person: { phone, bsuid: 'IN.SHOP5' }, body: '1 ctn coke 500' },
      { person: { phone }, body: 'what do I owe' },
    ];
    for (const [n, { person, body }] of posts.entries()) {
      await test.post(delivery(test.line, { messages: [messageFrom(person, text(body))] }));
      await waitFor('the message to be worked on', async () => {
        const rows = await test.database.ownerSql(
          `select 1 from inbox_event where state = 'done' and sender ->> 'phone' = $1`,
          [phone],
        );
        return rows.length === n + 1;
      });
    }
    expect(test.graph.sentTo(phone)).toEqual([]);
    await test.database.ownerSql('delete from line_pause');
    await test.quiet();
    const bodies = test.graph.sentTo(phone).map(({ body }) => body);
    expect(bodies).toHaveLength(4);
    expect(bodies[0]).toMatch(/Available/);
    expect(bodies[1]).toMatch(/To order/);
    expect(bodies[2]).toMatch(/432\.00/);
    expect(bodies[3]).toMatch(/Available/);
    const keys = await test.database.ownerSql(
      'select distinct person_key from outbox_message where to_phone = $1 order by 1',
      [phone],
    );
    expect(keys).toEqual([{ person_key: 'b:IN.SHOP5' }]);
  });
});

describe('both keys at the same instant', () => {
  let second: InboxWorker;
  beforeAll(async () => {
    // A worker of another process beside the service's own: rows are held by one or the other.
    const db = await test.database.connect();
    const numbers = await test.database.connect({ poolMax: 1 });
    second = createInboxWorker({
      db,
      logger: createLogger({ level: 'silent', pretty: false }),
      handler: createConversationHandler({ db: numbers, catalogues: createCatalogueCache(), readMessage }),
      readStatus,
      applyStatuses,
      codeVersion: 'test',
      onWorked: () => {},
      setMax: 2,
      pollMs: 15,
    });
    second.start();
  });
  afterAll(() => second.stop());

  it('every message is answered once, every order held once, and each person ends with one queue', async () => {
    const shops = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
    const hampers = cart([{ sku: 'CREDIT100', quantity: 1 }]);
    const ROUNDS = 6;
    for (let round = 0; round < ROUNDS; round += 1) {
      const posts = shops.flatMap((n) => {
        const phone = phoneOf(n);
        return [{ phone }, { phone, bsuid: `IN.RACE${n}` }].map((person) =>
          test.post(delivery(test.line, { messages: [messageFrom(person, hampers)] })),
        );
      });
      expect(new Set(await Promise.all(posts))).toEqual(new Set([200]));
    }
    await test.quiet();
    for (const n of shops) {
      const sent = test.graph.sentTo(phoneOf(n));
      const numbers = sent.map(({ body }) => /Order \*?(\d+)/.exec(body)?.[1]);
      expect(sent, `answers to shop ${n}`).toHaveLength(2 * ROUNDS);
      expect(new Set(numbers).size, `orders of shop ${n}`).toBe(2 * ROUNDS);
      expect(await test.account(`shop${n}`)).toMatchObject({ heldMinor: BigInt(2 * ROUNDS * 10_000) });
      expect(await test.homes(`p:${phoneOf(n)}`, `b:IN.RACE${n}`)).toEqual([`b:IN.RACE${n}`]);
      const seqs = await test.database.ownerSql<{ seq: number }>(
        'select seq from outbox_message where person_key = $1 order by seq',
        [`b:IN.RACE${n}`],
      );
      expect(new Set(seqs.map(({ seq }) => seq)).size).toBe(seqs.length);
    }
    expect(await test.database.ownerSql(`select id, last_error from inbox_event where state = 'parked'`)).toEqual([]);
  });

  it('messages of one moment under both keys are worked on in the order in which they were sent', async () => {
    const n = 16;
    const phone = phoneOf(n);
    const start = Date.now() - 60_000;
    const messages = Array.from({ length: 12 }, (_, at) =>
      messageFrom(
        at % 2 === 0 ? { phone } : { phone, bsuid: 'IN.ORDER16' },
        cart([{ sku: 'CREDIT100', quantity: 1 }]),
        {
          at: new Date(start + at * 1000),
        },
      ),
    );
    expect(await test.post(delivery(test.line, { messages }))).toBe(200);
    await test.quiet();
    const done = await test.database.ownerSql<{ at: Date }>(
      `select sent_at as at from inbox_event where sender ->> 'phone' = $1 order by done_at`,
      [phone],
    );
    expect(done).toHaveLength(12);
    expect(done.map(({ at }) => at.getTime())).toEqual([...done.map(({ at }) => at.getTime())].sort((a, b) => a - b));
    const left = test.graph.sentTo(phone).map(({ body }) => /([\d,]+\.00)(?!.*\.00)/s.exec(body)?.[1]);
    expect(left).toEqual(Array.from({ length: 12 }, (_, at) => `${((100 - at - 1) * 100).toLocaleString('en')}.00`));
  });
});
