import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  buttonTap,
  cart,
  contactCard,
  delivery,
  identityChanged,
  messageFrom,
  ownPhone,
  type Person,
  text,
} from '../../src/simulator/payloads.ts';
import { shop } from '../scenarios/shop.ts';
import { type People, phoneOf, read, SECRETS, startPeople } from './support.ts';

// Nobody reaches another's account, whatever ids they come with. Each attacker tries to see it and to order on it.

let test: People;
beforeAll(async () => {
  test = await startPeople(shop);
});
afterAll(() => test.stop());

/** A shop whose phone and BSUID are known, with a cart that waits for its confirmation. */
async function victim(n: number): Promise<Person> {
  const person = { phone: phoneOf(n), bsuid: `IN.VICTIM${n}`, name: 'Victim' };
  expect((await test.chat(person).says('10 ctn coke 500')).body).toMatch(/4,320\.00/);
  return person;
}

/** Everything that would open the account if anything did. Nothing of it may be answered with more than a polite refusal. */
async function triesAll(attacker: Person, n: number): Promise<void> {
  const chat = test.chat(attacker);
  const before = chat.read().length;
  for (const said of ['balance', 'yes', 'my orders', 'same as last time', '10 ctn coke 500']) await chat.says(said);
  await chat.sends(cart([{ sku: 'CREDIT100', quantity: 1 }]));
  for (const body of read(chat).slice(before)) expect(body).not.toMatch(SECRETS);
  expect(await test.account(`shop${n}`)).toMatchObject({ heldMinor: 0n, availableMinor: 1_000_000n });
}

async function canStillOrder(person: Person, n: number): Promise<void> {
  expect((await test.chat(person).says('yes')).body).toMatch(/placed/);
  expect(await test.account(`shop${n}`)).toMatchObject({ heldMinor: 432_000n });
}

