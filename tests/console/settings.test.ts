import { afterAll, beforeAll, expect, test } from 'vitest';
import { SESSION_SECRET, type Visitor, visitorAs } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { consoleShop } from './shop.ts';

let running: TestService;
let admin: Visitor;
const wholesalerId = consoleShop.wholesaler.id;
const SETTINGS = '/console/settings';

beforeAll(async () => {
  running = await startTestService(consoleShop, { SESSION_SECRET });
  admin = await visitorAs(running.database, running.service.url, { wholesalerId, role: 'admin' });
});
afterAll(() => running?.stop());

type Stored = { name: string; language: string; timeZone: string; policies: Record<string, unknown> };
async function stored(): Promise<Stored> {
  const [row] = await running.database.ownerSql<Stored>(
    `select name, language, time_zone as "timeZone", policies from wholesaler where id = $1`,
    [wholesalerId],
  );
  return row as Stored;
}

const plain = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** The fields of a page's form as a browser would send them. */
function fieldsOf(body: string): Record<string, string> {
  const main = body.slice(body.indexOf('<main'));
  const fields: Record<string, string> = {};
  for (const [, tag = ''] of main.matchAll(/<input ([^>]*)>/g)) {
    const name = tag.match(/name="([^"]*)"/)?.[1] ?? '';
    if (/type="(radio|checkbox)"/.test(tag) && !/\bchecked\b/.test(tag)) continue;
    if (name !== '_csrf') fields[name] = plain(tag.match(/value="([^"]*)"/)?.[1] ?? '');
  }
  for (const [, name = '', text = ''] of main.matchAll(/<textarea [^>]*name="([^"]*)"[^>]*>\n?([^<]*)</g))
    fields[name] = text;
  for (const [, name = '', options = ''] of main.matchAll(/<select [^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gs)) {
    fields[name] = options.match(/value="([^"]*)" selected/)?.[1] ?? '';
  }
  return fields;
}

async function formOf(group: string): Promise<Record<string, string>> {
  return fieldsOf((await admin.get(`${SETTINGS}/${group}`)).body);
}

test.each(['business', 'ordering', 'hours', 'credit'])('saving %s as it is shown changes nothing', async (group) => {
  const before = await stored();
  const answer = await admin.post(`${SETTINGS}/${group}`, await formOf(group));
  expect(answer.location).toContain('settings_same');
  expect(await stored()).toEqual(before);
});

test('what is changed is kept under the names of the import, and only that', async () => {
  const fields = await formOf('ordering');
  expect(fields).toMatchObject({ confirm: 'never', minimumOrderMinor: '', quantityCap: '10000' });
  const changed = { ...fields, confirm: 'when_unsure', minimumOrderMinor: '5,000', quantityCap: '200' };
  expect((await admin.post(`${SETTINGS}/ordering`, changed)).location).toContain('settings_saved');
  expect((await stored()).policies).toEqual({ confirm: 'when_unsure', minimumOrderMinor: 500_000, quantityCap: 200 });
  expect((await admin.post(`${SETTINGS}/ordering`, changed)).location).toContain('settings_same');
  const [entry, ...others] = await running.database.ownerSql(
    `select action, before, after from audit_entry where wholesaler_id = $1 and action = 'settings_changed'`,
    [wholesalerId],
  );
  expect([entry, others]).toEqual([
    {
      action: 'settings_changed',
      before: { confirm: 'never', minimumOrderMinor: 0, quantityCap: 10_000 },
      after: { confirm: 'when_unsure', minimumOrderMinor: 500_000, quantityCap: 200 },
    },
    [],
  ]);
});

