import { expect } from 'vitest';
import { type Reply, wordsOf } from '../../src/outbox/index.ts';

/** WhatsApp's limits, written out again here so that a wrong constant in the service does not pass its own test. */
export function expectWithinLimits(replies: readonly Reply[]): void {
  for (const reply of replies) {
    const words = wordsOf(reply);
    expect(words.trim().length, 'a body says something').toBeGreaterThan(0);
    expect(words.length).toBeLessThanOrEqual(reply.kind === 'text' ? 4096 : 1024);
    if (reply.kind === 'buttons') expectChoices(reply.buttons, { count: 3, title: 20, id: 256 });
    if (reply.kind !== 'list') continue;
    expectChoices(reply.rows, { count: 10, title: 24, id: 200 });
    expectTitle(reply.button, 20);
    for (const row of reply.rows) expect(row.description?.length ?? 0).toBeLessThanOrEqual(72);
  }
}

type Max = { count: number; title: number; id: number };

function expectChoices(choices: readonly { id: string; title: string }[], max: Max): void {
  expect(choices.length).toBeGreaterThan(0);
  expect(choices.length).toBeLessThanOrEqual(max.count);
  expect(new Set(choices.map(({ id }) => id)).size, 'ids are unique').toBe(choices.length);
  expect(new Set(choices.map(({ title }) => title)).size, 'titles are unique').toBe(choices.length);
  for (const { id, title } of choices) {
    expectTitle(title, max.title);
    expect(id.length).toBeGreaterThan(0);
    expect(id.length).toBeLessThanOrEqual(max.id);
    expect(id, 'an id has no space at its ends').toBe(id.trim());
  }
}

function expectTitle(title: string, max: number): void {
  expect(title.trim().length).toBeGreaterThan(0);
  expect(title.length).toBeLessThanOrEqual(max);
}

/** An amount as the texts write it in English, in minor units: "4,320.00" is 432000n. */
export function readAmount(shown: string): bigint {
  return BigInt(shown.replace(/[,.]/g, ''));
}

/** The figures of a proposal as they stand in the text: one total per line, the grand total, and what is left. */
export function readFigures(text: string): { lines: bigint[]; total: bigint; left: bigint | null } | null {
  const total = /^Total \*([\d,]+\.\d\d)\*$/m.exec(text)?.[1];
  if (total === undefined) return null;
  const lines = [...text.matchAll(/^\d+\. .* - ([\d,]+\.\d\d)$/gm)].map((match) => readAmount(match[1] ?? ''));
  const left = /^Credit left after this: (-?[\d,]+\.\d\d)$/m.exec(text)?.[1];
  return { lines, total: readAmount(total), left: left === undefined ? null : readAmount(left) };
}