describe('an attacker reaches nothing', () => {
  it('by a change of number that Meta reports', async () => {
    const shop0 = await victim(0);
    const thief = { phone: '919900000000', bsuid: 'IN.THIEF0', name: 'Thief' };
    await test.notes(shop0, identityChanged({ ...thief, previousBsuid: shop0.bsuid ?? '' }));
    await triesAll(thief, 0);
    expect(read(test.chat(thief))[0]).toMatch(/has to confirm/);
    expect(await test.links('shop0')).toMatchObject([
      { reason: 'number_changed', state: 'waiting', bsuid: 'IN.THIEF0' },
    ]);
    await canStillOrder(shop0, 0);
  });

  it('by a change of id that shows no phone', async () => {
    const shop1 = await victim(1);
    await test.notes({ bsuid: 'IN.THIEF1' }, identityChanged({ bsuid: 'IN.THIEF1', previousBsuid: shop1.bsuid ?? '' }));
    await triesAll({ bsuid: 'IN.THIEF1' }, 1);
    expect(await test.links('shop1')).toMatchObject([{ reason: 'id_changed', state: 'waiting' }]);
    await canStillOrder(shop1, 1);
  });

  it('by a change of number whose ids stand beside each other as if they were one person', async () => {
    // The phone of a shop that never showed a BSUID: the first one seen with it in a message would be believed.
    const thief = { bsuid: 'IN.THIEF2', phone: phoneOf(2) };
    await test.notes(thief, identityChanged({ bsuid: 'IN.THIEF2', previousBsuid: 'IN.NOBODY' }));
    await triesAll({ bsuid: 'IN.THIEF2' }, 2);
    expect(await test.identities('shop2')).toEqual([phoneOf(2)]);
  });

  it('by a recycled number: a known phone with a new BSUID', async () => {
    const shop3 = await victim(3);
    const nextOwner = { phone: shop3.phone, bsuid: 'IN.NEXT3', name: 'Next owner' };
    await triesAll(nextOwner, 3);
    expect(await test.links('shop3')).toMatchObject([{ reason: 'known_phone', state: 'waiting', bsuid: 'IN.NEXT3' }]);
    // The shop is asked by its BSUID. To ask by the phone would be to ask the one who has it now.
    const asked = test.graph.sent().filter(({ body }) => /Is it yours/.test(body));
    expect(asked.map(({ to, recipient }) => ({ to, recipient }))).toContainEqual({
      to: undefined,
      recipient: 'IN.VICTIM3',
    });
    expect(asked.some(({ to }) => to === shop3.phone)).toBe(false);
    await canStillOrder({ bsuid: shop3.bsuid }, 3);
  });

  it('by tapping the button that was meant for the shop', async () => {
    const shop3 = { phone: phoneOf(3), bsuid: 'IN.VICTIM3' };
    const asked = test.graph.sentTo(shop3.bsuid).findLast(({ body }) => /Is it yours/.test(body));
    const yes = asked?.choices[0] ?? { id: '', title: '' };
    expect(yes.id).toMatch(/^own_link:/);
    const other = { phone: phoneOf(17) };
    for (const thief of [
      { phone: shop3.phone, bsuid: 'IN.NEXT3' },
      { bsuid: 'IN.NEXT3' },
      other,
      { bsuid: 'IN.STRANGER3' },
    ]) {
      await test.notes(thief, buttonTap(yes));
    }
    expect(await test.links('shop3')).toMatchObject([{ state: 'waiting' }]);
    await triesRead({ phone: shop3.phone, bsuid: 'IN.NEXT3' });
  });

  it('by a forged contact card with the phone of a shop', async () => {
    const shop4 = await victim(4);
    const thief = { bsuid: 'IN.THIEF4', name: 'Thief' };
    await test.chat(thief).sends(contactCard('Victim', phoneOf(4)));
    expect(await test.links('shop4')).toEqual([]);
    expect((await test.chat(thief).sends(ownPhone(phoneOf(4)))).body).toMatch(/has to confirm/);
    await triesAll(thief, 4);
    expect(await test.links('shop4')).toMatchObject([{ reason: 'contact_card', state: 'waiting', phone: null }]);
    await canStillOrder(shop4, 4);
  });

  it('by a contact card while being a known shop: it keeps its own account and gets no other', async () => {
    const shop5 = await victim(5);
    const thief = { phone: phoneOf(6), bsuid: 'IN.SHOP6' };
    await test.chat(thief).says('balance');
    await test.chat(thief).sends(ownPhone(phoneOf(5)));
    await test.chat(thief).sends(cart([{ sku: 'CREDIT100', quantity: 1 }]));
    expect(await test.account('shop6')).toMatchObject({ heldMinor: 10_000n });
    expect(await test.account('shop5')).toMatchObject({ heldMinor: 0n });
    await canStillOrder(shop5, 5);
  });

  it('by the parent id of a shop, shown from another portfolio', async () => {
    const shop7 = { ...(await victim(7)), parentBsuid: 'IN.ENT.SHOP7' };
    await test.chat(shop7).says('help');
    await triesAll({ bsuid: 'IN.THIEF7', parentBsuid: 'IN.ENT.SHOP7' }, 7);
    expect(await test.links('shop7')).toMatchObject([{ reason: 'known_parent', state: 'waiting' }]);
    // A known shop that shows the parent id of another: its own account, and an operator is told.
    const shop8 = { phone: phoneOf(8), bsuid: 'IN.SHOP8' };
    await test.chat(shop8).says('help');
    await test.chat({ ...shop8, parentBsuid: 'IN.ENT.SHOP7' }).sends(cart([{ sku: 'CREDIT100', quantity: 1 }]));
    expect(await test.account('shop8')).toMatchObject({ heldMinor: 10_000n });
    expect(await test.account('shop7')).toMatchObject({ heldMinor: 0n });
    expect(await test.links('shop8')).toMatchObject([{ reason: 'id_of_two', state: 'waiting' }]);
    await canStillOrder(shop7, 7);
  });

  it('by a username, which anybody can take once it is free', async () => {
    const shop9 = { ...(await victim(9)), username: 'victim.store' };
    await test.chat(shop9).says('help');
    expect(await test.identities('shop9')).toContain('victim.store');
    await triesAll({ bsuid: 'IN.THIEF9', username: 'victim.store', name: 'Victim' }, 9);
    await canStillOrder(shop9, 9);
  });

  it('by a phone that a shop no longer has: its row is empty, and so is what the new owner sees', async () => {
    const shop10 = await victim(10);
    await test.chat({ phone: shop10.phone }).says('10 ctn coke 500');
    await test.database.ownerSql('update identity set valid_to = app_clock() where value = $1', [shop10.phone]);
    await triesAll({ phone: shop10.phone }, 10);
    expect(await test.homes(`p:${shop10.phone}`)).toEqual([`p:${shop10.phone}`]);
    await canStillOrder({ bsuid: shop10.bsuid }, 10);
  });

  it('by a phone that is another shop now: each orders on its own account and sees its own cart', async () => {
    const shop11 = await victim(11);
    await test.database.ownerSql(
      `update identity set retailer_id = 'shop12', person_id = gen_random_uuid() where value = $1`,
      [shop11.phone],
    );
    expect((await test.chat({ phone: shop11.phone }).says('yes')).body).not.toMatch(/4,320/);
    await test.chat({ phone: shop11.phone }).sends(cart([{ sku: 'CREDIT100', quantity: 1 }]));
    expect(await test.account('shop12')).toMatchObject({ heldMinor: 10_000n });
    await canStillOrder({ bsuid: shop11.bsuid }, 11);
  });

  it('by coming at the same instant as the first message of the shop: of two BSUIDs on one phone one at most is believed', async () => {
    const people = [1, 2, 3, 4].map((n) => ({ phone: phoneOf(13), bsuid: `IN.SAME${n}` }));
    await Promise.all(
      people.map((person) => test.post(delivery(test.line, { messages: [messageFrom(person, text('balance'))] }))),
    );
    await test.quiet();
    const known = await test.identities('shop13');
    expect(known.filter((value) => value.startsWith('IN.'))).toHaveLength(1);
    expect(test.graph.sentTo(phoneOf(13)).filter(({ body }) => SECRETS.test(body))).toHaveLength(1);
    expect(await test.links('shop13')).toHaveLength(3);
  });

  it('by the identities of another wholesaler', async () => {
    await test.database.ownerSql(
      `insert into wholesaler (id, name, currency, language, time_zone) values ('other', 'Other', 'INR', 'en', 'UTC')`,
    );
    await test.database.ownerSql(`insert into retailer (wholesaler_id, id, name) values ('other', 'theirs', 'Theirs')`);
    await test.database.ownerSql(
      `insert into identity (wholesaler_id, id, kind, value, retailer_id)
       values ('other', gen_random_uuid(), 'bsuid', 'IN.THEIRS', 'theirs')`,
    );
    expect((await test.chat({ bsuid: 'IN.THEIRS' }).says('balance')).body).toMatch(/not registered/);
  });
});

async function triesRead(attacker: Person): Promise<void> {
  const chat = test.chat(attacker);
  const answer = await chat.says('balance');
  expect(answer.body).not.toMatch(SECRETS);
}
