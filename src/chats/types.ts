/** Somebody of the wholesaler's staff, as a chat remembers them. */
export type StaffRef = { id: string; name: string };

/** Why staff cannot do this with a chat now. */
export type NotNow =
  | { kind: 'not_found' }
  /** A colleague has it. */
  | { kind: 'held_by_other'; by: string; since: Date | null }
  /** The bot leads it: take it over first. */
  | { kind: 'not_taken' };
