import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAlerts } from '../../src/alerts/index.ts';
import { inTransaction } from '../../src/db/index.ts';
import {
  approveRegistration,
  confirmLink,
  listLinks,
  listRegistrations,
  refuseLink,
  refuseRegistration,
} from '../../src/people/index.ts';
import { mustExist } from '../../src/shared/assert.ts';
import { newId } from '../../src/shared/ids.ts';
import { cart, identityChanged, identityDoubted, ownPhone, type Person, text } from '../../src/simulator/payloads.ts';
import { shop } from '../scenarios/shop.ts';
import { waitFor } from '../support/wait-for.ts';
import { type People, phoneOf, read, SECRETS, startPeople } from './support.ts';

let test: People;
beforeAll(async () => {
  test = await startPeople(shop);
});
afterAll(() => test.stop());

const wholesalerId = 'test';
const by = 'staff:ravi';

/** A known shop that has written, and the person that Meta says it became. */
async function moved(n: number): Promise<{ old: Person; fresh: Person; linkId: string }> {
  const old = { phone: phoneOf(n), bsuid: `IN.OLD${n}` };
  const fresh = { phone: `9199000000${String(n).padStart(2, '0')}`, bsuid: `IN.NEW${n}` };
  await test.chat(old).says('10 ctn coke 500');
  await test.notes(old, identityChanged({ ...fresh, previousBsuid: old.bsuid }));
  const [link] = await test.links(`shop${n}`);
  return { old, fresh, linkId: mustExist(link, 'a link').id };
}

const confirm = (linkId: string, keepOld?: boolean) =>
  inTransaction(test.database.db, (tx) =>
    confirmLink(tx, { wholesalerId, linkId, by, ...(keepOld === undefined ? {} : { keepOld }) }),
  );
const refuse = (linkId: string) =>
  inTransaction(test.database.db, (tx) => refuseLink(tx, { wholesalerId, linkId, by }));
const openAlerts = async () =>
  (await listAlerts(test.database.db.prisma, { wholesalerId })).map(({ kind, key }) => `${kind} ${key}`);

describe('a change of number', () => {
  it('waits until staff confirm it; then the new number has the account and the old one has not', async () => {
    const { old, fresh, linkId } = await moved(0);
    expect(await openAlerts()).toContain(`identity_unconfirmed ${linkId}`);
    expect((await listLinks(test.database.db.prisma, wholesalerId)).map(({ id }) => id)).toContain(linkId);
    expect((await test.chat(fresh).says('balance')).body).toBe(
      'Hello, this is the ordering line of Test Wholesale. You write from a number or account that is new to us. Before you ' +
        'can order here, Test Wholesale has to confirm that it is yours; they have been told.',
    );
    expect(await confirm(linkId)).toEqual({ kind: 'confirmed' });
    await test.quiet();
    expect(read(test.chat({ bsuid: 'IN.NEW0' })).at(-1)).toMatch(/has confirmed that this number is yours/);
    expect((await test.chat(fresh).sends(cart([{ sku: 'CREDIT100', quantity: 1 }]))).body).toMatch(/placed/);
    expect((await test.chat(old).says('balance')).body).not.toMatch(SECRETS);
    expect((await test.chat({ phone: old.phone }).says('balance')).body).not.toMatch(SECRETS);
    expect(await test.identities('shop0')).toEqual([fresh.phone, fresh.bsuid]);
    expect(await test.account('shop0')).toMatchObject({ heldMinor: 10_000n });
    expect(await openAlerts()).not.toContain(`identity_unconfirmed ${linkId}`);
    expect(await test.audit('shop0')).toEqual(['identity_learnt', 'link_proposed', 'link_confirmed']);
    expect(await confirm(linkId)).toEqual({ kind: 'already', state: 'confirmed' });
    expect(await refuse(linkId)).toEqual({ kind: 'already', state: 'confirmed' });
  });

  it('is confirmed by the old identity in its own chat, where that can still write', async () => {
    const { old, fresh } = await moved(1);
    await test.chat(fresh).says('balance');
    await test.quiet();
    expect(read(test.chat({ bsuid: old.bsuid })).at(-1)).toMatch(/Is it yours/);
    expect((await test.chat({ bsuid: old.bsuid }).taps('Yes, it is ours')).body).toMatch(/can order for your shop/);
    await test.quiet();
    expect(await test.links('shop1')).toMatchObject([{ state: 'confirmed', decided_by: 'retailer:shop1' }]);
    expect((await test.chat(fresh).says('balance')).body).toMatch(/10,000\.00/);
  });

  it('is refused by the old identity: the new one hears it and is not asked about again', async () => {
    const { old, fresh } = await moved(2);
    await test.chat(fresh).says('balance');
    expect((await test.chat({ bsuid: old.bsuid }).taps('No')).body).toMatch(/no access/);
    await test.quiet();
    expect(read(test.chat({ bsuid: fresh.bsuid })).at(-1)).toMatch(/could not confirm/);
    await test.notes(old, identityChanged({ bsuid: 'IN.NEW2', phone: fresh.phone ?? '', previousBsuid: 'IN.OLD2' }));
    expect((await test.chat(fresh).says('balance')).body).not.toMatch(SECRETS);
    expect(await test.links('shop2')).toHaveLength(1);
    expect((await test.chat({ bsuid: old.bsuid }).says('yes')).body).toMatch(/placed/);
    expect(await listRegistrations(test.database.db.prisma, wholesalerId)).not.toContainEqual(
      expect.objectContaining({ bsuid: 'IN.NEW2' }),
    );
  });

  it('may be a further phone: then both have the account, and each its own cart', async () => {
    const { old, fresh, linkId } = await moved(3);
    await test.chat(fresh).says('balance');
    expect(await confirm(linkId, true)).toEqual({ kind: 'confirmed' });
    await test.quiet();
    expect((await test.chat(fresh).says('yes')).body).not.toMatch(/placed/);
    expect((await test.chat(old).says('yes')).body).toMatch(/placed/);
    expect((await test.chat(fresh).says('balance')).body).toMatch(/4,320\.00/);
    expect(await test.identities('shop3')).toEqual([old.phone, fresh.phone, fresh.bsuid, old.bsuid]);
  });

  it('of somebody nobody knows claims nothing', async () => {
    await test.notes({ bsuid: 'IN.WHO' }, identityChanged({ bsuid: 'IN.WHO', previousBsuid: 'IN.NOBODY' }));
    expect((await test.chat({ bsuid: 'IN.WHO' }).says('hi')).body).toMatch(/not registered/);
  });

  it('that nobody decides on lapses and can be claimed anew', async () => {
    const { fresh, linkId } = await moved(4);
    await test.database.ownerSql('update identity_link set expires_at = app_clock() where id = $1', [linkId]);
    expect(await confirm(linkId)).toEqual({ kind: 'already', state: 'expired' });
    await test.notes(
      { phone: phoneOf(4), bsuid: 'IN.OLD4' },
      identityChanged({ bsuid: 'IN.NEW4', phone: fresh.phone ?? '', previousBsuid: 'IN.OLD4' }),
    );
    expect((await test.links('shop4')).map(({ state }) => state)).toEqual(['expired', 'waiting']);
  });

  it('says so when there is no such link', async () => {
    expect(await confirm(newId())).toEqual({ kind: 'not_found' });
    expect(await refuse('no uuid')).toEqual({ kind: 'not_found' });
  });
});

