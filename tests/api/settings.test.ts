import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type ApiBench, startApi } from './support.ts';

let api: ApiBench;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const patch = (body: object, idempotencyKey?: string) =>
  api.call('PATCH', '/settings', { body, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) });
const versionOf = ({ body }: Answer) => body.version as string;

test('settings are read with our defaults, changed by policy, and put back', async () => {
  const before = await api.get('/settings');
  expect(before.body).toMatchObject({
    name: 'Wholesale one',
    currency: 'INR',
    language: 'en',
    timeZone: 'Asia/Kolkata',
    policies: { confirm: 'always', minimumOrderMinor: 0, openingHours: null, notices: { send: [] } },
    decided: [],
  });
  expect(before.body.policies).not.toHaveProperty('holdLifetimeHours');

  const openingHours = { mon: [{ from: '08:00', to: '12:30' }] };
  const asked = {
    seen: versionOf(before),
    name: 'One & Sons',
    policies: { minimumOrderMinor: 50_000, openingHours, holdLifetimeHours: 48 },
  };
  const changed = await patch(asked);
  expect(changed).toMatchObject({
    status: 200,
    body: {
      name: 'One & Sons',
      policies: { confirm: 'always', minimumOrderMinor: 50_000, openingHours, holdLifetimeHours: 48 },
      decided: ['minimumOrderMinor', 'openingHours', 'holdLifetimeHours'],
      changed: ['name', 'minimumOrderMinor', 'openingHours', 'holdLifetimeHours'],
      replayed: false,
    },
  });
  expect(await patch(asked)).toMatchObject({ status: 200, body: { changed: [], replayed: true } });

  const back = await patch({ seen: versionOf(changed), reset: ['openingHours', 'holdLifetimeHours'] });
  expect(back.body).toMatchObject({ policies: { openingHours: null }, decided: ['minimumOrderMinor'] });
  expect(back.body.policies).not.toHaveProperty('holdLifetimeHours');
  const { body: audit } = await api.get('/audit?limit=1');
  expect(audit.items).toMatchObject([
    { action: 'settings_changed', actor: expect.stringMatching(/^api:/), before: { holdLifetimeHours: 48 } },
  ]);
});

test('of two who change what they read, the second learns that it is not so any more', async () => {
  const before = await api.get('/settings');
  const first = await patch({ seen: versionOf(before), policies: { confirm: 'never' } });
  expect(await patch({ seen: versionOf(before), timeZone: 'Africa/Nairobi' })).toMatchObject({
    status: 409,
    body: { code: 'CHANGED_MEANWHILE', version: versionOf(first), retryable: false },
  });
  expect((await api.get('/settings')).body).toMatchObject({ timeZone: 'Asia/Kolkata', policies: { confirm: 'never' } });
});

test('what is wrong with a setting is told with its path, and nothing is changed', async () => {
  const { body } = await api.get('/settings');
  const seen = body.version;
  const wrong: [asked: object, path: string][] = [
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ policies: { approvalHours: 0 } }, 'policies.approvalHours'],
    [{ policies: { openingHours: { mon: [{ from: '18:00', to: '08:00' }] } } }, 'policies.openingHours.mon[0]'],
    [{ policies: { notices: { remindAt: 'noon' } } }, 'policies.notices.remindAt'],
    [{ policies: { colour: 'red' } }, 'policies.colour'],
    [{ currency: 'USD' }, 'currency'],
    [{ reset: ['confirm'], policies: { confirm: 'never' } }, 'reset'],
  ];
  for (const [asked, path] of wrong) {
    expect(await patch({ seen, ...asked }), path).toMatchObject({ status: 422, body: { path } });
  }
  expect(await patch({ name: 'Two' })).toMatchObject({ status: 422, body: { path: 'seen' } });
  expect((await api.get('/settings')).body).toEqual(body);
});

test('a policy that a later version wrote hides no other', async () => {
  await api.database.ownerSql(
    `update wholesaler set policies = policies || '{"holdLifetimeHours": "long", "colour": "red", "approvalHours": 12}'
      where id = 'one'`,
  );
  const read = await api.get('/settings');
  expect(read).toMatchObject({ status: 200, body: { policies: { approvalHours: 12 } } });
  expect(read.body.policies).not.toHaveProperty('colour');
  const changed = await patch({ seen: versionOf(read), policies: { holdLifetimeHours: 24 } });
  expect(changed).toMatchObject({ status: 200, body: { policies: { approvalHours: 12, holdLifetimeHours: 24 } } });
});

test('approvers are added with their phones, listed page by page, and removed', async () => {
  const ravi = { name: 'Ravi', phone: '919800000099', language: 'hi' };
  const added = await api.post('/approvers', ravi);
  expect(added).toMatchObject({ status: 201, body: { replayed: false } });
  expect(await api.post('/approvers', ravi)).toMatchObject({ status: 200, body: { ...added.body, replayed: true } });
  await api.post('/approvers', { name: 'Meera', phone: '919800000098' });
  expect(await api.post('/approvers', { name: 'Meera', phone: ravi.phone })).toMatchObject({
    status: 409,
    body: { code: 'IDENTITY_TAKEN', detail: 'This is the phone of Ravi.' },
  });
  expect(await api.post('/approvers', { name: 'Om', phone: '+91 98' })).toMatchObject({
    status: 422,
    body: { path: 'phone' },
  });
  const first = await api.get('/approvers?limit=1');
  const rest = await api.get(`/approvers?cursor=${first.body.nextCursor as string}`);
  expect(first.body.items).toMatchObject([{ name: 'Meera', language: null }]);
  expect(rest.body).toMatchObject({
    items: [{ name: 'Ravi', language: 'hi', identities: [{ kind: 'phone', value: ravi.phone, shop: null }] }],
    nextCursor: null,
  });
  const to = `/approvers/${added.body.approverId as string}/remove`;
  expect((await api.post(to, {})).body).toMatchObject({ replayed: false });
  expect((await api.post(to, {})).body).toMatchObject({ replayed: true });
  expect((await api.get('/approvers')).body.items).toMatchObject([{ name: 'Meera' }]);
});
