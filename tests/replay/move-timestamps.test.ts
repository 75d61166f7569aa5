import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { moveTimestamps, newestTimestamp } from '../../src/simulator/move-timestamps.ts';

const moved = (text: string, by: number): string => moveTimestamps(Buffer.from(text), by).toString();

test('the times of messages and statuses move, as text and as numbers, and nothing else changes', () => {
  const body = `{ "entry":[{"time":1700000000,"changes":[{"value":{
    "messages" : [ {"timestamp" : "1700000100", "text":{"body":"\\"timestamp\\":\\"1700000000\\" \\u00e4 \\/ ä 🛒"},
      "context":{"timestamp":"1700000000"}, "identity":{"created_timestamp":"1700000000"}, "n":1.10e2 },
      {"timestamp":1700000200}],
    "statuses":[{"timestamp":"1700000300","conversation":{"expiration_timestamp":"1700000000"}}],
    "timestamp":"1700000000" }}]}], "timestamp":1700000000 }\n`;
  const expected = body
    .replace('1700000100', '1800000100')
    .replace('1700000200', '1800000200')
    .replace('1700000300', '1800000300');
  expect(moved(body, 100_000_000)).toBe(expected);
  expect(newestTimestamp([Buffer.from(body)])).toBe(1700000300);
});

test('times that are no Unix seconds stay as they are', () => {
  const body = '{"messages":[{"timestamp":"soon"},{"timestamp":"1700000000000"},{"timestamp":null},{"timestamp":12}]}';
  expect(moved(body, 5)).toBe(body);
  expect(newestTimestamp([Buffer.from(body)])).toBeUndefined();
});

test.each([
  ['no JSON', Buffer.from('{"messages":[{"timestamp":"1700000000"')],
  ['no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ['nothing', Buffer.alloc(0)],
])('a body that is %s is left alone', (_name, body) => {
  expect(moveTimestamps(body, 5)).toEqual(body);
});

test('moving there and back gives the same bytes, for every delivery of the demo', () => {
  const folder = new URL('../../fixtures/demo-day/deliveries/', import.meta.url);
  const names = readdirSync(folder);
  expect(names.length).toBeGreaterThan(50);
  for (const name of names) {
    const body = readFileSync(new URL(name, folder));
    const there = moveTimestamps(body, 12_345);
    expect(moveTimestamps(there, -12_345).equals(body), name).toBe(true);
    expect(there.length, name).toBe(body.length);
  }
});
