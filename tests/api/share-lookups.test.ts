import { expect, test } from 'vitest';
import { shareLookups } from '../../src/api/share-lookups.ts';

/** A look-up whose answers the test gives. */
function lookups() {
  const asked: { name: string; answer: (found: string) => void; fail: (error: Error) => void }[] = [];
  const find = shareLookups(
    (name) =>
      new Promise<string>((resolve, reject) => {
        asked.push({ name, answer: resolve, fail: reject });
      }),
  );
  return { asked, find };
}

test('those who come together share one look-up, and nobody gets an answer older than their question', async () => {
  const { asked, find } = lookups();
  const first = find('a');
  // The first is under way: what it will find may be old by the time the others asked.
  const others = [find('a'), find('a'), find('a')];
  const stranger = find('b');
  expect(asked.map(({ name }) => name)).toEqual(['a', 'b']);
  asked[0]?.answer('old');
  asked[1]?.answer('other');
  expect([await first, await stranger]).toEqual(['old', 'other']);
  await Promise.resolve();
  expect(asked.map(({ name }) => name)).toEqual(['a', 'b', 'a']);
  asked[2]?.answer('new');
  expect(await Promise.all(others)).toEqual(['new', 'new', 'new']);
  // Nothing is remembered: the next one looks again.
  void find('a');
  expect(asked).toHaveLength(4);
});

test('a look-up that breaks is told to those who shared it alone', async () => {
  const { asked, find } = lookups();
  const first = find('a');
  const second = find('a');
  asked[0]?.fail(new Error('gone'));
  await expect(first).rejects.toThrow('gone');
  await Promise.resolve();
  asked[1]?.answer('found');
  expect(await second).toBe('found');
});
