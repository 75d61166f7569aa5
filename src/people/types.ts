/** Ids of Meta's that stand for one person. A username is none: it can be given up and taken by another. */
export type PersonIds = {
  bsuid?: string | undefined;
  parentBsuid?: string | undefined;
  phone?: string | undefined;
};

export type IdKind = 'bsuid' | 'parent_bsuid' | 'phone';

export type RetailerRow = { id: string; name: string; language: string | null; priceList: string | null };

/** Somebody met in an event: which ids Meta showed of them together. */
export type Encounter = {
  eventId: string;
  lineId: string;
  ids: PersonIds;
  username: string | undefined;
  /** False for what came from within: then nothing is learnt and nothing claimed. */
  isMessage: boolean;
};

/** What somebody may see and do. */
export type Standing =
  | { kind: 'retailer'; retailer: RetailerRow; personId: string; approverId: string | null }
  | { kind: 'approver'; approverId: string }
  /** Said to be a known shop, by a claim that nobody has confirmed: sees nothing of it. */
  | { kind: 'waiting' }
  /** Such a claim was refused. */
  | { kind: 'refused' }
  | { kind: 'stranger' };

export type LinkReason =
  | 'number_changed'
  | 'id_changed'
  /** Meta's own sign that the phone may be in other hands. */
  | 'identity_changed'
  /** A BSUID that nobody knows, on the phone or under the parent id of somebody who has another. */
  | 'known_phone'
  | 'known_parent'
  /** The person gave a phone that is a shop's. */
  | 'contact_card'
  /** Shown with an id that is somebody else's. */
  | 'id_of_two';

/** That `ids` belong to a shop; to be confirmed. */
export type Claim = {
  retailerId: string;
  personId: string | null;
  reason: LinkReason;
  ids: PersonIds;
  /** Every id that Meta showed of the claimant: no chat that one of them reaches is asked whether the claim is true. */
  shown: PersonIds;
  lineId: string;
  eventId: string;
};
