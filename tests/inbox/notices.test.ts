import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listAlerts } from '../../src/alerts/index.ts';
import { createRecorder, type IncomingEvent } from '../../src/inbox/index.ts';
import { closeKnownLines, type NoticeHandling, workNotices } from '../../src/inbox/work-notices.ts';
import { noteMarketingChoices } from '../../src/outbox/index.ts';
import { readNews } from '../../src/whatsapp/account-news.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import fc from '../support/properties.ts';
import { addTenant, type Tenant } from '../support/tenants.ts';
import { message, quiet } from './support.ts';

let database: TestDatabase;
let tenant: Tenant;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.ownerSql('delete from operator_alert');
  tenant = await addTenant(database);
});
afterAll(() => database?.drop());

const now = new Date('2026-11-25T08:00:00Z');
const record = (events: IncomingEvent[]) =>
  createRecorder({ db: database.db, logger: quiet, onStored: () => {} }).record(events, now);
const work = (more: Partial<NoticeHandling> = {}) =>
  workNotices({ db: database.db, logger: quiet, readNews, noteMarketing: noteMarketingChoices, ...more }, 100);
const alerts = () => listAlerts(database.db.prisma, { state: 'all' });

function notice(field: string, payload: object, wabaId?: string): IncomingEvent {
  const hash = createHash('sha256')
    .update(JSON.stringify([field, payload]))
    .digest('hex');
  return {
    kind: 'notice',
    eventKey: `f:${field}:${hash}`,
    wabaId,
    phoneNumberId: undefined,
    field,
    sentAt: now,
    payload,
  };
}
/** A message on the tenant's line, by which its account becomes known. */
const teach = (of: Tenant, wabaId: string) => record([{ ...message(of, `9${Date.now()}`, 1), wabaId }]);
const violation = (wabaId: string) => notice('account_update', { event: 'ACCOUNT_VIOLATION', wabaId }, wabaId);

describe('whose news it is', () => {
  test("a tenant's, once a message showed which account its line belongs to", async () => {
    await record([violation('11')]);
    await teach(tenant, '12');
    await record([violation('12')]);
    await work();
    expect((await alerts()).map(({ wholesalerId, key }) => [wholesalerId, key])).toEqual([
      [null, '11'],
      [tenant.wholesalerId, '12'],
    ]);
  });

  test("nobody's, when lines of two wholesalers share the account", async () => {
    const other = await addTenant(database);
    await teach(tenant, '21');
    await teach(other, '21');
    await record([violation('21')]);
    await work();
    expect(await alerts()).toMatchObject([{ wholesalerId: null, key: '21' }]);
  });

  test('that of the number which it names, with the line', async () => {
    await database.ownerSql(`update line set display_phone = '+91 22 7777 0001' where id = $1`, [tenant.lineId]);
    await record([notice('phone_number_quality_update', { display_phone_number: '912277770001', event: 'FLAGGED' })]);
    await work();
    expect(await alerts()).toMatchObject([
      { wholesalerId: tenant.wholesalerId, lineId: tenant.lineId, kind: 'line_quality' },
    ]);
  });

  test("still nobody's, when it is delivered again after the account became known", async () => {
    await record([violation('31')]);
    await work();
    await teach(tenant, '31');
    expect(await record([violation('31')])).toMatchObject({ fresh: 0, stray: 0, repeated: 1 });
    await work();
    expect(await alerts()).toHaveLength(1);
  });
});

