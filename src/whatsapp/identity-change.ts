import { z } from 'zod';
import type { IdentityChange } from '../inbox/types.ts';
import { block, idText, text } from './fields.ts';
import { classify } from './sender.ts';

// Notes of Meta's that somebody has another number or id by now. The fields of the block name the new side and, since
// August 2026, the old BSUID; the old number stands in `from`, or in `customer` of older notes.

const noteSchema = z.object({
  from: idText,
  from_user_id: idText,
  system: block({
    type: text,
    wa_id: idText,
    new_wa_id: idText,
    customer: idText,
    user_id: idText,
    previous_user_id: idText,
    parent_user_id: idText,
    previous_parent_user_id: idText,
  }),
});

const KINDS: Record<string, IdentityChange['what']> = {
  user_changed_number: 'number_changed',
  customer_changed_number: 'number_changed',
  user_changed_user_id: 'id_changed',
  customer_identity_changed: 'identity_changed',
};

/** Who became whom, out of a `system` message; undefined for any other. A claim of Meta's, never a proof who owns what. */
export function readIdentityChange(payload: unknown): IdentityChange | undefined {
  const note = noteSchema.safeParse(payload).data;
  const system = note?.system;
  const type = system?.type;
  if (note === undefined || system === undefined || type === undefined || !Object.hasOwn(KINDS, type)) return undefined;
  const what = KINDS[type] ?? 'identity_changed';
  const named = [system.user_id, system.wa_id, system.new_wa_id, system.parent_user_id];
  const from = [note.from, note.from_user_id, system.customer];
  if (what === 'identity_changed') {
    const ids = classify([...named, ...from]);
    return { what, old: ids, now: ids };
  }
  const now = classify(named);
  const isNew = new Set([now.bsuid, now.phone, now.parentBsuid]);
  const before = classify([system.previous_user_id, system.previous_parent_user_id, ...from]);
  // Some notes come from the new number or id: what stands on both sides is the new one.
  const old = {
    bsuid: isNew.has(before.bsuid) ? undefined : before.bsuid,
    parentBsuid: isNew.has(before.parentBsuid) ? undefined : before.parentBsuid,
    phone: isNew.has(before.phone) ? undefined : before.phone,
  };
  return { what, old, now };
}
