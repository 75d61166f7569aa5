import { describe, expect, it } from 'vitest';
import { toStorableJson } from '../../src/outbox/storable.ts';

const stored = (body: string): unknown => JSON.parse(toStorableJson({ rows: [{ body }] })).rows[0].body;

describe('text on its way into jsonb', () => {
  it.each(['10 ctn coke', 'चाय 2 किलो 🙂', 'line\nbreak "quoted"', 'C:\\u0000 and \\ud83d as somebody typed them', ''])(
    'is kept as it is: %j',
    (body) => expect(stored(body)).toBe(body),
  );

  it.each([
    ['nul\u0000inside', 'nul\uFFFDinside'],
    ['half a \ud83d smile', 'half a \uFFFD smile'],
    ['the other half \ude42', 'the other half \uFFFD'],
    ['typed \\u0000, real \u0000', 'typed \\u0000, real \uFFFD'],
  ])('has what jsonb refuses replaced: %j', (body, expected) => expect(stored(body)).toBe(expected));
});