describe('lines that nobody has', () => {
  test('raise one alert however many messages come, and it closes when the line is imported', async () => {
    const lost = { ...tenant, phoneNumberId: '4040404040' };
    await record([1, 2, 3].map((n) => message(lost, '915', n)));
    await work();
    expect(await alerts()).toMatchObject([
      { wholesalerId: null, kind: 'line_unknown', key: '4040404040', closedAt: null },
    ]);
    await closeKnownLines(database.db);
    expect(await alerts()).toMatchObject([{ closedAt: null }]);
    await database.ownerSql(`update line set phone_number_id = '4040404040' where id = $1`, [tenant.lineId]);
    await closeKnownLines(database.db);
    expect(await alerts()).toMatchObject([{ closedAt: expect.any(Date) }]);
  });

  test('and a line that moved to another wholesaler: what was sent before is not for the new one', async () => {
    const other = await addTenant(database);
    await database.ownerSql(`update line set retired_at = '2026-11-23T09:00:00Z' where id = $1`, [tenant.lineId]);
    await database.ownerSql(`update line set phone_number_id = $1 where id = $2`, [tenant.phoneNumberId, other.lineId]);
    const before = message(tenant, '916', 1, new Date('2026-11-23T08:00:00Z'));
    const after = message(tenant, '916', 2, new Date('2026-11-23T10:00:00Z'));
    expect(await record([before, after])).toMatchObject({ fresh: 1, stray: 1 });
    const rows = await database.ownerSql(`select wholesaler_id, event_key from inbox_event where person_key = 'p:916'`);
    expect(rows).toEqual([{ wholesaler_id: other.wholesalerId, event_key: 'm:916-2' }]);
  });
});

describe('notices that cannot be followed', () => {
  test('do not stand in the way of others, and are not tried for ever', async () => {
    await teach(tenant, '41');
    const bad = notice('bad', { n: 1 }, '41');
    await record([bad, violation('41')]);
    const failing = (of: Parameters<typeof readNews>[0]) => {
      if (of.field === 'bad') throw new Error('cannot be read');
      return readNews(of);
    };
    for (let round = 0; round < 5; round += 1) await work({ readNews: failing });
    expect(await alerts()).toMatchObject([{ kind: 'account_restricted', key: '41' }]);
    expect(await work()).toBe(0);
  });
});

describe('news is read from anything', () => {
  const fields = [
    'account_update',
    'account_alerts',
    'account_review_update',
    'business_capability_update',
    'message_template_status_update',
    'message_template_quality_update',
    'template_category_update',
    'phone_number_quality_update',
    'phone_number_name_update',
    'security',
    'user_preferences',
    '__proto__',
    'constructor',
  ];
  test('and never throws', () => {
    const near = fc.record({
      event: fc.constantFrom('PAUSED', 'FLAGGED', 'ACCOUNT_RESTRICTION', 'APPROVED', 7),
      display_phone_number: fc.oneof(fc.string(), fc.integer()),
      message_template_name: fc.oneof(fc.string(), fc.constant('t')),
      restriction_info: fc.jsonValue(),
      max_daily_conversations_per_business: fc.oneof(fc.constantFrom('TIER_1K', 'TIER_'), fc.jsonValue()),
      user_preferences: fc.array(fc.jsonValue()),
      alert_info: fc.jsonValue(),
    });
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.oneof(near, fc.anything()), (field, payload) => {
        for (const one of readNews({ field, payload, wabaId: undefined })) expect(one.kind).toBeTypeOf('string');
      }),
      { numRuns: 1_000 },
    );
  });

  const limits: [unknown, 'alert' | 'answered'][] = [
    ['TIER_50', 'alert'],
    ['TIER_250', 'alert'],
    ['TIER_2K', 'alert'],
    ['TIER_10K', 'alert'],
    ['TIER_100K', 'answered'],
    ['TIER_UNLIMITED', 'answered'],
    [-1, 'answered'],
    [1_000, 'alert'],
    [100_000, 'answered'],
  ];
  test.each(limits)('a limit of %j people a day is an %s', (limit, kind) => {
    const payload = { max_daily_conversations_per_business: limit };
    expect(readNews({ field: 'business_capability_update', payload, wabaId: '1' })).toMatchObject([{ kind, key: '1' }]);
  });
});

describe('marketing', () => {
  const wish = (value: string, timestamp: number) =>
    notice(
      'user_preferences',
      { user_preferences: [{ wa_id: '919800000077', category: 'marketing_messages', value, timestamp }] },
      '51',
    );
  test('an older wish that comes late changes nothing', async () => {
    await teach(tenant, '51');
    await record([wish('stop', 1_795_600_200)]);
    await work();
    await record([wish('resume', 1_795_600_100)]);
    await work();
    const rows = await database.ownerSql('select kind, value, stopped from marketing_choice');
    expect(rows).toEqual([{ kind: 'phone', value: '919800000077', stopped: true }]);
  });
});
