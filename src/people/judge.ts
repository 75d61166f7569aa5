import { type KindAndValue, listIds } from './ids.ts';
import type { IdKind, LinkReason, PersonIds, RetailerRow } from './types.ts';

/** A live identity that one of the shown ids is, with what decides whether it is believed. */
export type Match = {
  kind: IdKind;
  value: string;
  personId: string;
  owner: { kind: 'retailer'; retailer: RetailerRow } | { kind: 'approver'; id: string };
  /** Set for an approver, who may have a shop besides: then the shop is the owner. */
  approverId: string | null;
  /** A claim about this person has to be decided first. */
  held: boolean;
  /** Live BSUIDs, parent ids and phones of this person. */
  bsuids: number;
  parents: number;
  phones: number;
  /** Persons of the same owner without a BSUID, and BSUIDs of it that nothing else is known of. */
  withoutBsuid: number;
  loneBsuids: number;
};

export type Judgement = {
  /** Whose account it is; null: nobody's. */
  decisive: Match | null;
  /** Ids nobody had: they are the same person's. */
  learn: KindAndValue[];
  /** Persons of the same owner that turn out to be this one. */
  unify: string[];
  claims: { retailerId: string; personId: string | null; reason: LinkReason; ids: PersonIds }[];
};

/**
 * Who somebody is by the ids that Meta showed together in one message. Nobody reaches an account by an id that another
 * id of the same message speaks against: such an id is a claim, for people to decide on.
 */
export function judge(ids: PersonIds, matches: readonly Match[]): Judgement {
  const of = (kind: IdKind): Match | undefined => matches.find((match) => match.kind === kind);
  const fresh: PersonIds = {
    bsuid: of('bsuid') === undefined ? ids.bsuid : undefined,
    parentBsuid: of('parent_bsuid') === undefined ? ids.parentBsuid : undefined,
  };
  const believed = (match: Match | undefined): Match | undefined =>
    match !== undefined && mayTake(match, fresh) ? match : undefined;
  const decisive = of('bsuid') ?? believed(of('parent_bsuid')) ?? believed(of('phone'));
  if (decisive === undefined) return { ...NOBODY, claims: matches.flatMap((match) => claimOn(match, fresh)) };
  if (matches.some((match) => match.held && match.personId === decisive.personId)) return { ...NOBODY, decisive };
  const others = matches.filter((match) => match.personId !== decisive.personId);
  return {
    decisive,
    learn: listIds(ids).filter(({ kind }) => of(kind) === undefined),
    unify: others.filter((other) => isSamePerson(decisive, other)).map(({ personId }) => personId),
    claims: others.flatMap((other) => conflictOf(decisive, other)),
  };
}

const NOBODY: Judgement = { decisive: null, learn: [], unify: [], claims: [] };

/**
 * Whether ids that nobody has may be this person's. The first BSUID seen with a phone (or parent) is believed. Another one on
 * the same phone may be the next owner of the number, so it is not; nor is one while the shop has a BSUID of which we do
 * not know whether it is this person's. The same with a parent id that is not the one we know.
 */
function mayTake(match: Match, { bsuid, parentBsuid }: PersonIds): boolean {
  if (parentBsuid !== undefined && match.parents > 0) return false;
  if (bsuid !== undefined) return match.bsuids === 0 && match.withoutBsuid > match.loneBsuids;
  return parentBsuid === undefined || match.bsuids === 0;
}

function claimOn(match: Match, fresh: PersonIds): Judgement['claims'] {
  if (match.owner.kind !== 'retailer') return [];
  const reason = match.kind === 'phone' ? 'known_phone' : 'known_parent';
  return [{ retailerId: match.owner.retailer.id, personId: match.personId, reason, ids: fresh }];
}

/** Imported ids stand alone until Meta shows them together: then a phone without BSUID and a BSUID without phone are one. */
function isSamePerson(decisive: Match, other: Match): boolean {
  if (ownerKey(decisive) !== ownerKey(other) || other.held || other.bsuids > 0) return false;
  return other.kind === 'parent_bsuid' || decisive.phones === 0;
}

/** Two shops in one message: the id of the other one stays there until somebody decides. */
function conflictOf(decisive: Match, other: Match): Judgement['claims'] {
  if (decisive.owner.kind !== 'retailer' || ownerKey(decisive) === ownerKey(other)) return [];
  const ids: PersonIds = other.kind === 'phone' ? { phone: other.value } : { parentBsuid: other.value };
  return [{ retailerId: decisive.owner.retailer.id, personId: decisive.personId, reason: 'id_of_two', ids }];
}

function ownerKey({ owner }: Match): string {
  return owner.kind === 'retailer' ? `retailer ${owner.retailer.id}` : `approver ${owner.id}`;
}
