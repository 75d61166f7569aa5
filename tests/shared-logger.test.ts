import { expect, it } from 'vitest';
import { plainError } from '../src/shared/logger.ts';

it('an error in the log never shows the row that the database refused', () => {
  const row = '("w1", "919800000001", "5 sugar please")';
  const cause = Object.assign(new Error(`new row violates a check. Failing row contains ${row}.`), {
    detail: `Failing row contains ${row}.`,
    code: '23514',
  });
  const error = Object.assign(new Error(`failed: Key (phone)=(919800000001) is not there`, { cause }), {
    meta: { driverAdapterError: { cause: { detail: row } } },
  });
  const shown = JSON.stringify(plainError(error));
  expect(shown).not.toMatch(/919800000001|sugar/);
  expect(shown).toMatch(/violates a check/);
  expect(shown).toMatch(/23514/);
});
