import { expect, test } from 'vitest';
import { createCredit } from '../../src/credit/index.ts';
import { namesIn, readDocument } from './documents.ts';

test('the quick reference has every call of the library, and no other', () => {
  // Connects at the first call, and none is made.
  const credit = createCredit({ databaseUrl: 'postgresql://nobody@localhost/nothing' });
  expect(namesIn(readDocument('docs/quick-reference.md'), 'Calls')).toEqual(Object.keys(credit).sort());
});
