import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/shared/ids.ts';
import { type ApiBench, startApi } from './support.ts';

let api: ApiBench;
beforeAll(async () => {
  api = await startApi();
  await api.database.ownerSql(
    `insert into conversation (wholesaler_id, line_id, person_key) select 'one', id, 'p:919800000001' from line where wholesaler_id = 'one'`,
  );
});
afterAll(() => api.stop());

/** A message as a worker left it. */
async function addEvent(state: 'waiting' | 'done' | 'parked'): Promise<string> {
  const id = newId();
  await api.database.ownerSql(
    `insert into inbox_event (wholesaler_id, id, line_id, event_key, kind, person_key, sender, payload, sent_at, state, tries, last_error)
     select 'one', $1::uuid, id, 'm:' || $1::text, 'message', 'p:919800000001', '{"phone":"919800000001"}',
            '{"type":"text"}', app_clock(), $2, 4, 'broken' from line where wholesaler_id = 'one'`,
    [id, state],
  );
  return id;
}

const idsIn = (answer: { body: Record<string, unknown> }): string[] =>
  (answer.body.items as { id: string }[]).map(({ id }) => id);

test('deliveries are listed by state, kind and time, in pages', async () => {
  const ids = [await addEvent('done'), await addEvent('done'), await addEvent('done')].reverse();
  const first = await api.get('/deliveries?kind=message&state=done&limit=2');
  const rest = await api.get(`/deliveries?kind=message&state=done&limit=2&cursor=${first.body.nextCursor as string}`);
  expect([idsIn(first), idsIn(rest), rest.body.nextCursor]).toEqual([ids.slice(0, 2), ids.slice(2), null]);
  expect(idsIn(await api.get('/deliveries?kind=status'))).toEqual([]);
  expect(first.body.items).toMatchObject([{ kind: 'message', lastError: 'broken' }, {}]);
  expect(first.body.items).not.toMatchObject([{ payload: expect.anything() }, {}]);
  const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
  expect(idsIn(await api.get(`/deliveries?from=${anHourAgo}`))).toEqual(ids);
  expect(idsIn(await api.get(`/deliveries?until=${anHourAgo}`))).toEqual([]);
  expect((await api.get('/deliveries?kind=letter')).status).toBe(422);
});

