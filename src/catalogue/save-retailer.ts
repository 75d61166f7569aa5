import { createHash } from 'node:crypto';
import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { canonical } from '../shared/canonical.ts';
import { importIdentities, importRetailers } from './import-people.ts';
import { type ListedRetailer, listRetailers } from './list-parts.ts';
import { lockCatalogue } from './product-store.ts';
import { pathText, type ShopProblem } from './shop-checks.ts';
import { retailer as retailerSchema, type ShopIdentity } from './shop-schema.ts';

/** What staff say of a shop; its credit is another matter. */
export type RetailerBasics = {
  name: string;
  /** Null: the language that the shop writes in. */
  language: string | null;
  priceList: string | null;
};

type Identity = { kind: string; value: string };

/** A shop with the phones and WhatsApp ids that order on its account; null when the wholesaler has none with this id. */
export async function readRetailer(tx: Tx, wholesalerId: string, id: string): Promise<ListedRetailer | null> {
  const [found] = await listRetailers(tx, { wholesalerId, id, limit: 1 });
  return found ?? null;
}

/** What a page that shows a shop carries, so that a second person who saves it is noticed. */
export const versionOfRetailer = ({ name, language, priceList, identities }: ListedRetailer): string =>
  createHash('sha256').update(canonical({ name, language, priceList, identities })).digest('base64url').slice(0, 22);

type Refused =
  | { kind: 'faulty'; problems: ShopProblem[] }
  /** Whoever holds a phone orders on the account, so it never moves from one shop to another by the way. */
  | { kind: 'phone_taken'; phone: string; shop: string };

/**
 * Adds a shop with its phones in the caller's transaction. The same again is `added` too: a second click finds what the
 * first one did.
 */
export async function addRetailer(
  tx: Tx,
  wholesalerId: string,
  given: RetailerBasics & { id: string; phones: readonly string[] },
): Promise<{ kind: 'added'; isNew: boolean } | { kind: 'id_taken' } | Refused> {
  const { id, phones, ...basics } = given;
  const problems = problemsOf({ id, ...basics }, phones);
  if (problems.length > 0) return { kind: 'faulty', problems };
  await lockCatalogue(tx, wholesalerId);
  const before = await readRetailer(tx, wholesalerId, id);
  if (before !== null)
    return (await isRepeated(tx, wholesalerId, before, given)) ? { kind: 'added', isNew: false } : { kind: 'id_taken' };
  const taken = await phoneOfAnother(tx, wholesalerId, id, phones);
  if (taken !== null) return taken;
  await write(tx, wholesalerId, { id, ...basics });
  await addPhones(tx, wholesalerId, { id, name: basics.name, phones });
  return { kind: 'added', isNew: true };
}

export type RetailerChange = RetailerBasics & {
  phones: readonly string[];
  /** Identities that open the account no more. */
  removed: readonly Identity[];
};

/**
 * Changes a shop in the caller's transaction: what is said of it, phones that come and identities that go, at once. `seen`
 * is the version that the editor looked at. The audit keeps by whom.
 */
export async function changeRetailer(
  tx: Tx,
  wholesalerId: string,
  { id, seen, change, by }: { id: string; seen: string; change: RetailerChange; by: string },
): Promise<{ kind: 'saved'; isNew: boolean } | { kind: 'not_found' | 'changed_meanwhile' } | Refused> {
  const { phones, removed, ...basics } = change;
  const problems = problemsOf({ id, ...basics }, phones);
  if (problems.length > 0) return { kind: 'faulty', problems };
  await lockCatalogue(tx, wholesalerId);
  const before = await readRetailer(tx, wholesalerId, id);
  if (before === null) return { kind: 'not_found' };
  // A second click finds what the first one did: that is nobody else.
  if (isAsWanted(before, change)) return { kind: 'saved', isNew: false };
  if (seen !== versionOfRetailer(before)) return { kind: 'changed_meanwhile' };
  const taken = await phoneOfAnother(tx, wholesalerId, id, phones);
  if (taken !== null) return taken;
  await write(tx, wholesalerId, { id, ...basics });
  await endIdentities(tx, wholesalerId, id, removed);
  await addPhones(tx, wholesalerId, { id, name: basics.name, phones });
  const after = { phonesAdded: phones.length, identitiesRemoved: removed.length };
  await writeAudit(tx, [{ wholesalerId, actor: by, action: 'retailer_changed', subject: { retailerId: id }, after }]);
  return { kind: 'saved', isNew: true };
}

