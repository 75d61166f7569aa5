import { describe, expect, test } from 'vitest';
import type { RefusalClass } from '../../src/outbox/types.ts';
import { classifyRefusal, retryAfterMs } from '../../src/whatsapp/refusals.ts';

describe('a refusal is classified by its code', () => {
  const classes: [RefusalClass, number[]][] = [
    ['transient', [1, 2, 131000, 131016, 131057, 133004, 135000]],
    ['line_rate', [130429]],
    ['app_rate', [4, 17, 32, 613, 80007]],
    ['pair_rate', [131056]],
    ['line_stopped', [0, 3, 10, 190, 200, 250, 299, 368, 131005, 131031, 131037, 131044, 131045, 130497, 133010]],
    ['line_limited', [131042, 131048, 131064]],
    ['window_closed', [470, 131047]],
    ['unreachable', [131026, 131062]],
    ['media', [131052, 131053]],
    ['final', [33, 100, 131008, 131009, 131021, 131030, 131049, 131050, 131051, 132000, 132001, 132015]],
  ];
  const cases = classes.flatMap(([name, codes]) => codes.map((code) => [code, name] as const));
  test.each(cases)('%i is %s, whatever the HTTP status says', (code, name) => {
    for (const status of [200, 400, 401, 403, 404, 429, 500, 503]) expect(classifyRefusal(status, code)).toBe(name);
  });
});

describe('without a known code the HTTP status decides', () => {
  const cases: [number, number | undefined, boolean, RefusalClass][] = [
    [500, undefined, false, 'transient'],
    [502, undefined, false, 'transient'],
    [504, undefined, false, 'transient'],
    [500, 999999, false, 'transient'],
    [400, 999999, true, 'transient'],
    [400, 999999, false, 'final'],
    [400, undefined, false, 'final'],
    [404, 999999, false, 'final'],
    [404, undefined, false, 'line_stopped'],
    [302, undefined, false, 'line_stopped'],
    [401, undefined, false, 'line_stopped'],
    [403, 999999, false, 'line_stopped'],
    [408, undefined, false, 'transient'],
    [429, undefined, false, 'line_rate'],
    [429, 999999, false, 'line_rate'],
  ];
  test.each(cases)('status %i, code %s, transient flag %s: %s', (status, code, flag, expected) => {
    expect(classifyRefusal(status, code, flag)).toBe(expected);
  });
});

describe('how long to wait', () => {
  const NOW = new Date('2026-11-20T10:00:00Z');
  const cases: [string | undefined, number | undefined][] = [
    ['7', 7_000],
    [' 1.5 ', 1_500],
    ['0', 0],
    ['999999', 3_600_000],
    ['Fri, 20 Nov 2026 10:00:30 GMT', 30_000],
    ['Fri, 20 Nov 2026 09:00:00 GMT', 0],
    ['Fri, 20 Nov 2099 09:00:00 GMT', 3_600_000],
    ['-1', undefined],
    ['soon', undefined],
    ['Some day', undefined],
    ['', undefined],
    [undefined, undefined],
  ];
  test.each(cases)('%j', (header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected);
  });
});
