import { z } from 'zod';
import type { Sender } from '../inbox/types.ts';
import { idText } from './fields.ts';
import { BSUID, PARENT_BSUID, PHONE } from './person-ids.ts';
import { makeTextStorable } from './storable-json.ts';

// Who sent a message. The message itself is believed first; the contacts block of the same delivery only adds what the
// message leaves out, and only from a contact that names the same person. Taking contacts[0] for the sender, as some
// libraries do, books an order on another shop's credit as soon as Meta puts two people into one delivery.

const NAME_MAX = 256;

const systemHead = z.object({ user_id: idText, wa_id: idText, previous_user_id: idText });
const messageFields = z.object({
  from: idText,
  from_user_id: idText,
  from_parent_user_id: idText,
  group_id: idText,
  system: systemHead.optional().catch(undefined),
});
export type SenderFields = z.infer<typeof messageFields>;
/** The fields of a message that say who sent it. */
export const senderShape = messageFields.shape;

const contactSchema = z.object({
  wa_id: idText,
  user_id: idText,
  parent_user_id: idText,
  profile: z.object({ name: idText, username: idText }).optional().catch(undefined),
});

type Identities = Pick<Sender, 'bsuid' | 'parentBsuid' | 'phone'>;
type Contact = Sender;

/** The contacts of a change, found by any of their ids: a delivery may bring a thousand of them. */
export type Contacts = { all: readonly Contact[]; byId: ReadonlyMap<string, readonly Contact[]> };

/** Reads the contacts block of a change; entries that are no objects are left out. */
export function readContacts(raw: unknown): Contacts {
  const all = Array.isArray(raw) ? raw.flatMap(readContact) : [];
  const byId = new Map<string, Contact[]>();
  for (const contact of all) {
    for (const id of idsOf(contact)) {
      const known = byId.get(id);
      if (known === undefined) byId.set(id, [contact]);
      else known.push(contact);
    }
  }
  return { all, byId };
}

function readContact(item: unknown): Contact[] {
  const parsed = contactSchema.safeParse(item);
  if (!parsed.success) return [];
  const { wa_id, user_id, parent_user_id, profile } = parsed.data;
  const identities = classify([user_id, wa_id, parent_user_id]);
  return [{ ...identities, profileName: nameOf(profile?.name), username: usernameOf(profile?.username) }];
}

/**
 * The sender of a message, or undefined when neither the message nor its only possible contact names anybody.
 * `alone` says that the message is the only one of its change, so that a single contact can only be its sender.
 */
export function resolveSender(message: SenderFields, contacts: Contacts, alone: boolean): Sender | undefined {
  const said = classify([message.from_user_id, message.from, message.from_parent_user_id]);
  const own = isNamed(said) ? said : systemIdentities(message);
  if (!isNamed(own)) {
    const only = alone && message.group_id === undefined && contacts.all.length === 1 ? contacts.all[0] : undefined;
    return only !== undefined && isNamed(only) ? withDefaultBsuid(only) : undefined;
  }
  const near = new Set(idsOf(own).flatMap((id) => contacts.byId.get(id) ?? []));
  const same = [...near].filter((contact) => !contradicts(own, contact));
  return withDefaultBsuid({
    bsuid: own.bsuid ?? agreed(same, 'bsuid'),
    parentBsuid: own.parentBsuid ?? agreed(same, 'parentBsuid'),
    phone: own.phone ?? agreed(same, 'phone'),
    username: agreed(same, 'username'),
    profileName: agreed(same, 'profileName'),
  });
}

/** Queue key of a person within a line: the BSUID first, because a phone number can be hidden or change hands. */
export function personKeyOf(sender: Sender): string | undefined {
  if (sender.bsuid !== undefined) return `b:${sender.bsuid}`;
  return sender.phone === undefined ? undefined : `p:${sender.phone}`;
}

/** Sorts ids by what they look like, not by the field they stood in: `from` has been seen holding a BSUID. */
export function classify(values: readonly (string | undefined)[]): Identities {
  const found: Identities = {};
  for (const raw of values) {
    const value = raw?.trim() ?? '';
    const phone = PHONE.exec(value)?.[1];
    if (phone !== undefined) found.phone ??= phone;
    else if (PARENT_BSUID.test(value) && BSUID.test(value)) found.parentBsuid ??= value;
    else if (BSUID.test(value)) found.bsuid ??= value;
  }
  return found;
}

/** A change of number or id may name its subject only inside the system block. */
function systemIdentities({ system }: SenderFields): Identities {
  return system === undefined ? {} : classify([system.user_id, system.wa_id, system.previous_user_id]);
}

function isNamed(who: Identities): boolean {
  return idsOf(who).length > 0;
}

function idsOf({ bsuid, phone, parentBsuid }: Identities): string[] {
  return [bsuid, phone, parentBsuid].filter((id) => id !== undefined);
}

/** One of the ids differs: another person, or the same phone in new hands. */
function contradicts(a: Identities, b: Identities): boolean {
  const keys = ['bsuid', 'phone', 'parentBsuid'] as const;
  return keys.some((key) => a[key] !== undefined && b[key] !== undefined && a[key] !== b[key]);
}

/** What the contacts say about a field, as long as they do not contradict each other. */
function agreed(contacts: readonly Contact[], key: keyof Contact): string | undefined {
  const values = new Set(contacts.map((contact) => contact[key]).filter((value) => value !== undefined));
  return values.size === 1 ? [...values][0] : undefined;
}

/** A parent BSUID can be answered like a BSUID, so somebody known by nothing else is still somebody. */
function withDefaultBsuid(sender: Sender): Sender {
  const bsuid = sender.bsuid ?? (sender.phone === undefined ? sender.parentBsuid : undefined);
  return { ...sender, bsuid };
}

function nameOf(value: string | undefined): string | undefined {
  // Cutting may split a surrogate pair, so the cut text is made storable again.
  return value === undefined || value === '' ? undefined : makeTextStorable(value.slice(0, NAME_MAX));
}

function usernameOf(value: string | undefined): string | undefined {
  return nameOf(value?.replace(/^@/, ''));
}