/**
 * Lets whoever has this phone or id order on a shop's account, in the caller's transaction. One of another shop never moves
 * by the way; that of an approver becomes the shop's besides.
 */
export async function linkIdentity(
  tx: Tx,
  wholesalerId: string,
  { id, identity, by }: { id: string; identity: ShopIdentity; by: string },
): Promise<
  { kind: 'linked'; identityId: string; isNew: boolean } | { kind: 'not_found' } | { kind: 'taken'; shop: string }
> {
  await lockCatalogue(tx, wholesalerId);
  const shop = await readRetailer(tx, wholesalerId, id);
  if (shop === null) return { kind: 'not_found' };
  const taken = await ownedByAnother(tx, wholesalerId, id, [identity]);
  if (taken !== null) return { kind: 'taken', shop: taken.shop };
  const retailers = [{ id, name: shop.name, identities: [identity] }];
  const approvers = (await approversWith(tx, wholesalerId, identity)).map((name) => ({ name, identities: [identity] }));
  const changes = await importIdentities(tx, wholesalerId, { retailers, approvers });
  const identityId = await idOfLive(tx, wholesalerId, id, identity);
  if (changes.length === 0) return { kind: 'linked', identityId, isNew: false };
  const subject = { retailerId: id, kind: identity.kind };
  await writeAudit(tx, [{ wholesalerId, actor: by, action: 'identity_linked', subject }]);
  return { kind: 'linked', identityId, isNew: true };
}

async function idOfLive(tx: Tx, wholesalerId: string, shopId: string, { kind, value }: Identity): Promise<string> {
  const [live] = await tx.$queryRaw<{ id: string }[]>`
    select id::text as id from identity
     where wholesaler_id = ${wholesalerId} and retailer_id = ${shopId} and kind = ${kind} and value = ${value}
       and valid_to is null`;
  return mustExist(live, 'the identity that was linked').id;
}

