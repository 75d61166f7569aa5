import type { Tx } from '../../db/index.ts';
import { type PhonePerson, readPeople } from '../phone/people.ts';

/** A person on the page: `key` stands for them in addresses and ids. */
export type Phone = PhonePerson & { key: string };

const NUMBER = /^\d{5,20}$/;
/** A number that nobody has: whoever writes from it is unknown to the shop. */
const STRANGER = '919811100001';

/** Everybody who may hold a phone here, strangers last. */
export async function readPhones(db: Tx): Promise<Phone[]> {
  const known = (await readPeople(db)).map((person) => ({ ...person, key: keyOf(person) }));
  const first = known[0];
  if (first === undefined || known.some(({ key }) => key === STRANGER)) return known;
  return [...known, strangerAt(STRANGER, first)];
}

/** The phone with this key: somebody known, else a stranger at that number. Undefined for what is no number. */
export function phoneAt(phones: readonly Phone[], key: string): Phone | undefined {
  const known = phones.find((phone) => phone.key === key || phone.phone === key || phone.bsuid === key);
  const first = phones[0];
  if (known !== undefined || first === undefined || !NUMBER.test(key)) return known;
  return strangerAt(key, first);
}

/** Shops whose credit more than one phone can use. */
export function sharedShops(
  phones: readonly Phone[],
): { wholesalerId: string; retailerId: string; name: string; phones: Phone[] }[] {
  const shops = new Map<string, Phone[]>();
  for (const phone of phones) {
    if (phone.retailerId === null) continue;
    const key = JSON.stringify([phone.wholesaler.id, phone.retailerId]);
    shops.set(key, [...(shops.get(key) ?? []), phone]);
  }
  return [...shops.values()].flatMap((members) => {
    const [first, second] = members;
    if (first?.retailerId == null || second === undefined) return [];
    return [
      { wholesalerId: first.wholesaler.id, retailerId: first.retailerId, name: first.name, phones: [first, second] },
    ];
  });
}

/** Who is on the page when nobody was chosen: the two phones of one shop, else the first two people. */
export function phonesToBeginWith(phones: readonly Phone[]): Phone[] {
  return sharedShops(phones)[0]?.phones ?? phones.slice(0, 2);
}

function strangerAt(phone: string, { wholesaler, line }: Phone): Phone {
  return { key: phone, phone, name: 'Somebody unknown', retailerId: null, language: null, wholesaler, line };
}

const keyOf = ({ phone, bsuid }: PhonePerson): string => phone ?? bsuid ?? '';
