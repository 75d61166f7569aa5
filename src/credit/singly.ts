import { databaseUrlFromEnvironment } from '../config.ts';
import { type Credit, createCredit } from './credit.ts';

let shared: Credit | undefined;

/** One for the process, on the database that DATABASE_URL names when the first of the two functions is called. */
function sharedCredit(): Credit {
  shared ??= createCredit({ databaseUrl: databaseUrlFromEnvironment() });
  return shared;
}

/** Holds credit for an order, or says why not: see `Credit`. Works on the database that DATABASE_URL names. */
export const acquireAndValidateCredit: Credit['acquireAndValidateCredit'] = async (...given) =>
  sharedCredit().acquireAndValidateCredit(...given);

/** Gives back what is still held under a ledger entry: see `Credit`. Works on the database that DATABASE_URL names. */
export const releaseCreditLock: Credit['releaseCreditLock'] = async (...given) =>
  sharedCredit().releaseCreditLock(...given);

/** Closes the connections of these two functions, so that the process can end; a later call opens new ones. */
export async function closeSharedCredit(): Promise<void> {
  const open = shared;
  shared = undefined;
  await open?.close();
}