async function approversWith(tx: Tx, wholesalerId: string, { kind, value }: Identity): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select a.name from identity i join approver a on a.wholesaler_id = i.wholesaler_id and a.id = i.approver_id
     where i.wholesaler_id = ${wholesalerId} and i.kind = ${kind} and i.value = ${value} and i.valid_to is null`;
  return rows.map(({ name }) => name);
}

/**
 * Whoever has this identity orders on the account no more; an approver stays one. Done again it does nothing more, also where
 * nothing but the approver is left of it.
 */
export async function unlinkIdentity(
  tx: Tx,
  wholesalerId: string,
  { id, identityId, by }: { id: string; identityId: string; by: string },
): Promise<{ kind: 'unlinked'; isNew: boolean } | { kind: 'not_found' }> {
  await lockCatalogue(tx, wholesalerId);
  const [known] = await tx.$queryRaw<(Identity & { isLive: boolean })[]>`
    select i.kind, i.value, i.valid_to is null and i.retailer_id is not null as "isLive"
      from retailer r join identity i on i.wholesaler_id = r.wholesaler_id and coalesce(i.retailer_id, r.id) = r.id
     where r.wholesaler_id = ${wholesalerId} and r.id = ${id} and i.id = ${identityId}::uuid`;
  if (known === undefined) return { kind: 'not_found' };
  if (!known.isLive) return { kind: 'unlinked', isNew: false };
  await endIdentities(tx, wholesalerId, id, [known]);
  const subject = { retailerId: id, identityId };
  await writeAudit(tx, [{ wholesalerId, actor: by, action: 'identity_unlinked', subject }]);
  return { kind: 'unlinked', isNew: true };
}

function problemsOf({ id, name, language, priceList }: RetailerBasics & { id: string }, phones: readonly string[]) {
  const read = retailerSchema.safeParse({
    id,
    name,
    ...(language === null ? {} : { language }),
    ...(priceList === null ? {} : { priceList }),
    identities: identitiesOf(phones),
  });
  return read.success ? [] : read.error.issues.map(({ path, message }) => ({ path: pathText(path), message }));
}

const identitiesOf = (phones: readonly string[]): ShopIdentity[] => phones.map((value) => ({ kind: 'phone', value }));

/** A shop without a phone looks the same as another of its name: then only one that is a few minutes old is a repetition. */
async function isRepeated(
  tx: Tx,
  wholesalerId: string,
  before: ListedRetailer,
  { id, phones, ...basics }: RetailerBasics & { id: string; phones: readonly string[] },
): Promise<boolean> {
  if (!isAsWanted(before, { ...basics, phones, removed: [] })) return false;
  const [row] = await tx.$queryRaw<{ isFresh: boolean }[]>`
    select created_at > app_clock() - interval '10 minutes' as "isFresh" from retailer
     where wholesaler_id = ${wholesalerId} and id = ${id}`;
  return phones.length > 0 || row?.isFresh === true;
}

function isAsWanted(before: ListedRetailer, { phones, removed, ...basics }: RetailerChange): boolean {
  const { name, language, priceList, identities } = before;
  const has = ({ kind, value }: Identity): boolean =>
    identities.some((identity) => identity.kind === kind && identity.value === value);
  return (
    canonical({ name, language, priceList }) === canonical(basics) &&
    identitiesOf(phones).every(has) &&
    !removed.some(has)
  );
}

async function phoneOfAnother(
  tx: Tx,
  wholesalerId: string,
  id: string,
  phones: readonly string[],
): Promise<{ kind: 'phone_taken'; phone: string; shop: string } | null> {
  const taken = await ownedByAnother(tx, wholesalerId, id, identitiesOf(phones));
  return taken === null ? null : { kind: 'phone_taken', phone: taken.value, shop: taken.shop };
}

async function ownedByAnother(
  tx: Tx,
  wholesalerId: string,
  id: string,
  identities: readonly Identity[],
): Promise<{ value: string; shop: string } | null> {
  const [row] = await tx.$queryRaw<{ value: string; shop: string }[]>`
    select i.value, r.name as shop
      from jsonb_to_recordset(${JSON.stringify(identities)}::jsonb) as w (kind text, value text)
      join identity i on i.wholesaler_id = ${wholesalerId} and i.kind = w.kind and i.value = w.value
      join retailer r on r.wholesaler_id = i.wholesaler_id and r.id = i.retailer_id
     where i.valid_to is null and i.retailer_id <> ${id}
     limit 1`;
  return row ?? null;
}

/** Unlike an import, which leaves alone what it does not name, this also empties language and price list. */
async function write(tx: Tx, wholesalerId: string, retailer: RetailerBasics & { id: string }): Promise<void> {
  const { id, name, language, priceList } = retailer;
  await importRetailers(tx, wholesalerId, [{ id, name }]);
  await tx.$executeRaw`
    update retailer set language = ${language}, price_list = ${priceList}
     where wholesaler_id = ${wholesalerId} and id = ${id}
       and (language, price_list) is distinct from (${language}::text, ${priceList}::text)`;
}

async function addPhones(
  tx: Tx,
  wholesalerId: string,
  { id, name, phones }: { id: string; name: string; phones: readonly string[] },
): Promise<void> {
  const retailers = [{ id, name, identities: identitiesOf(phones) }];
  await importIdentities(tx, wholesalerId, { retailers, approvers: [] });
}

/** The rows end and stay readable. Of an approver who has the shop besides, only the shop goes. */
async function endIdentities(tx: Tx, wholesalerId: string, id: string, removed: readonly Identity[]): Promise<void> {
  if (removed.length === 0) return;
  const keys = removed.map(({ kind, value }) => `${kind} ${value}`);
  await tx.$executeRaw`
    update identity
       set retailer_id = case when approver_id is null then retailer_id end,
           valid_to = case when approver_id is null then app_clock() end
     where wholesaler_id = ${wholesalerId} and retailer_id = ${id} and valid_to is null
       and kind || ' ' || value = any (${keys}::text[])`;
}