test.each([
  ['ordering', { quantityCap: '0' }, 'quantityCap', 'Ask above this quantity: write 1 or more.'],
  ['ordering', { quantityCap: '20000' }, 'quantityCap', 'write 10000 or less.'],
  ['ordering', { questionMinutes: 'an hour' }, 'questionMinutes', 'write a whole number.'],
  ['ordering', { minimumOrderMinor: '12.345' }, 'minimumOrderMinor', 'Write an amount such as'],
  ['ordering', { confirm: 'perhaps' }, 'confirm', 'choose one of those'],
  ['business', { name: '' }, 'name', 'must not be empty'],
  ['business', { timeZone: 'Mars/Olympus' }, 'timeZone', 'must be an IANA time zone'],
  ['business', { language: 'xx' }, 'language', 'must be one of'],
  ['hours', { always: 'no', mon: 'morning' }, 'mon', 'Write hours such as'],
  ['hours', { always: 'no', mon: '18:00-08:00' }, 'mon', 'must end later than it starts'],
  ['hours', { always: 'no', tue: '08:00-12:00, 11:00-13:00' }, 'tue', 'must stand in the order of the day'],
  ['hours', { always: 'no' }, 'always', 'must open on some day'],
  ['hours', { holidays: '2026-02-30' }, 'holidays', 'must be a day such as'],
  ['credit', { offer1: 'pay_first', offer2: 'pay_first' }, 'offer1', 'must name each choice once'],
  ['credit', { approvalHours: '1000' }, 'approvalHours', 'write 720 or less.'],
  ['people', { handBackMinutes: '-1' }, 'handBackMinutes', 'write 0 or more.'],
  ['notices', { remindAt: '25:00' }, 'remindAt', 'must be a time of day'],
  ['notices', { daysAfterDue: '1, 1' }, 'daysAfterDue', 'must name each day once'],
  ['notices', { quietFrom: '20:00', quietTo: '' }, 'quietTo', 'must be a time of day'],
  ['notices', { send: 'lottery' }, 'send', 'choose one of those'],
])('%s with %j is refused beside the field, and keeps what was typed', async (group, wrong, field, words) => {
  const before = await stored();
  const answer = await admin.post(`${SETTINGS}/${group}`, { ...(await formOf(group)), ...wrong });
  expect(answer.status).toBe(422);
  const error = answer.body.match(new RegExp(`id="e-${field}">([^<]*)`))?.[1] ?? `nothing beside ${field}`;
  expect(error).toContain(words);
  for (const [name, value] of Object.entries(wrong)) {
    if (name === field && group === 'ordering' && name !== 'confirm') expect(answer.body).toContain(`value="${value}"`);
  }
  expect(await stored()).toEqual(before);
});

test('the second of two editors sees what the first wrote, keeps what they typed, and decides', async () => {
  const first = await formOf('credit');
  const second = await formOf('credit');
  expect((await admin.post(`${SETTINGS}/credit`, { ...first, approvalHours: '12' })).status).toBe(303);
  const late = await admin.post(`${SETTINGS}/credit`, { ...second, approvalHours: '48' });
  expect(late.status).toBe(409);
  expect(late.body).toContain('Hours to approve: now <strong>12</strong>');
  expect(fieldsOf(late.body)).toMatchObject({ approvalHours: '48' });
  expect((await stored()).policies.approvalHours).toBe(12);
  expect((await admin.post(`${SETTINGS}/credit`, fieldsOf(late.body))).location).toContain('settings_saved');
  expect((await stored()).policies.approvalHours).toBe(48);
  // What somebody else changes in another matter is no conflict.
  const hours = await formOf('hours');
  await admin.post(`${SETTINGS}/credit`, { ...(await formOf('credit')), waitOnCreditDays: '9' });
  expect((await admin.post(`${SETTINGS}/hours`, { ...hours, holidays: '2027-01-26' })).status).toBe(303);
});

