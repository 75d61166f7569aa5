import { type Mutant, one } from './wound.ts';

const noLock = [
  ...one('credit_acquire_batch', '= p_retailer_ids[1] for no key update skip locked', '= p_retailer_ids[1]'),
  ...one('credit_acquire_batch', 'order by a.retailer_id for no key update skip locked', 'order by a.retailer_id'),
  ...one('credit_lock_account', 'for no key update skip locked', ''),
];

/** Those of credit_acquire_batch. */
export const acquireMutants: Mutant[] = [
  { name: 'no lock', isRace: true, wounds: noLock },
  {
    name: 'the SUM of the ledger, without a lock',
    isRace: true,
    wounds: [
      ...noLock,
      ...one(
        'credit_acquire_batch',
        'v_held := v_account.held_minor;\n      v_seq := v_account.seq;',
        `v_held := (select coalesce(sum(l.held_delta), 0) from ledger_entry l
                    where l.wholesaler_id = v_w and l.retailer_id = v_r);
         v_seq := v_account.seq;`,
      ),
    ],
  },
  {
    name: 'key of an order looked up before the lock',
    isRace: true,
    wounds: [
      ...one(
        'credit_acquire_batch',
        '  v_repeats boolean := false;',
        `  v_repeats boolean := false;
         v_early text[] := (select array_agg(l.key) from ledger_entry l
                            where l.wholesaler_id = any(p_wholesaler_ids) and l.key = any(p_keys));`,
      ),
      ...one('credit_acquire_batch', 'l.key = q.key limit 1', 'l.key = q.key and l.key = any(v_early) limit 1'),
    ],
  },
  {
    name: 'a refusal burns the key',
    wounds: one(
      'credit_acquire_batch',
      `when v_account.status = 'blocked' then`,
      `when exists (select from credit_decision d where d.wholesaler_id = r.w and d.key = r.key)
         then 'DUPLICATE_ORDER:other_request'
       when v_account.status = 'blocked' then`,
    ),
  },
  {
    name: 'a refusal leaves no record',
    wounds: one('credit_acquire_batch', 'if v_decisions is not null then', 'if false then'),
  },
  {
    name: 'a blocked account may order',
    wounds: one('credit_acquire_batch', `when v_account.status = 'blocked' then 'CREDIT_BLOCKED:staff'`, ''),
  },
  {
    name: 'an override counts again and again',
    only: ['hold', 'override'],
    wounds: one('credit_acquire_batch', 'set used_by = r.entry_id', 'set used_by = null'),
  },
  {
    name: 'a later order of one batch does not see the earlier',
    wounds: one('credit_acquire_batch', 'v_held := v_held + r.amount;', ''),
  },
];
