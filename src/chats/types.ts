/** Who leads a chat, as it remembers them: somebody of the wholesaler's staff by their id, a program as `api:<key>`. */
export type StaffRef = { id: string; name: string };

/** As audit and replies name whoever leads a chat. */
export const leaderActor = (id: string): string => (id.startsWith('api:') ? id : `staff:${id}`);

/** Why staff cannot do this with a chat now. */
export type NotNow =
  | { kind: 'not_found' }
  /** A colleague has it. */
  | { kind: 'held_by_other'; by: string; since: Date | null }
  /** The bot leads it: take it over first. */
  | { kind: 'not_taken' };