test('two who save at the same instant: one is saved, the other is told', async () => {
  const seen = await formOf('ordering');
  const both = await Promise.all(
    ['300', '400'].map((quantityCap) => admin.post(`${SETTINGS}/ordering`, { ...seen, quantityCap })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
});

test('opening hours, languages and notices hold in the next chat', async () => {
  const hours = { ...(await formOf('hours')), always: 'no', mon: '9:00 - 13:00; 14:00 to 18:00', sun: '' };
  expect((await admin.post(`${SETTINGS}/hours`, hours)).status).toBe(303);
  expect((await formOf('hours')).mon).toBe('09:00-13:00, 14:00-18:00');
  const policies = (await stored()).policies;
  expect(policies.openingHours).toEqual({
    mon: [
      { from: '09:00', to: '13:00' },
      { from: '14:00', to: '18:00' },
    ],
  });
  await admin.post(`${SETTINGS}/hours`, { ...(await formOf('hours')), always: 'yes' });
  expect((await stored()).policies.openingHours).toBeNull();

  await admin.post(`${SETTINGS}/ordering`, { ...(await formOf('ordering')), confirm: 'never', minimumOrderMinor: '' });
  await admin.post(`${SETTINGS}/credit`, { ...(await formOf('credit')), holdLifetimeHours: '5' });
  await running.chat({ name: 'Asha', phone: '919800000001' }).says('1 sona masoori rice');
  await running.quiet();
  const held = async (): Promise<number | undefined> => {
    const [hold] = await running.database.ownerSql<{ hours: number }>(
      `select round(extract(epoch from expires_at - opened_at) / 3600)::int as hours from credit_hold order by opened_at desc limit 1`,
    );
    return hold?.hours;
  };
  expect(await held()).toBe(5);
  await admin.post(`${SETTINGS}/credit`, { ...(await formOf('credit')), holdLifetimeHours: '' });
  expect((await stored()).policies).not.toHaveProperty('holdLifetimeHours');
  await running.chat({ name: 'Asha', phone: '919800000001' }).says('2 sona masoori rice');
  await running.quiet();
  expect(await held()).toBe(72);
});

test('an approver is added by phone and asked from then on; removed, they are not; a shop keeps its phone', async () => {
  const HERE = `${SETTINGS}/approvers`;
  const bad = await admin.post(HERE, { name: '', phone: '0123' });
  expect([bad.status, /id="e-name"/.test(bad.body), /id="e-phone"/.test(bad.body)]).toEqual([422, true, true]);
  const added: Record<string, string>[] = [
    { name: 'Ravi', phone: '+91 98000 00099' },
    { name: 'Ravi', phone: '+91 98000 00099', language: 'hi' },
    { name: 'Asha herself', phone: '919800000001' },
  ];
  for (const fields of added) {
    expect((await admin.post(HERE, fields)).location).toContain('approver_added');
  }
  const taken = await admin.post(HERE, { name: 'Om', phone: '919800000099' });
  expect(taken.body).toContain('This is the phone of Ravi.');
  const shown = await admin.get(HERE);
  expect(shown.body).toContain('+919800000099');
  expect(shown.body).toContain('(also Asha Stores)');
  expect(shown.body).toMatch(/Ravi<\/th>.*?data-label="Language">Hindi</s);
  const ids = [...shown.body.matchAll(/approvers\/([0-9a-f-]{36})\/remove/g)].map(([, id]) => id);
  expect(ids).toHaveLength(2);
  for (const id of ids) {
    for (const _ of [1, 2]) expect((await admin.post(`${HERE}/${id}/remove`)).location).toContain('approver_removed');
  }
  const live = await running.database.ownerSql(
    `select retailer_id as shop, approver_id as approver from identity
      where wholesaler_id = $1 and value in ('919800000099', '919800000001') and valid_to is null`,
    [wholesalerId],
  );
  expect(live).toEqual([{ shop: 'asha', approver: null }]);
  expect((await admin.post(HERE, { name: 'Ravi', phone: '919800000099' })).status).toBe(303);
  expect((await admin.get(HERE)).body).toContain('+919800000099');
});

test('the numbers are listed with their state', async () => {
  const { body } = await admin.get(`${SETTINGS}/lines`);
  for (const words of ['+91 22 5555 0199', '106540352242999', 'works']) expect(body).toContain(words);
});
