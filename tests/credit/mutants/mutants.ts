import { acquireMutants } from './acquire-mutants.ts';
import { type Mutant, one } from './wound.ts';

export const mutants: Mutant[] = [
  ...acquireMutants,
  {
    name: 'key of another call looked up before the lock',
    isRace: true,
    wounds: [
      ...one(
        'credit_enter',
        '  v_state constant text',
        `  v_early constant boolean :=
             exists (select from ledger_entry e where e.wholesaler_id = p_wholesaler_id and e.key = entry.key);
           v_state constant text`,
      ),
      ...one('credit_enter', 'e.key = entry.key;', 'e.key = entry.key and v_early;'),
    ],
  },
  {
    name: 'release without a look at the state',
    wounds: one('credit_release_batch', `if v_hold.state = 'open' then`, 'if true then'),
  },
  {
    name: 'delivery without a look at the state',
    wounds: one('credit_enter_hold', `hold.state <> 'open'`, 'false'),
  },
  {
    name: 'capture forgets the held part',
    wounds: one('credit_capture_hold', 'v_captured.held_delta := -p_amount_minor;', 'v_captured.held_delta := 0;'),
  },
  {
    name: 'capture forgets the hold',
    wounds: one('credit_capture_hold', 'h.captured_minor + p_amount_minor', 'h.captured_minor'),
  },
  {
    name: 'more for a hold is not tested',
    wounds: one('credit_adjust_hold', 'if v_delta > 0 then', 'if false then'),
  },
  {
    name: 'the same key with another request is a repeat',
    wounds: one('credit_enter', ' or known.request_hash is distinct from entry.request_hash', ''),
  },
  {
    name: 'expiry forgets the account',
    wounds: one('credit_lapse_account', 'p_account := (credit_append(p_account, v_entry)).p_account;', ''),
  },
  {
    name: 'expiry a moment late',
    wounds: one('credit_lapse_account', 'h.expires_at <= p_now', 'h.expires_at < p_now'),
  },
  {
    name: 'reversal forgets an allocation',
    only: ['adjustBalance', 'pay', 'reverse'],
    wounds: one('credit_reverse_payment', 'having sum(x.amount_minor) <> 0', 'having sum(x.amount_minor) <> 0 limit 1'),
  },
  {
    name: 'reversal leaves the kept money',
    wounds: one('credit_reverse_payment', 'set unapplied_minor = 0, reversed_by', 'set reversed_by'),
  },
  {
    name: 'override not marked used',
    only: ['hold', 'adjust', 'override'],
    wounds: one('credit_adjust_hold', 'set used_by = v_hold.id', 'set used_by = null'),
  },
  {
    name: 'tolerance counts the delivery',
    wounds: one(
      'credit_capture_hold',
      '(v_hold.amount_minor - v_hold.over_captured_minor)::numeric',
      'p_amount_minor::numeric',
    ),
  },
  {
    name: 'newest debt first',
    wounds: one('credit_allocate', '(order by r.due_on, r.id)', '(order by r.due_on desc, r.id)'),
  },
  {
    name: 'days of grace forgotten',
    only: ['hold', 'adjustBalance', 'wait'],
    wounds: one('credit_overdue', 'r.due_on + p_account.grace_days', 'r.due_on'),
  },
  {
    name: 'balance written without its hash',
    wounds: one('credit_append', 'head_hash = p_account.head_hash', 'head_hash = a.head_hash'),
  },
  {
    name: 'entry chained to nothing',
    games: 2,
    wounds: one('credit_append', 'p_entry.prev_hash := p_account.head_hash;', `p_entry.prev_hash := '\\x00';`),
  },
];
