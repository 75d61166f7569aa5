/**
 * The parser never gets worse unnoticed: on every set and language its figures stay at or above the recorded floor.
 * When they have risen, record them: npm run parser:figures -- --fresh --write-floors
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Figures, measureMessages, measureSearch } from '../../scripts/parser-sets/figures.ts';

type Floors = { messages: Record<string, Figures>; search: ReturnType<typeof measureSearch> };

const floors: Floors = JSON.parse(readFileSync(new URL('../../fixtures/parser/floors.json', import.meta.url), 'utf8'));

describe('messages that people marked', () => {
  const { figures } = measureMessages(undefined, true);

  it.each(Object.entries(floors.messages))('are read as well as before: %s', (name, floor) => {
    const now = figures.get(name);
    expect(now?.messages).toBe(floor.messages);
    for (const figure of ['exact', 'intent', 'lineRecall', 'linePrecision'] as const) {
      expect([figure, now?.[figure]]).toEqual([figure, Math.max(now?.[figure] ?? 0, floor[figure])]);
    }
  });

  it('all have a floor', () => {
    expect(Object.keys(floors.messages).sort()).toEqual([...figures.keys()].sort());
  });
});

describe('mistyped queries against 50,000 products', () => {
  it('find as much as before', () => {
    const now = measureSearch();
    expect(now.queries).toBe(floors.search.queries);
    expect(now.first).toBeGreaterThanOrEqual(floors.search.first);
    expect(now.amongFive).toBeGreaterThanOrEqual(floors.search.amongFive);
  });
});
