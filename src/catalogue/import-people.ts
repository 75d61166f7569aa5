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

/** Writes approvers that are new. An approver is known by name, so there is nothing else to change. */
export async function importApprovers(tx: Tx, wholesalerId: string, given: ShopApprover[]): Promise<Change[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select name from approver where wholesaler_id = ${wholesalerId}`;
  const stored = new Set(rows.map((row) => row.name));
  const fresh = given.filter((approver) => !stored.has(approver.name));
  for (const part of inParts(fresh.map(({ name }) => ({ id: newId(), name })))) {
    await tx.$executeRaw`
      insert into approver (wholesaler_id, id, name)
      select ${wholesalerId}, id, name from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as r (id uuid, name text)`;
  }
  return fresh.map(({ name }) => ({ kind: 'approver', id: name, what: 'new' }));
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

type Owner = { retailerId: string; approverId: null } | { retailerId: null; approverId: string };
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
  for (const { kind, value, owner, ownerName } of wanted) {
    const before = live.get(`${kind} ${value}`);
    if (before?.retailerId === owner.retailerId && before.approverId === owner.approverId) continue;
    if (before !== undefined) ended.push(before.id);
    fresh.push({ id: newId(), kind, value, ...owner });
    const what = before === undefined ? `new, of ${ownerName}` : `moves from ${formerOwner(before)} to ${ownerName}`;
    changes.push({ kind: 'identity', id: `${kind} ${value}`, what });
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

type Wanted = ShopIdentity & { owner: Owner; ownerName: string };

async function wantedIdentities(
  tx: Tx,
  wholesalerId: string,
  { retailers, approvers }: { retailers: ShopRetailer[]; approvers: ShopApprover[] },
): Promise<Wanted[]> {
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
    select id, name from approver where wholesaler_id = ${wholesalerId}`;
  const approverIds = new Map(rows.map((row) => [row.name, row.id]));
  return [
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
