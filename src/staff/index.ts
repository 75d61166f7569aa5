/** Who works for a wholesaler, what they may do, and how they sign in. */
export { passwordProblem } from './passwords.ts';
export { may, type Right, ROLES, type Role } from './rights.ts';
export { createStaffDesk, type StaffDesk } from './staff-desk.ts';
export { isLastAdmin, listStaff, readStaff, type StaffRow, staffNames } from './staff-store.ts';
export type { LinkOpened, Session, Shopkeeper, SignIn, StaffMember } from './types.ts';
