import type { Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { SetupError } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { readPolicies } from '../shared/policies.ts';
import { type Change, differences } from './differences.ts';
import type { Shop, ShopLine } from './shop-schema.ts';

/** The wholesaler as it is after this step, which the later steps need. */
export type ImportedWholesaler = {
  id: string;
  currency: string;
  /** How long an order keeps its credit, where the wholesaler decided it; else the account's own time stands. */
  holdLifetimeMinutes: number | undefined;
};

type StoredWholesaler = {
  name: string;
  currency: string;
  language: string;
  timeZone: string;
  policies: Record<string, unknown>;
};

/**
 * Makes or changes the wholesaler and locks its row until the import commits, so that two imports of one shop run one
 * after the other. Refuses another currency once there are accounts, whose amounts would change their meaning.
 */
export async function importWholesaler(
  tx: Tx,
  given: Shop['wholesaler'],
): Promise<{ wholesaler: ImportedWholesaler; changes: Change[] }> {
  const inserted = await tx.$executeRaw`
    insert into wholesaler (id, name, currency, language, time_zone, policies)
    values (${given.id}, ${given.name}, ${given.currency}, ${given.language ?? 'en'}, ${given.timeZone ?? 'UTC'},
            ${JSON.stringify(given.policies ?? {})}::jsonb)
    on conflict (id) do nothing`;
  const [row] = await tx.$queryRaw<StoredWholesaler[]>`
    select name, currency, language, time_zone as "timeZone", policies from wholesaler
    where id = ${given.id} for no key update`;
  const before = mustExist(row, `wholesaler ${given.id}`);
  if (inserted === 1) {
    await tx.$executeRaw`insert into order_counter (wholesaler_id) values (${given.id}) on conflict do nothing`;
    return {
      wholesaler: imported(given.id, before),
      changes: [{ kind: 'wholesaler', id: given.id, what: 'new' }],
    };
  }
  const after: StoredWholesaler = {
    name: given.name,
    currency: given.currency,
    language: given.language ?? before.language,
    timeZone: given.timeZone ?? before.timeZone,
    policies: { ...before.policies, ...given.policies },
  };
  const what = differences(before, after);
  if (before.currency !== after.currency) await refuseNewCurrency(tx, given.id, before.currency, after.currency);
  if (what.length > 0) {
    await tx.$executeRaw`
      update wholesaler
      set name = ${after.name}, currency = ${after.currency}, language = ${after.language},
          time_zone = ${after.timeZone}, policies = ${JSON.stringify(after.policies)}::jsonb
      where id = ${given.id}`;
  }
  return {
    wholesaler: imported(given.id, after),
    changes: what.length === 0 ? [] : [{ kind: 'wholesaler', id: given.id, what: what.join(', ') }],
  };
}

const imported = (id: string, { currency, policies }: StoredWholesaler): ImportedWholesaler => ({
  id,
  currency,
  holdLifetimeMinutes: holdLifetimeOf(policies),
});

function holdLifetimeOf(policies: Record<string, unknown>): number | undefined {
  return policies.holdLifetimeHours === undefined ? undefined : readPolicies(policies).holdLifetimeHours * 60;
}

/** How long orders keep their credit at this wholesaler, for accounts that are opened; undefined where it did not decide. */
export async function readHoldLifetime(tx: Tx, wholesalerId: string): Promise<number | undefined> {
  const [row] = await tx.$queryRaw<{ policies: Record<string, unknown> }[]>`
    select policies from wholesaler where id = ${wholesalerId}`;
  return row === undefined ? undefined : holdLifetimeOf(row.policies);
}

async function refuseNewCurrency(tx: Tx, wholesalerId: string, from: string, to: string): Promise<void> {
  const accounts = await tx.$queryRaw<unknown[]>`
    select 1 from credit_account where wholesaler_id = ${wholesalerId} limit 1`;
  if (accounts.length === 0) return;
  throw new SetupError(
    `Wholesaler "${wholesalerId}" keeps its accounts in ${from}; the file says ${to}.`,
    'Set wholesaler.currency back, or import the shop under another wholesaler.id.',
  );
}

/** Gives the wholesaler its WhatsApp numbers. Refuses one that is in use at another wholesaler. */
export async function importLines(tx: Tx, wholesalerId: string, given: ShopLine[]): Promise<Change[]> {
  type Stored = { wholesalerId: string; phoneNumberId: string; displayPhone: string; tokenRef: string };
  const rows = await tx.$queryRaw<Stored[]>`
    select wholesaler_id as "wholesalerId", phone_number_id as "phoneNumberId", display_phone as "displayPhone",
           token_ref as "tokenRef"
    from line
    where phone_number_id = any (${given.map((line) => line.phoneNumberId)}::text[]) and retired_at is null`;
  const stored = new Map(rows.map((row) => [row.phoneNumberId, row]));
  const changes: Change[] = [];
  for (const line of given) {
    const before = stored.get(line.phoneNumberId);
    if (before !== undefined && before.wholesalerId !== wholesalerId) refuseForeignLine(line, before.wholesalerId);
    const after: Stored = {
      wholesalerId,
      phoneNumberId: line.phoneNumberId,
      displayPhone: line.displayPhoneNumber,
      tokenRef: line.tokenRef ?? before?.tokenRef ?? 'WHATSAPP_ACCESS_TOKEN',
    };
    const what = before === undefined ? ['new'] : differences(before, after);
    if (what.length === 0) continue;
    // A shop has a handful of numbers, so a statement for each is no burden here.
    await writeLine(tx, after, before === undefined);
    changes.push({ kind: 'line', id: line.phoneNumberId, what: what.join(', ') });
  }
  return changes;
}

function refuseForeignLine(line: ShopLine, otherWholesalerId: string): never {
  throw new SetupError(
    `The WhatsApp number ${line.phoneNumberId} is in use at wholesaler "${otherWholesalerId}".`,
    'Take it out of this file, or retire it there first: a number never changes its wholesaler by an import.',
  );
}

async function writeLine(
  tx: Tx,
  line: { wholesalerId: string; phoneNumberId: string; displayPhone: string; tokenRef: string },
  isNew: boolean,
): Promise<void> {
  if (isNew) {
    await tx.$executeRaw`
      insert into line (id, wholesaler_id, phone_number_id, display_phone, token_ref)
      values (${newId()}::uuid, ${line.wholesalerId}, ${line.phoneNumberId}, ${line.displayPhone}, ${line.tokenRef})`;
    return;
  }
  await tx.$executeRaw`
    update line set display_phone = ${line.displayPhone}, token_ref = ${line.tokenRef}
    where wholesaler_id = ${line.wholesalerId} and phone_number_id = ${line.phoneNumberId} and retired_at is null`;
}
