import { listOpenApprovals, readApprovers } from '../approvals/index.ts';
import type { CatalogueCache } from '../catalogue/index.ts';
import { readAccounts } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import type { WorkItem } from '../inbox/index.ts';
import { recentOrders } from '../orders/index.ts';
import type { RetailerRow, Standing } from '../people/index.ts';
import { newId } from '../shared/ids.ts';
import { readLearned } from './learned-aliases.ts';
import type { Met } from './meet-people.ts';
import { readStopped } from './notice-wishes.ts';
import { readDebts } from './read-debts.ts';
import { readQuoted } from './read-quoted.ts';
import type { WholesalerRow } from './read-wholesaler.ts';
import type { Basis } from './trace.ts';
import type { Facts } from './types.ts';

/** How many of a shop's newest orders a decision may know. */
const ORDERS_KNOWN = 5;

/** How many open requests an approver's decision may know. */
const APPROVALS_KNOWN = 20;

export type FactsSources = { catalogues: CatalogueCache };

/** Somebody with all that a decision on their event may know, and the goods and prices that it rests on. */
type Known = { met: Met; facts: Facts; catalogue: Basis['catalogue'] };

/** Reads the facts of a set, with a statement for each kind of fact and not for each event. */
export async function readFacts(
  tx: Tx,
  { catalogues }: FactsSources,
  wholesaler: WholesalerRow,
  met: Met[],
): Promise<Known[]> {
  if (met.length === 0) return [];
  const retailerIds = [...new Set(met.flatMap(({ standing }) => retailerOf(standing)?.id ?? []))];
  const accounts = await readAccounts(
    tx,
    retailerIds.map((retailerId) => ({ wholesalerId: wholesaler.id, retailerId })),
  );
  const figures = new Map(accounts.map((account) => [account.retailerId, account]));
  const orders = await recentOrders(tx, wholesaler.id, retailerIds, ORDERS_KNOWN);
  const catalogue = await catalogues.load(tx, wholesaler.id, wholesaler.catalogueVersion);
  const learned = await readLearned(tx, wholesaler.id, retailerIds);
  const quoted = await readQuoted(tx, wholesaler.id, met);
  const stopped = await readStopped(tx, wholesaler.id, met);
  const debts = await readDebts(tx, wholesaler.id, met.flatMap(shopToldOfDebts));
  const approverIds = [...new Set(met.flatMap(({ standing }) => approverIdOf(standing) ?? []))];
  const approvers = await readApprovers(tx, wholesaler.id, approverIds);
  const approvals = approvers.size === 0 ? [] : await listOpenApprovals(tx, wholesaler.id, APPROVALS_KNOWN);
  return met.map((one): Known => {
    const { item, standing } = one;
    const retailer = retailerOf(standing);
    const approver = approvers.get(approverIdOf(standing) ?? '') ?? null;
    const facts = factsOf(item, wholesaler, retailer, {
      awaitsLink: standing.kind === 'waiting',
      account: retailer === null ? null : (figures.get(retailer.id) ?? null),
      orders: orders.filter((order) => order.retailerId === retailer?.id),
      catalogue: { index: catalogue.index, products: catalogue.productsFor(retailer?.priceList ?? null) },
      learned: retailer === null ? [] : (learned.get(retailer.id) ?? []),
      quoted: quoted.get(item.event.id) ?? null,
      debts: retailer === null ? [] : (debts.get(retailer.id) ?? []),
      hasStopped: stopped.has(item.event.id),
      approver,
      approvals: approver === null ? [] : approvals,
    });
    const { priceList = null } = retailer ?? {};
    return { met: one, facts, catalogue: { version: catalogue.version, priceList } };
  });
}

/** Debts are looked up for notices about them alone. */
function shopToldOfDebts({ message, item, standing }: Met): string[] {
  const isNotice = message === null && (item.event.payload as { type?: unknown }).type === 'notice';
  return isNotice && standing.kind === 'retailer' ? [standing.retailer.id] : [];
}

function approverIdOf(standing: Standing): string | null {
  return standing.kind === 'approver' || standing.kind === 'retailer' ? standing.approverId : null;
}

/** The shop that somebody may see and order for; null for everybody else. */
export function retailerOf(standing: Standing): RetailerRow | null {
  return standing.kind === 'retailer' ? standing.retailer : null;
}

type Read = Omit<
  Facts,
  'now' | 'sentAt' | 'freshOrderId' | 'wholesaler' | 'retailer' | 'profileName' | 'hidesPhone' | 'withStaff'
>;

function factsOf(
  { event, conversation }: WorkItem,
  { now, name, currency, language, timeZone, policies }: WholesalerRow,
  retailer: RetailerRow | null,
  read: Read,
): Facts {
  return {
    now,
    sentAt: event.sentAt,
    freshOrderId: newId(),
    wholesaler: { name, currency, language, timeZone, policies },
    retailer: retailer === null ? null : { id: retailer.id, name: retailer.name, language: retailer.language },
    profileName: event.sender.profileName ?? conversation.profileName,
    hidesPhone: event.sender.phone === undefined && conversation.phone === null,
    withStaff: conversation.handledBy === 'person',
    ...read,
  };
}