describe('a new owner of the same chat', () => {
  it('on a known phone gets the account only by staff, and the old BSUID ends then', async () => {
    const phone = phoneOf(5);
    await test.chat({ phone, bsuid: 'IN.FIRST5' }).says('10 ctn coke 500');
    await test.chat({ phone, bsuid: 'IN.SECOND5' }).says('balance');
    const [link] = await test.links('shop5');
    expect(await confirm(mustExist(link, 'a link').id)).toEqual({ kind: 'confirmed' });
    await test.quiet();
    expect((await test.chat({ phone, bsuid: 'IN.SECOND5' }).says('balance')).body).toMatch(/10,000\.00/);
    expect((await test.chat({ bsuid: 'IN.FIRST5' }).says('yes')).body).not.toMatch(SECRETS);
    expect(await test.homes(`p:${phone}`, 'b:IN.SECOND5')).toContain('b:IN.SECOND5');
  });

  it('a changed security code shuts the account until staff have looked, and keeps the cart', async () => {
    const person = { phone: phoneOf(6), bsuid: 'IN.CODE6' };
    await test.chat(person).says('10 ctn coke 500');
    await test.notes({ phone: person.phone }, identityDoubted(person.phone));
    expect((await test.chat(person).says('yes')).body).toMatch(/has to confirm/);
    expect(await test.account('shop6')).toMatchObject({ heldMinor: 0n });
    const [link] = await test.links('shop6');
    expect(link).toMatchObject({ reason: 'identity_changed', state: 'waiting' });
    expect(await confirm(mustExist(link, 'a link').id)).toEqual({ kind: 'confirmed' });
    expect((await test.chat(person).says('yes')).body).toMatch(/placed/);
  });

  it('a changed security code that staff refuse ends the identity', async () => {
    const person = { phone: phoneOf(7), bsuid: 'IN.CODE7' };
    await test.chat(person).says('balance');
    await test.notes({ phone: person.phone }, identityDoubted(person.phone));
    const [link] = await test.links('shop7');
    expect(await refuse(mustExist(link, 'a link').id)).toEqual({ kind: 'refused' });
    expect((await test.chat(person).says('balance')).body).not.toMatch(SECRETS);
    expect(await test.identities('shop7')).toEqual([]);
    expect(await test.audit('shop7')).toEqual(['identity_learnt', 'link_proposed', 'link_refused']);
  });

  it('a phone that a hidden person gave as its own is confirmed in the chat of that phone', async () => {
    const phone = phoneOf(8);
    await test.chat({ phone }).says('balance');
    await test.chat({ bsuid: 'IN.HIDDEN8' }).sends(ownPhone(phone));
    await test.quiet();
    expect((await test.chat({ phone }).taps('Yes, it is ours')).body).toMatch(/can order/);
    await test.quiet();
    expect((await test.chat({ bsuid: 'IN.HIDDEN8' }).says('balance')).body).toMatch(/10,000\.00/);
    // One person now, with one conversation.
    await test.chat({ phone }).says('balance');
    expect(await test.homes(`p:${phone}`, 'b:IN.HIDDEN8')).toEqual(['b:IN.HIDDEN8']);
  });
});

