import type { Tx } from '../db/index.ts';
import { newId } from '../shared/ids.ts';
import type { Claim, ClaimAnswer } from './types.ts';

/** The same amount without a reference, said again this soon by one shop, is one payment. */
const SAID_AGAIN_MINUTES = 15;
const REFERENCE_MAX = 40;

/**
 * Puts a claim into the cashier's queue, in the caller's transaction. Books nothing: what was paid is known when somebody
 * has looked. A reference that this shop gave before, or the same words again within minutes, is that claim again; a
 * picture that comes with it is added to it.
 *
 * Waits for no lock: the caller may hold accounts, and a cashier who decides on a claim holds its row before the account.
 */
export async function claimPayment(tx: Tx, claim: Claim): Promise<ClaimAnswer> {
  const before = await findSame(tx, claim);
  if (before !== undefined) {
    if (claim.photoEventId !== null && before.state === 'open') await addPhoto(tx, claim, before.claimId);
    return { kind: 'again', ...before };
  }
  if (claim.completes !== null && (await complete(tx, claim, claim.completes))) {
    return { kind: 'noted', claimId: claim.completes };
  }
  const claimId = newId();
  const { wholesalerId, retailerId, lineId, personKey, eventId, photoEventId } = claim;
  const { reference, key } = referenceOf(claim);
  await tx.$executeRaw`
    insert into claimed_payment (wholesaler_id, id, retailer_id, event_id, line_id, person_key, photo_event_id, amount_minor,
                                 currency, method, reference, reference_key)
    values (${wholesalerId}, ${claimId}::uuid, ${retailerId}, ${eventId}::uuid, ${lineId}::uuid, ${personKey},
            ${photoEventId}::uuid, ${claim.amountMinor}::bigint, ${claim.currency}, ${claim.method}::text,
            ${reference}::text, ${key}::text)
    on conflict (wholesaler_id, event_id) do nothing`;
  return { kind: 'noted', claimId };
}

type Before = Omit<Extract<ClaimAnswer, { kind: 'again' }>, 'kind'>;

async function findSame(tx: Tx, claim: Claim): Promise<Before | undefined> {
  const { wholesalerId, retailerId, amountMinor, method } = claim;
  const { key } = referenceOf(claim);
  const [row] = await tx.$queryRaw<Before[]>`
    select c.id as "claimId", c.state, c.claimed_at as "claimedAt"
      from claimed_payment c
     where c.wholesaler_id = ${wholesalerId} and c.retailer_id = ${retailerId}
       and c.id is distinct from ${claim.completes}::uuid
       and (c.reference_key = ${key}::text
            or ${key}::text is null and ${amountMinor}::bigint is not null
               and c.reference_key is null and c.state = 'open' and c.amount_minor = ${amountMinor}::bigint
               and c.method is not distinct from ${method}::text
               and c.claimed_at > app_clock() - make_interval(mins => ${SAID_AGAIN_MINUTES}::int))
     order by c.state = 'refused', c.claimed_at desc limit 1`;
  return row;
}

async function addPhoto(tx: Tx, { wholesalerId, photoEventId }: Claim, claimId: string): Promise<void> {
  await tx.$executeRaw`
    with free as (
      select wholesaler_id, id from claimed_payment
       where wholesaler_id = ${wholesalerId} and id = ${claimId}::uuid and state = 'open' and photo_event_id is null
         for no key update skip locked)
    update claimed_payment c set photo_event_id = ${photoEventId}::uuid
      from free f where c.wholesaler_id = f.wholesaler_id and c.id = f.id`;
}

/** Says how much a picture stands for. False when somebody has decided on it, or is about to: then it is a new claim. */
async function complete(tx: Tx, claim: Claim, claimId: string): Promise<boolean> {
  const { wholesalerId, retailerId } = claim;
  const { reference, key } = referenceOf(claim);
  const changed = await tx.$executeRaw`
    with free as (
      select wholesaler_id, id from claimed_payment
       where wholesaler_id = ${wholesalerId} and id = ${claimId}::uuid and retailer_id = ${retailerId}
         and state = 'open' and amount_minor is null
         for no key update skip locked)
    update claimed_payment c
       set amount_minor = ${claim.amountMinor}::bigint, method = coalesce(${claim.method}::text, c.method),
           reference = coalesce(${reference}::text, c.reference), reference_key = coalesce(${key}::text, c.reference_key),
           photo_event_id = coalesce(c.photo_event_id, ${claim.photoEventId}::uuid)
      from free f where c.wholesaler_id = f.wholesaler_id and c.id = f.id`;
  return changed === 1;
}

/** The reference, and the same without case, spaces and marks; both null where nothing of it is left. */
function referenceOf({ reference }: Claim): { reference: string | null; key: string | null } {
  const key = (reference ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .slice(0, REFERENCE_MAX);
  return key === '' ? { reference: null, key: null } : { reference: (reference ?? '').slice(0, REFERENCE_MAX), key };
}
