import type { Tx } from '../db/index.ts';
import { keysOf } from './ids.ts';
import type { Match } from './judge.ts';
import { learnIds } from './learn-ids.ts';
import { matchIds } from './match-ids.ts';
import type { Claim, LinkReason, PersonIds, Standing } from './types.ts';

/** A note of Meta's that somebody's ids changed. Both sides as it names them; for `identity_changed` they are the same. */
export type ChangeHeard = {
  what: 'number_changed' | 'id_changed' | 'identity_changed';
  old: PersonIds;
  now: PersonIds;
  lineId: string;
  eventId: string;
};

/**
 * What changes of number and id claim. Meta's word says that a WhatsApp account changed its number, not that the shop did:
 * numbers are sold, and phones are lent and stolen. So each becomes a claim, and nothing moves.
 */
export async function hearChanges(tx: Tx, wholesalerId: string, changes: ChangeHeard[]): Promise<Claim[]> {
  if (changes.length === 0) return [];
  const sides = await matchIds(
    tx,
    wholesalerId,
    changes.flatMap(({ old, now }) => [{ ids: old }, { ids: now }]),
  );
  return changes.flatMap((change, at) => {
    const before = ownerOf(sides[at * 2]?.matches ?? []);
    const after = sides[at * 2 + 1]?.matches ?? [];
    if (before?.owner.kind !== 'retailer' || keysOf(change.now).length === 0) return [];
    const isKnown = after.length > 0 && after.every(({ personId }) => personId === before.personId);
    if (change.what !== 'identity_changed' && isKnown) return [];
    const { what: reason, now: ids, lineId, eventId } = change;
    return [
      { retailerId: before.owner.retailer.id, personId: before.personId, reason, ids, shown: ids, lineId, eventId },
    ];
  });
}

/** The BSUID is the surest; a phone may have been somebody else's since. */
function ownerOf(matches: readonly Match[]): Match | undefined {
  const rank = { bsuid: 0, parent_bsuid: 1, phone: 2 };
  return [...matches].sort((a, b) => rank[a.kind] - rank[b.kind])[0];
}

/** A phone that somebody gave of themselves, by the button that asks for it. */
export type PhoneGiven = { phone: string; ids: PersonIds; standing: Standing; lineId: string; eventId: string };

/**
 * Hears phones that people gave. A known person's new phone is kept; a phone that is a shop's makes the giver a claimant,
 * whoever pressed the button: it opens nothing. Returns the claims, and whose phone was kept, by event id.
 */
export async function hearPhones(
  tx: Tx,
  wholesalerId: string,
  given: PhoneGiven[],
): Promise<{ claims: Claim[]; kept: Set<string> }> {
  if (given.length === 0) return { claims: [], kept: new Set() };
  const found = await matchIds(
    tx,
    wholesalerId,
    given.map(({ phone }) => ({ ids: { phone } })),
  );
  const claims: Claim[] = [];
  const keeping: PhoneGiven[] = [];
  given.forEach((one, at) => {
    const [match] = found[at]?.matches ?? [];
    if (match === undefined) {
      if (one.standing.kind === 'retailer') keeping.push(one);
      return;
    }
    const { owner, personId } = match;
    if (owner.kind !== 'retailer' || isOf(one.standing, owner.retailer.id)) return;
    const reason: LinkReason = 'contact_card';
    const { ids, lineId, eventId } = one;
    claims.push({ retailerId: owner.retailer.id, personId, reason, ids, shown: ids, lineId, eventId });
  });
  const learnt = keeping.flatMap(({ phone, standing, eventId }) =>
    standing.kind === 'retailer'
      ? [
          {
            personId: standing.personId,
            retailerId: standing.retailer.id,
            approverId: null,
            ids: [{ kind: 'phone', value: phone }],
            unify: [],
            eventId,
          },
        ]
      : [],
  );
  await learnIds(tx, wholesalerId, learnt);
  return { claims, kept: new Set(keeping.map(({ eventId }) => eventId)) };
}

function isOf(standing: Standing, retailerId: string): boolean {
  return standing.kind === 'retailer' && standing.retailer.id === retailerId;
}
