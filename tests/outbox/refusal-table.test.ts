import { expect, test } from 'vitest';
import { defaultRetryPolicy, judgeOutcome } from '../../src/outbox/judge-outcome.ts';
import { alertFor, type Failure } from '../../src/outbox/tell-staff.ts';
import type { Reply, TemplateContent } from '../../src/outbox/types.ts';
import { classifyFailure, classifyRefusal } from '../../src/whatsapp/refusals.ts';

// Every code of the fact sheet 6.7 and what it does: to the message at the first refusal and at the last, to the person,
// to the line, and to staff. A reply is text here where nothing else is said.

type Row = {
  codes: number[];
  /** After the first refusal: its state, and the rest of the person's queue in seconds. */
  first: 'failed' | 'dropped' | 'queued';
  restS?: number;
  /** How the next try differs. */
  remedy?: string;
  /** What rests, and for how many seconds. */
  rests?: ['line' | 'app' | 'templates', number];
  /** After how many refusals it is given up; where that is not said, never by itself. */
  tries?: number;
  end?: 'failed' | 'dropped';
  /** Who is told when it is given up. */
  alert?: string | null;
  lineWorks?: boolean;
};

const TABLE: Row[] = [
  { codes: [1, 2, 131016, 133004], first: 'queued', restS: 2, tries: 6, end: 'failed', alert: 'replies_parked' },
  { codes: [131000, 135000], first: 'queued', restS: 2, tries: 3, end: 'failed', alert: 'replies_parked' },
  { codes: [131057], first: 'queued', restS: 60, tries: 6, end: 'failed', alert: 'replies_parked' },
  { codes: [131056], first: 'queued', restS: 1, lineWorks: true },
  { codes: [130429], first: 'queued', rests: ['line', 1], lineWorks: true },
  { codes: [4, 80007], first: 'queued', rests: ['app', 60], lineWorks: true },
  {
    codes: [131042, 131048, 131064],
    first: 'queued',
    restS: 600,
    rests: ['templates', 600],
    tries: 6,
    lineWorks: true,
  },
  {
    codes: [0, 3, 10, 190, 200, 230, 299, 131005, 131045, 133010, 133016, 368, 131031, 130497, 131037, 131044],
    first: 'queued',
    rests: ['line', 60],
  },
  {
    codes: [131047, 470],
    first: 'queued',
    restS: 0,
    remedy: 'template',
    tries: 2,
    end: 'dropped',
    alert: 'replies_parked',
    lineWorks: true,
  },
  {
    codes: [131026, 131062],
    first: 'queued',
    restS: 0,
    remedy: 'other_route',
    tries: 2,
    end: 'failed',
    alert: 'replies_parked',
    lineWorks: true,
  },
  {
    codes: [131052, 131053],
    first: 'queued',
    restS: 0,
    remedy: 'upload',
    tries: 2,
    end: 'failed',
    alert: 'replies_parked',
    lineWorks: true,
  },
  { codes: [131049, 131050, 130472], first: 'failed', alert: 'replies_parked', lineWorks: true },
  { codes: [131030], first: 'failed', alert: 'test_number', lineWorks: true },
  {
    codes: [131021, 131008, 131009, 100, 33, 131051, 132068, 132069],
    first: 'failed',
    alert: 'send_refused',
    lineWorks: true,
  },
  {
    codes: [132000, 132001, 132005, 132007, 132008, 132012],
    first: 'failed',
    alert: 'template_wrong',
    lineWorks: true,
  },
  { codes: [132015, 132016], first: 'failed', alert: 'template_stopped', lineWorks: true },
  { codes: [137000], first: 'failed', alert: 'identity_unconfirmed', lineWorks: true },
];

const failure = (code: number, more: Partial<Failure> = {}): Failure => ({
  wholesalerId: 'w',
  lineId: 'l',
  personKey: 'p:919800000001',
  outboxId: 'o',
  state: 'failed',
  errorClass: classifyFailure(code),
  errorCode: code,
  reply: { kind: 'text', body: 'x' },
  byTemplate: false,
  ...more,
});
const WHAT = { line_rate: 'line', line_stopped: 'line', app_rate: 'app', line_limited: 'templates' } as const;

test.each(TABLE.flatMap((row) => row.codes.map((code) => [code, row] as const)))('%i', (code, row) => {
  const refusal = {
    kind: 'refused',
    class: classifyRefusal(400, code),
    httpStatus: 400,
    metaCode: code,
    retryAfterMs: undefined,
    detail: '',
  } as const;
  const judge = (tries: number, remedies: string[], template = false) =>
    judgeOutcome(
      refusal,
      { tries, lastTrouble: undefined, remedies, otherRoute: true, template },
      defaultRetryPolicy,
      0,
    );
  const first = judge(1, []);
  expect(first).toMatchObject({
    state: row.first,
    delayMs: (row.restS ?? 0) * 1000,
    lineWorks: row.lineWorks ?? false,
  });
  expect(first.remedy).toBe(row.remedy);
  const { pause } = first;
  expect(pause && [WHAT[pause.reason], pause.baseMs / 1000]).toEqual(row.rests);
  expect(first.routeFailed ?? false).toBe(row.remedy === 'other_route');
  if (row.tries !== undefined && row.end !== undefined) {
    const remedies = row.remedy === undefined ? [] : [row.remedy];
    expect(judge(row.tries - 1, []).state).toBe('queued');
    expect(judge(row.tries, remedies, row.remedy === 'template').state).toBe(row.end);
  }
  if (row.alert !== undefined) {
    expect(alertFor(failure(code, { state: row.end ?? 'failed' }))?.kind ?? null).toBe(row.alert);
  }
});

test('marketing that Meta holds back or the person stopped is nobody else’s business', () => {
  const reply = { kind: 'template', name: 'offer', language: 'en', body: [] } as const;
  for (const code of [131049, 131050, 130472])
    expect(alertFor(failure(code, { reply: { ...reply, body: [] } }))).toBeNull();
});

test('an alert names the template, and never the person', () => {
  const outsideWindow: TemplateContent = { kind: 'template', name: 'order_news', language: 'en', body: [] };
  const reply: Reply = { kind: 'text', body: 'x', outsideWindow };
  expect(alertFor(failure(132015, { reply, byTemplate: true }))).toMatchObject({ key: 'order_news' });
  expect(JSON.stringify(alertFor(failure(137000)))).not.toContain('9198');
});

test('a reply that cannot be built is told to the developers', () => {
  expect(alertFor(failure(0, { errorCode: null, errorClass: 'final' }))?.kind).toBe('send_refused');
});