test('a parked delivery is processed again once, by whatever key it is asked', async () => {
  const id = await addEvent('parked');
  expect(idsIn(await api.get('/deliveries?state=parked'))).toEqual([id]);
  const answers = await Promise.all(
    ['k1', 'k1', 'k2'].map((idempotencyKey) => api.call('POST', `/deliveries/${id}/again`, { idempotencyKey })),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const [made, ...others] = new Set(answers.map(({ body }) => body.deliveryId as string));
  expect(others).toEqual([]);
  expect(idsIn(await api.get('/deliveries?state=parked'))).toEqual([]);
  expect(idsIn(await api.get('/deliveries?state=waiting'))).toEqual([made]);
  expect((await api.get(`/deliveries/${id}`)).body).toMatchObject({ state: 'kept', againAs: made });
  expect((await api.get(`/deliveries/${made}`)).body).toMatchObject({ state: 'waiting', tries: 0, againOf: id });
});

test('a parked delivery is set aside with a reason, and then waits for nobody', async () => {
  const id = await addEvent('parked');
  expect(await api.post(`/deliveries/${id}/set-aside`, { reason: ' ' })).toMatchObject({ status: 422 });
  expect(await api.post(`/deliveries/${id}/set-aside`, { reason: 'called them' })).toMatchObject({ status: 200 });
  expect(await api.call('POST', `/deliveries/${id}/again`)).toMatchObject({
    status: 409,
    body: { code: 'NOT_PARKED' },
  });
  expect((await api.get('/audit')).body.items).toMatchObject([
    { action: 'delivery_set_aside', subject: { delivery: id }, after: { reason: 'called them' } },
    { action: 'delivery_processed_again' },
  ]);
});

test('a waiting reply is parked, sent again and dropped, each with what it became', async () => {
  const [row] = await api.database.ownerSql<{ id: string }>(
    `insert into outbox_message (wholesaler_id, id, line_id, person_key, seq, reply, to_phone)
     select 'one', gen_random_uuid(), line_id, person_key, 1, '{"kind":"template","name":"news","language":"en","body":[]}', '919800000001'
       from conversation where wholesaler_id = 'one' returning id::text as id`,
  );
  const path = `/outbox/${row?.id}`;
  expect((await api.get(path)).body).toMatchObject({ state: 'queued', reply: { name: 'news' }, statuses: [] });
  expect((await api.post(`${path}/park`, {})).status).toBe(422);
  const parked = await api.post(`${path}/park`, { reason: 'wrong price' });
  expect(parked.body).toEqual({ messageId: row?.id, state: 'failed', replayed: false });
  expect((await api.get('/outbox?state=failed')).body.items).toMatchObject([{ id: row?.id, errorClass: 'parked' }]);
  expect((await api.call('POST', `${path}/send-again`)).body).toMatchObject({ state: 'queued', replayed: false });
  expect((await api.post(`${path}/drop`, { reason: 'no need' })).body).toMatchObject({ state: 'dropped' });
  expect((await api.post(`${path}/park`, { reason: 'too late' })).body).toMatchObject({ status: 409, code: 'NOT_NOW' });
});

test('lines say what keeps them from sending, and are tried by hand', async () => {
  const [line] = (await api.get('/lines')).body.items as { lineId: string }[];
  expect(line).toMatchObject({ troubles: [] });
  await api.database.ownerSql(
    `insert into line_pause (wholesaler_id, line_id, until, reason, metacode)
     select wholesaler_id, id, app_clock() + interval '1 hour', 'line_stopped', 190 from line where wholesaler_id = 'one'`,
  );
  expect((await api.get('/lines')).body.items).toMatchObject([{ troubles: [{ kind: 'stopped', metaCode: 190 }] }]);
  for (const replayed of [false, true]) {
    expect((await api.call('POST', `/lines/${line?.lineId}/try`)).body).toEqual({ lineId: line?.lineId, replayed });
  }
});

test('an alert is closed once, by whom the audit says, and another wholesaler cannot', async () => {
  const [alert] = await api.database.ownerSql<{ id: string }>(
    `insert into operator_alert (id, wholesaler_id, kind, key) values (gen_random_uuid(), 'one', 'line_stopped', 'x')
     returning id::text as id`,
  );
  const path = `/alerts/${alert?.id}/close`;
  expect((await api.call('POST', path, { key: await api.newKey(['admin'], 'two') })).status).toBe(404);
  expect(idsIn(await api.get('/alerts'))).toEqual([alert?.id]);
  for (const replayed of [false, true]) {
    expect((await api.call('POST', path)).body).toEqual({ alertId: alert?.id, replayed });
  }
  expect(idsIn(await api.get('/alerts'))).toEqual([]);
  expect((await api.get('/audit')).body.items).toContainEqual(
    expect.objectContaining({
      action: 'alert_closed',
      actor: expect.stringMatching(/^api:/),
      subject: { alert: alert?.id, kind: 'line_stopped' },
    }),
  );
});

test('alerts are read page by page, the newest first, and one closed in between shifts nothing', async () => {
  const raised = await api.database.ownerSql<{ id: string }>(
    `insert into operator_alert (id, wholesaler_id, kind, key, raised_at)
     select gen_random_uuid(), 'one', 'line_stopped', 'page-' || n, app_clock() + make_interval(secs => n)
       from generate_series(1, 5) n returning id::text as id`,
  );
  const newest = raised.map(({ id }) => id).reverse();
  const first = await api.get('/alerts?limit=2');
  await api.call('POST', `/alerts/${newest[1]}/close`);
  const second = await api.get(`/alerts?limit=2&cursor=${first.body.nextCursor as string}`);
  const third = await api.get(`/alerts?limit=2&cursor=${second.body.nextCursor as string}`);
  expect([first, second, third].map(idsIn)).toEqual([newest.slice(0, 2), newest.slice(2, 4), newest.slice(4)]);
  expect(third.body.nextCursor).toBeNull();
});
