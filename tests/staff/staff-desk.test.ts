import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mustExist } from '../../src/shared/assert.ts';
import { createStaffDesk, passwordProblem, type Role, type StaffDesk } from '../../src/staff/index.ts';
import { addStaff, SESSION_SECRET } from '../support/console.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addTenant } from '../support/tenants.ts';

let database: TestDatabase;
let desk: StaffDesk;
let wholesalerId: string;

const newDesk = (secret = SESSION_SECRET): StaffDesk => createStaffDesk({ db: database.db, secret });

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
beforeEach(async () => {
  ({ wholesalerId } = await addTenant(database));
  desk = newDesk();
  await database.ownerSql('delete from sign_in_throttle');
});

const invite = (email: string, role: Role = 'sales') => desk.invite({ wholesalerId, email, name: null, role }, 'test');
const from = (address: string) => ({ address });

test('a link lets somebody in once, to choose the password they sign in with from then on', async () => {
  const { token, staff } = mustExist(await invite('lata@example.com'), 'an invitation');
  expect(await desk.openLink(token)).toMatchObject({
    kind: 'open',
    staff: { email: 'lata@example.com', role: 'sales' },
  });
  const opened = mustExist(await desk.acceptInvitation(token, 'mango rain 42 days'), 'a session');
  expect(await desk.sessionOf(opened.token, { touch: true })).toMatchObject({
    staff: { id: staff.id, name: 'lata' },
    wholesaler: { id: wholesalerId, currency: 'INR' },
  });
  expect(await desk.openLink(token)).toEqual({ kind: 'gone' });
  expect(await desk.acceptInvitation(token, 'another password')).toBeNull();
  // Letters large and small are one address; in the password they count.
  const again = { email: 'LATA@example.com', ...from('10.0.0.1') };
  expect(await desk.signIn({ ...again, password: 'mango rain 42 days' })).toMatchObject({ kind: 'signed_in' });
  expect(await desk.signIn({ ...again, password: 'Mango rain 42 days' })).toEqual({ kind: 'wrong' });
});

test('a newer link makes the older one void, and two who use one link at once make one session', async () => {
  const older = mustExist(await invite('ravi@example.com'), 'an invitation');
  const newer = mustExist(await invite('ravi@example.com', 'admin'), 'an invitation');
  expect(newer.staff).toMatchObject({ id: older.staff.id, role: 'admin' });
  expect(await desk.acceptInvitation(older.token, 'long enough words')).toBeNull();
  const both = await Promise.all([1, 2].map(() => desk.acceptInvitation(newer.token, 'long enough words')));
  expect(both.filter((opened) => opened !== null)).toHaveLength(1);
});

test('a role counts from the next page on, and whoever left is out', async () => {
  const { token } = await addStaff(database, { wholesalerId, role: 'viewer', email: 'om@example.com' });
  await invite('om@example.com', 'admin');
  expect(await desk.sessionOf(token, { touch: true })).toMatchObject({ staff: { role: 'admin' } });
  await database.ownerSql(`update staff_user set left_at = now() where email = 'om@example.com'`);
  expect(await desk.sessionOf(token, { touch: true })).toBeNull();
});

test('a session ends after twelve hours without a sign of life, and a page that refreshes itself is none', async () => {
  const { token } = await addStaff(database, { wholesalerId, role: 'cashier' });
  const left = async () => {
    const [row] = await database.ownerSql<{ hours: number }>(
      `select round(extract(epoch from expires_at - now()) / 3600)::int as hours from staff_session
        where wholesaler_id = $1`,
      [wholesalerId],
    );
    return row?.hours;
  };
  await database.ownerSql(
    `update staff_session set seen_at = now() - interval '7 hours', expires_at = now() + interval '5 hours',
                              created_at = now() - interval '7 hours' where wholesaler_id = $1`,
    [wholesalerId],
  );
  await desk.sessionOf(token, { touch: false });
  expect(await left()).toBe(5);
  await desk.sessionOf(token, { touch: true });
  expect(await left()).toBe(12);
  await database.ownerSql(
    `update staff_session set created_at = now() - interval '13 hours', expires_at = now() - interval '1 second'
      where wholesaler_id = $1`,
    [wholesalerId],
  );
  expect(await desk.sessionOf(token, { touch: true })).toBeNull();
});

test('signing out everywhere ends every session; a new password ends all but the one that set it', async () => {
  const { email, password, token } = await addStaff(database, { wholesalerId, role: 'sales' });
  const other = await desk.signIn({ email, password, ...from('10.0.0.2') });
  const session = mustExist(await desk.sessionOf(token, { touch: true }), 'a session');
  const change = { present: password, next: 'a wholly new phrase', token };
  expect(await desk.changePassword(session.staff, { ...change, present: 'wrong' })).toEqual({ kind: 'wrong' });
  expect(await desk.changePassword(session.staff, change)).toEqual({ kind: 'changed' });
  expect(await desk.sessionOf(token, { touch: true })).not.toBeNull();
  expect(other.kind === 'signed_in' && (await desk.sessionOf(other.token, { touch: true }))).toBeNull();
  await desk.signOutEverywhere(session.staff);
  expect(await desk.sessionOf(token, { touch: true })).toBeNull();
});

