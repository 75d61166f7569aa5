import { describe, expect, test } from 'vitest';
import type { Notice } from '../../src/conversation/types.ts';
import { DEFAULT_POLICIES, NOTICE_KINDS } from '../../src/shared/policies.ts';
import { chat } from './chat.ts';
import { ACCOUNT, factsFor, NOON } from './shop.ts';

const wanted = { notices: { ...DEFAULT_POLICIES.notices, send: [...NOTICE_KINDS] } };
const today = factsFor().now.toISOString().slice(0, 10);
const shop = (options: Parameters<typeof chat>[0] = {}) => chat({ policies: wanted, ...options });
const about = (notice: Notice, retailerId = 'asha') => ({ kind: 'notice' as const, retailerId, notice });

describe('a notice is not said', () => {
  const overdue = about({ kind: 'payment_overdue' });
  const blocked = about({ kind: 'account_blocked' });
  const lower = about({ kind: 'limit_changed', limitMinor: 5n, beforeMinor: 9n });
  test.each([
    ['of a debt that was paid meanwhile', shop(), overdue],
    ['of an account that was opened again', shop(), blocked],
    ['of a limit that changed again', shop(), lower],
    ['to another shop', shop({ debts: [{ leftMinor: 5n, dueOn: '2020-01-01' }] }), about(overdue.notice, 'other')],
    ['to nobody we know', shop({ retailer: null }), overdue],
    [
      'of a debt due later than anybody is reminded of',
      shop({ debts: [{ leftMinor: 5n, dueOn: '2099-01-01' }] }),
      overdue,
    ],
  ])('%s', (_what, one, event) => {
    one.sends(event).hearsMessages(0);
  });
});

test('a notice leaves an open order as it is, and goes by template when the window is closed', () => {
  const one = shop({ debts: [{ leftMinor: 500_000n, dueOn: today }], account: ACCOUNT });
  one.says('10 case coke 500');
  const { pending, cart } = one.state();
  one
    .sends(about({ kind: 'payment_due_soon' }))
    .hears(/\*5,000\.00\* is due on/)
    .offers('Statement', 'I have paid');
  expect(one.state()).toMatchObject({ pending, cart });
  expect(one.replies()).toMatchObject([
    {
      kind: 'buttons',
      usefulForMs: 12 * 3_600_000,
      outsideWindow: { name: 'orderlock_payment_due_soon', language: 'en' },
    },
  ]);
  one.taps('Statement').hears(/Shall I place it/);
});

test('speaks the language of the shop, also by template', () => {
  const one = shop({ retailer: { id: 'asha', name: 'Asha Stores', language: 'es' } });
  const expiresAt = new Date(NOON.getTime() + 3_600_000);
  one.sends(about({ kind: 'hold_expiring', orderId: 'order-1042', number: 1042, amountMinor: 432_000n, expiresAt }));
  expect(one.replies()).toMatchObject([{ kind: 'buttons', outsideWindow: { language: 'es' } }]);
  expect(one.text()).toMatch(/Asha Stores.*1042.*4[.\s]?320,00/);
});
