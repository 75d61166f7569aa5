import type { Role } from './rights.ts';

/** Somebody of the wholesaler's staff. */
export type StaffMember = {
  wholesalerId: string;
  id: string;
  email: string;
  name: string;
  role: Role;
};

/** Whose pages somebody reads: how money and times are shown to them follows from it. */
export type Shopkeeper = { id: string; name: string; currency: string; language: string; timeZone: string };

/** A signed-in person, as each request finds them. */
export type Session = { staff: StaffMember; wholesaler: Shopkeeper };

export type SignIn =
  | { kind: 'signed_in'; token: string; staff: StaffMember }
  | { kind: 'wrong' }
  /** The same address and password open several wholesalers: which one? */
  | { kind: 'which'; choices: { wholesalerId: string; name: string }[] }
  | { kind: 'too_many'; retryAfterSeconds: number };

export type LinkOpened = { kind: 'open'; staff: StaffMember | null; wholesalerName: string | null } | { kind: 'gone' };
