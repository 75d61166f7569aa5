import type { Sender } from '../inbox/types.ts';
import type { IdKind, PersonIds } from './types.ts';

const PARENT = /^[A-Z]{2}\.ENT\./;

/** The ids in a sender. Somebody known by a parent id alone carries it as BSUID, to be answered there. */
export function idsOf(sender: Pick<Sender, 'bsuid' | 'parentBsuid' | 'phone'>): PersonIds {
  const isParent = sender.bsuid !== undefined && PARENT.test(sender.bsuid);
  return {
    bsuid: isParent ? undefined : sender.bsuid,
    parentBsuid: sender.parentBsuid ?? (isParent ? sender.bsuid : undefined),
    phone: sender.phone,
  };
}

export type KindAndValue = { kind: IdKind; value: string };

/** The ids as rows, in the order in which they are asked who somebody is. */
export function listIds({ parentBsuid, bsuid, phone }: PersonIds): KindAndValue[] {
  return [
    ...(parentBsuid ? [{ kind: 'parent_bsuid' as const, value: parentBsuid }] : []),
    ...(bsuid ? [{ kind: 'bsuid' as const, value: bsuid }] : []),
    ...(phone ? [{ kind: 'phone' as const, value: phone }] : []),
  ];
}

/** The queue key of messages that show this id. */
export function keyOfId({ kind, value }: { kind: string; value: string }): string {
  return kind === 'phone' ? `p:${value}` : `b:${value}`;
}

/** The queue keys under which messages of these ids may come. */
export function keysOf(ids: PersonIds): string[] {
  return listIds(ids).map(keyOfId);
}

/** The queue key that messages with all of these ids have. */
export function mainKeyOf(ids: PersonIds): string | undefined {
  const list = listIds(ids);
  const main = list.find(({ kind }) => kind === 'bsuid') ?? list.findLast(() => true);
  return main && keyOfId(main);
}

/** The id in a queue key: what can always be written to, whatever the newest message showed. */
export function idsOfKey(personKey: string): PersonIds {
  const value = personKey.slice(2);
  return personKey.startsWith('p:') ? { phone: value } : idsOf({ bsuid: value });
}