test('after five wrong passwords an account waits, also in another process and with the right one', async () => {
  const { email, password } = await addStaff(database, { wholesalerId, role: 'admin' });
  for (let n = 1; n <= 5; n += 1) {
    // From many machines: it is the account that is guarded.
    expect(await desk.signIn({ email, password: 'guess', ...from(`10.0.1.${n}`) })).toEqual({ kind: 'wrong' });
  }
  const restarted = newDesk();
  const waiting = await restarted.signIn({ email, password, ...from('10.0.1.9') });
  expect(waiting).toMatchObject({ kind: 'too_many' });
  expect(waiting.kind === 'too_many' && waiting.retryAfterSeconds).toBeGreaterThan(10);
  // The wait over, the right password lets in and the count starts anew.
  await database.ownerSql(`update sign_in_throttle set blocked_until = now(), last_at = now() - interval '20 seconds'`);
  expect(await restarted.signIn({ email, password, ...from('10.0.1.9') })).toMatchObject({ kind: 'signed_in' });
  expect(await restarted.signIn({ email, password: 'guess', ...from('10.0.1.9') })).toEqual({ kind: 'wrong' });
});

test('guesses side by side are all counted, and waits grow', async () => {
  const { email } = await addStaff(database, { wholesalerId, role: 'admin' });
  const guesses = await Promise.all(
    Array.from({ length: 12 }, (_, n) => desk.signIn({ email, password: `guess ${n}`, ...from('10.0.2.1') })),
  );
  expect(guesses.filter(({ kind }) => kind === 'wrong')).toHaveLength(5);
  const waits: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    await database.ownerSql(
      `update sign_in_throttle set blocked_until = now() - interval '1 second' where kind = 'account'`,
    );
    await desk.signIn({ email, password: 'guess', ...from('10.0.2.1') });
    const refused = await desk.signIn({ email, password: 'guess', ...from('10.0.2.1') });
    waits.push(refused.kind === 'too_many' ? refused.retryAfterSeconds : 0);
  }
  expect(waits).toEqual([30, 60, 120]);
});

test('one machine that tries many addresses waits, too; others do not', async () => {
  for (let n = 0; n < 30; n += 1) {
    await desk.signIn({ email: `nobody${n}@example.com`, password: 'guess', ...from('10.0.3.1') });
  }
  const asked = { email: 'nobody99@example.com', password: 'guess' };
  expect(await desk.signIn({ ...asked, ...from('10.0.3.1') })).toMatchObject({ kind: 'too_many' });
  expect(await desk.signIn({ ...asked, ...from('10.0.3.2') })).toEqual({ kind: 'wrong' });
});

test('whoever works for two wholesalers under one password says which', async () => {
  const second = await addTenant(database);
  const email = 'both@example.com';
  const { password } = await addStaff(database, { wholesalerId, role: 'sales', email });
  await addStaff(database, { wholesalerId: second.wholesalerId, role: 'admin', email });
  const asked = { email, password, ...from('10.0.4.1') };
  const which = await desk.signIn(asked);
  expect(which.kind === 'which' && which.choices.map((choice) => choice.wholesalerId).sort()).toEqual(
    [wholesalerId, second.wholesalerId].sort(),
  );
  expect(await desk.signIn({ ...asked, wholesalerId: second.wholesalerId })).toMatchObject({
    kind: 'signed_in',
    staff: { wholesalerId: second.wholesalerId, role: 'admin' },
  });
});

test('the database alone lets nobody in: tokens and addresses are there as hashes under the secret', async () => {
  const { token } = await addStaff(database, { wholesalerId, role: 'admin' });
  expect(await newDesk('another secret of 32 characters ....').sessionOf(token, { touch: true })).toBeNull();
  await desk.signIn({ email: 'spy@example.com', password: 'guess', ...from('10.9.9.9') });
  const rows = await database.ownerSql<{ row: string }>(
    `select s::text as row from staff_session s union all select t::text from sign_in_throttle t
      union all select l::text from staff_link l`,
  );
  const text = rows.map(({ row }) => row).join('\n');
  for (const secret of [token, 'spy@example.com', '10.9.9.9']) expect(text).not.toContain(secret);
});

test('the first run is over as soon as there is a wholesaler', async () => {
  expect(await desk.firstRunToken()).toBeNull();
});

test.each([
  ['short', /at least 10/],
  ['aaaaaaaaaaaaa', /easy to guess/],
  ['lata@example.com', /name or address/],
  ['x'.repeat(201), /at most 200|easy/],
])('a poor password is refused with a reason: %#', (password, reason) => {
  expect(passwordProblem(password, { email: 'lata@example.com', name: 'Lata' })).toMatch(reason);
});

test('four plain words are a good password', () => {
  expect(passwordProblem('mango rain tin drum', { email: 'lata@example.com', name: 'Lata' })).toBeNull();
});
