/** Who somebody is, which account that opens, and what becomes of it when ids change. See README.md. */
export { answerLink, confirmLink, type LinkDecided, refuseLink } from './decide-link.ts';
export { type ChangeHeard, hearChanges, hearPhones, type PhoneGiven } from './hear-changes.ts';
export { idsOf, idsOfKey } from './ids.ts';
export { joinConversations, type Visit, type VisitEnd } from './join-conversations.ts';
export { type Identity, listIdentities } from './list-identities.ts';
export { countWaitingPeople, type Link, listLinks } from './list-links.ts';
export { proposeLinks } from './propose-links.ts';
export { type Recognised, recognise } from './recognise.ts';
export {
  approveRegistration,
  listRegistrations,
  type Registration,
  refuseRegistration,
  requestRegistrations,
  type Unknown,
} from './registrations.ts';
export type { Claim, Encounter, PersonIds, RetailerRow, Standing } from './types.ts';
