import { expect, test } from 'vitest';
import { DEFAULT_POLICIES, readPolicies } from '../../src/shared/policies.ts';

test.each([[{}], [null], [undefined], ['never'], [[]]])(
  'a wholesaler who decided nothing (%j) has the defaults',
  (stored) => {
    expect(readPolicies(stored)).toEqual(DEFAULT_POLICIES);
  },
);

test('what was decided holds, the rest is filled in', () => {
  const openingHours = { mon: [{ from: '08:00', to: '12:30' }] };
  expect(readPolicies({ confirm: 'never', openingHours })).toEqual({
    ...DEFAULT_POLICIES,
    confirm: 'never',
    openingHours,
  });
});

test('a policy that cannot be read falls back alone', () => {
  const stored = { confirm: 'sometimes', questionMinutes: 5, languages: ['xx'], ofTomorrow: true };
  expect(readPolicies(stored)).toEqual({ ...DEFAULT_POLICIES, questionMinutes: 5 });
});

test('a group of policies is filled in as well, and is off while nothing is switched on', () => {
  expect(readPolicies({ notices: { send: ['payment_overdue'], quietHours: null } }).notices).toEqual({
    ...DEFAULT_POLICIES.notices,
    send: ['payment_overdue'],
    quietHours: null,
  });
  expect(DEFAULT_POLICIES.notices.send).toEqual([]);
  expect(readPolicies({ notices: { send: ['adverts'] }, confirm: 'never' })).toEqual({
    ...DEFAULT_POLICIES,
    confirm: 'never',
  });
});
