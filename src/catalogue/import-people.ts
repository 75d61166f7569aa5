import type { Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { newId } from '../shared/ids.ts';
import { type Change, differences, inParts } from './differences.ts';
import type { ShopApprover, ShopIdentity, ShopRetailer, ShopStaff } from './shop-schema.ts';

/** Writes retailers that are new or changed. Their identities and accounts are separate steps. */
export async function importRetailers(tx: Tx, wholesalerId: string, given: ShopRetailer[]): Promise<Change[]> {
  type Stored = { id: string; name: string; language: string | null; priceList: string | null };
  const rows = await tx.$queryRaw<Stored[]>`
    select id, name, language, price_list as "priceList" from retailer where wholesaler_id = ${wholesalerId}`;
  const stored = new Map(rows.map((row) => [row.id, row]));
  const { writes, changes } = plan(given, 'retailer', (retailer) => {
    const before = stored.get(retailer.id);
    const after: Stored = {
      id: retailer.id,
      name: retailer.name,
      language: retailer.language ?? before?.language ?? null,
      priceList: retailer.priceList ?? before?.priceList ?? null,
    };
    return { id: retailer.id, before, after };
  });
  for (const part of inParts(writes)) {
    await tx.$executeRaw`
      insert into retailer (wholesaler_id, id, name, language, price_list)
      select ${wholesalerId}, id, name, language, "priceList"
      from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as r (id text, name text, language text, "priceList" text)
      on conflict (wholesaler_id, id) do update
      set name = excluded.name, language = excluded.language, price_list = excluded.price_list`;
  }
  return changes;
}

/** Writes approvers that are new or changed. An approver is known by name. */
export async function importApprovers(tx: Tx, wholesalerId: string, given: ShopApprover[]): Promise<Change[]> {
  type Stored = { name: string; language: string | null };
  const rows = await tx.$queryRaw<Stored[]>`
    select name, language from approver where wholesaler_id = ${wholesalerId}`;
  const stored = new Map(rows.map((row) => [row.name, row]));
  const { writes, changes } = plan(given, 'approver', ({ name, language }) => {
    const before = stored.get(name);
    return { id: name, before, after: { name, language: language ?? before?.language ?? null } };
  });
  for (const part of inParts(writes.map((approver) => ({ ...approver, id: newId() })))) {
    await tx.$executeRaw`
      insert into approver (wholesaler_id, id, name, language)
      select ${wholesalerId}, id, name, language
      from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as r (id uuid, name text, language text)
      on conflict (wholesaler_id, name) do update set language = excluded.language`;
  }
  return changes;
}

/** Writes staff that are new or changed. A person is known by the e-mail address, in whatever case it was typed. */
export async function importStaff(tx: Tx, wholesalerId: string, given: ShopStaff[]): Promise<Change[]> {
  type Stored = { email: string; name: string; role: string };
  const rows = await tx.$queryRaw<Stored[]>`
    select email, name, role from staff_user where wholesaler_id = ${wholesalerId}`;
  const stored = new Map(rows.map((row) => [row.email, row]));
  const { writes, changes } = plan(given, 'staff', (person) => {
    const email = person.email.toLowerCase();
    return { id: email, before: stored.get(email), after: { ...person, email } };
  });
  for (const part of inParts(writes.map((person) => ({ ...person, id: newId() })))) {
    await tx.$executeRaw`
      insert into staff_user (wholesaler_id, id, email, name, role)
      select ${wholesalerId}, id, email, name, role
      from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as r (id uuid, email text, name text, role text)
      on conflict (wholesaler_id, email) do update set name = excluded.name, role = excluded.role`;
  }
  return changes;
}

/** A shop, an approver, or an approver who has a shop. */
type Owner = { retailerId: string | null; approverId: string | null };
type LiveIdentity = { id: string; kind: string; value: string; retailerId: string | null; approverId: string | null };

/**
 * Gives retailers and approvers the phones and ids that the file names. One that belongs to somebody else moves: the
 * old row ends and stays readable, and the change is listed, because whoever holds a phone orders on the account.
 */
export async function importIdentities(
  tx: Tx,
  wholesalerId: string,
  given: { retailers: ShopRetailer[]; approvers: ShopApprover[] },
): Promise<Change[]> {
  const wanted = await wantedIdentities(tx, wholesalerId, given);
  const live = await readLiveIdentities(tx, wholesalerId, wanted);
  const changes: Change[] = [];
  const fresh: (ShopIdentity & Owner & { id: string })[] = [];
  const ended: string[] = [];
  const joined: { id: string; approverId: string | null; retailerId: string | null }[] = [];
  for (const { kind, value, owner, ownerName } of wanted) {
    const before = live.get(`${kind} ${value}`);
    if (before !== undefined && isWhole(before, owner)) continue;
    if (before !== undefined && isPartOf(before, owner)) {
      joined.push({ id: before.id, ...owner });
      changes.push({ kind: 'identity', id: `${kind} ${value}`, what: `also of ${ownerName}` });
      continue;
    }
    if (before !== undefined) ended.push(before.id);
    fresh.push({ id: newId(), kind, value, ...owner });
    const what = before === undefined ? `new, of ${ownerName}` : `moves from ${formerOwner(before)} to ${ownerName}`;
    changes.push({ kind: 'identity', id: `${kind} ${value}`, what });
  }
  for (const part of inParts(joined)) {
    await tx.$executeRaw`
      update identity i set retailer_id = r."retailerId", approver_id = r."approverId"
        from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as r (id uuid, "retailerId" text, "approverId" uuid)
       where i.wholesaler_id = ${wholesalerId} and i.id = r.id`;
  }
  for (const part of inParts(ended)) {
    await tx.$executeRaw`
      update identity set valid_to = app_clock()
      where wholesaler_id = ${wholesalerId} and id = any (${part}::uuid[]) and valid_to is null`;
  }
  for (const part of inParts(fresh)) {
    await tx.$executeRaw`
      insert into identity (wholesaler_id, id, kind, value, retailer_id, approver_id)
      select ${wholesalerId}, id, kind, value, "retailerId", "approverId"
      from jsonb_to_recordset(${JSON.stringify(part)}::jsonb)
        as r (id uuid, kind text, value text, "retailerId" text, "approverId" uuid)`;
  }
  return changes;
}

/** Whether the stored identity is all that the file says; what the file leaves out stays. */
function isWhole(before: Owner, { retailerId, approverId }: Owner): boolean {
  const isShop = retailerId === null || before.retailerId === retailerId;
  return isShop && (approverId === null || before.approverId === approverId);
}

/** Whether the file only adds the other half: the person stays the same. */
function isPartOf(before: Owner, { retailerId, approverId }: Owner): boolean {
  if (retailerId === null || approverId === null) return false;
  const isShop = before.retailerId === null || before.retailerId === retailerId;
  return isShop && (before.approverId === null || before.approverId === approverId);
}

type Wanted = ShopIdentity & { owner: Owner; ownerName: string };

async function wantedIdentities(
  tx: Tx,
  wholesalerId: string,
  { retailers, approvers }: { retailers: ShopRetailer[]; approvers: ShopApprover[] },
): Promise<Wanted[]> {
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
    select id, name from approver where wholesaler_id = ${wholesalerId}`;
  const approverIds = new Map(rows.map((row) => [row.name, row.id]));
  const wanted: Wanted[] = [
    ...retailers.flatMap(({ id, identities = [] }) =>
      identities.map((identity) => ({
        ...identity,
        owner: { retailerId: id, approverId: null },
        ownerName: `retailer ${id}`,
      })),
    ),
    ...approvers.flatMap(({ name, identities = [] }) =>
      identities.map((identity) => ({
        ...identity,
        owner: { retailerId: null, approverId: mustExist(approverIds.get(name), `approver ${name}`) },
        ownerName: `approver ${name}`,
      })),
    ),
  ];
  const whole = new Map<string, Wanted>();
  for (const one of wanted) {
    const key = `${one.kind} ${one.value}`;
    const shop = whole.get(key);
    const owner = shop === undefined ? one.owner : { ...shop.owner, approverId: one.owner.approverId };
    whole.set(key, {
      ...one,
      owner,
      ownerName: shop === undefined ? one.ownerName : `${shop.ownerName} and ${one.ownerName}`,
    });
  }
  return [...whole.values()];
}

async function readLiveIdentities(tx: Tx, wholesalerId: string, wanted: Wanted[]): Promise<Map<string, LiveIdentity>> {
  const live = new Map<string, LiveIdentity>();
  for (const part of inParts(wanted.map((identity) => identity.value))) {
    const rows = await tx.$queryRaw<LiveIdentity[]>`
      select id, kind, value, retailer_id as "retailerId", approver_id as "approverId" from identity
      where wholesaler_id = ${wholesalerId} and value = any (${part}::text[]) and valid_to is null`;
    for (const row of rows) live.set(`${row.kind} ${row.value}`, row);
  }
  return live;
}

function formerOwner(identity: LiveIdentity): string {
  return identity.retailerId === null ? 'an approver' : `retailer ${identity.retailerId}`;
}

type Planned<Stored> = { id: string; before: Stored | undefined; after: Stored };

function plan<Given, Stored extends object>(
  given: readonly Given[],
  kind: Change['kind'],
  compare: (item: Given) => Planned<Stored>,
): { writes: Stored[]; changes: Change[] } {
  const writes: Stored[] = [];
  const changes: Change[] = [];
  for (const item of given) {
    const { id, before, after } = compare(item);
    const what = before === undefined ? ['new'] : differences(before, after);
    if (what.length === 0) continue;
    writes.push(after);
    changes.push({ kind, id, what: what.join(', ') });
  }
  return { writes, changes };
}