describe('somebody whom nobody knows', () => {
  const stranger = { phone: '919955500001', bsuid: 'IN.STRANGER1', name: 'Neha' };
  const request = async (bsuid: string) =>
    (await listRegistrations(test.database.db.prisma, wholesalerId)).filter((one) => one.bsuid === bsuid);

  it('asks to be registered once, however often they write, and staff link them to a shop', async () => {
    for (const said of ['hello', '10 ctn coke 500', 'hello?']) {
      expect((await test.chat(stranger).says(said)).body).toMatch(/not registered/);
    }
    const requests = await request(stranger.bsuid);
    expect(requests).toMatchObject([{ phone: stranger.phone, profileName: 'Neha' }]);
    const requestId = mustExist(requests[0], 'a request').id;
    const approve = (retailerId: string) =>
      inTransaction(test.database.db, (tx) => approveRegistration(tx, { wholesalerId, requestId, retailerId, by }));
    expect(await approve('no such shop')).toEqual({ kind: 'no_such_retailer' });
    expect(await approve('shop9')).toEqual({ kind: 'approved' });
    expect(await approve('shop9')).toEqual({ kind: 'already', state: 'approved' });
    await test.quiet();
    expect(read(test.chat({ bsuid: stranger.bsuid })).at(-1)).toBe(
      'Welcome! You are registered with Test Wholesale as Shop 9. Write what you need to order.',
    );
    expect((await test.chat(stranger).sends(cart([{ sku: 'CREDIT100', quantity: 1 }]))).body).toMatch(/placed/);
    expect(await test.audit('shop9')).toEqual(['registration_approved']);
    expect(await request(stranger.bsuid)).toEqual([]);
  });

  it('who was refused is answered as before and not asked about again', async () => {
    const person = { bsuid: 'IN.STRANGER2' };
    await test.chat(person).says('hello');
    const requestId = mustExist((await request(person.bsuid))[0], 'a request').id;
    const refused = await inTransaction(test.database.db, (tx) =>
      refuseRegistration(tx, { wholesalerId, requestId, by }),
    );
    expect(refused).toEqual({ kind: 'refused' });
    await waitFor('the word of it', () => test.chat(person).read()[1]);
    expect((await test.chat(person).says('hello')).body).toMatch(/not registered/);
    expect(await request(person.bsuid)).toEqual([]);
  });

  it('gives staff the phone that they shared, which is a hint and opens nothing', async () => {
    const person = { bsuid: 'IN.STRANGER3' };
    const asked = await test.chat(person).says('hello');
    expect(asked.message).toMatchObject({ type: 'interactive', interactive: { type: 'contact_request' } });
    expect(asked.body).toMatch(/not registered.*\n.*share it/s);
    // Once is enough.
    expect((await test.chat(person).says('hello?')).message.type).toBe('text');
    expect((await test.chat(person).sends(ownPhone('919955500003'))).body).toMatch(/has your number now/);
    expect(await request(person.bsuid)).toMatchObject([{ phone: null, givenPhone: '919955500003' }]);
  });

  it('is not written down where the wholesaler wants no registrations', async () => {
    await test.database.ownerSql(`update wholesaler set policies = '{"unknownPersons": "refuse"}'`);
    await test.chat({ bsuid: 'IN.STRANGER4' }).says('hello');
    expect(await request('IN.STRANGER4')).toEqual([]);
    await test.database.ownerSql(`update wholesaler set policies = '{}'`);
  });
});

it('the audit holds ids and states, and no number, name or word of anybody', async () => {
  const rows = await test.database.ownerSql<{ row: string }>(
    'select to_jsonb(audit_entry)::text as row from audit_entry',
  );
  expect(rows.length).toBeGreaterThan(10);
  for (const { row } of rows) expect(row).not.toMatch(/9197|9199|IN\.|Neha|Shop \d/);
  await test.notes({ phone: phoneOf(19) }, text('hi'));
});
