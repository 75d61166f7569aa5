import type { Tx } from '../db/index.ts';
import { newId } from '../shared/ids.ts';
import { changeLimit, grantOverride, setTerms, type TermsGiven } from './account-calls.ts';
import * as answers from './answers.ts';
import { amountOf, areTerms, instantOf, isUsableKey, isUsableText, limitOf, reasonOf, validUntilOf } from './inputs.ts';
import { openAccount } from './open-accounts.ts';
import { readAccounts } from './read-accounts.ts';
import { refused, unusableKey } from './refused.ts';
import { setStatus } from './set-status.ts';
import type { InTransaction, Settle } from './settle.ts';
import type { AccountFigures, AccountKey, AccountStatus, AccountTerms, Author } from './types.ts';

export type BlockInput = AccountKey & Author & { reason: string };

export type LimitInput = AccountKey &
  Author & {
    /** Zero or more, in minor units; as it is unless given. May lie below what is out: that only stops new holds. */
    limitMinor?: bigint | number;
    currency?: string;
    /** A time, or a day (YYYY-MM-DD) that counts to its end on the wholesaler's calendar; null: without end. */
    validUntil?: Date | string | null;
    reason: string;
    key?: string;
  };

export type TermsInput = AccountKey & Author & TermsGiven & { reason: string };

export type OverrideInput = AccountKey &
  Author & {
    /** The approver, by name. */
    actor: string;
    orderId: string;
    /** How much above the limit, at most, in minor units. */
    amountMinor: bigint | number;
    currency?: string;
    /** At most a year ahead. */
    expiresAt: Date;
    reason: string;
    key?: string;
  };

/** What people decide about an account. All of it says who and why. */
export type AccountLibrary = {
  openAccount(terms: AccountTerms & Author, options?: InTransaction): Promise<answers.OpenResult>;
  /** Null when there is no such account. Throws when the database breaks. */
  getAccount(key: AccountKey, options?: InTransaction): Promise<AccountFigures | null>;
  changeLimit(request: LimitInput, options?: InTransaction): Promise<answers.AccountResult>;
  setTerms(request: TermsInput, options?: InTransaction): Promise<answers.AccountResult>;
  /** Stops new holds only: deliveries of what is held, payments and statements go on. */
  blockAccount(request: BlockInput, options?: InTransaction): Promise<answers.StatusResult>;
  unblockAccount(request: BlockInput, options?: InTransaction): Promise<answers.StatusResult>;
  closeAccount(request: BlockInput, options?: InTransaction): Promise<answers.StatusResult>;
  /** Lets one order pass the limit. Lifts no block and no overdue debt. */
  grantOverride(request: OverrideInput, options?: InTransaction): Promise<answers.AccountResult>;
};

export function accountLibrary(settle: Settle, connect: () => Promise<Tx>): AccountLibrary {
  const isAccount = ({ wholesalerId, retailerId }: AccountKey): boolean =>
    isUsableText(wholesalerId) && isUsableText(retailerId);

  function statusSetter(status: AccountStatus) {
    return async (request: BlockInput, { tx }: InTransaction = {}): Promise<answers.StatusResult> => {
      const reason = reasonOf(request.reason);
      if (reason === null) return answers.statusResult(refused('INVALID_REASON'));
      if (!isAccount(request)) return answers.statusResult(refused('CREDIT_ACCOUNT_NOT_FOUND'));
      const wanted = { source: 'library', ...request, reason, status };
      return answers.statusResult(await settle((on) => setStatus(on, wanted), tx));
    };
  }

  return {
    async openAccount({ actor, source = 'library', ...terms }, { tx } = {}) {
      if (!isAccount(terms)) {
        return answers.openResult(refused('CREDIT_ACCOUNT_NOT_FOUND', { because: 'no_retailer' }));
      }
      return answers.openResult(await settle((on) => openAccount(on, terms, { actor, source }), tx));
    },

    async getAccount(key, { tx } = {}) {
      if (!isAccount(key)) return null;
      const [account] = await readAccounts(tx ?? (await connect()), [key]);
      return account ?? null;
    },

    async changeLimit({ key = `call:${newId()}`, ...request }, { tx } = {}) {
      const reason = reasonOf(request.reason);
      if (reason === null) return answers.accountResult(refused('INVALID_REASON'));
      if (!isAccount(request)) return answers.accountResult(refused('CREDIT_ACCOUNT_NOT_FOUND'));
      if (!isUsableKey(key)) return answers.accountResult(unusableKey());
      const limitMinor = request.limitMinor === undefined ? null : limitOf(request.limitMinor);
      if (limitMinor === undefined) return answers.accountResult(refused('INVALID_AMOUNT', { because: 'limit' }));
      const validUntil = request.validUntil === undefined ? null : validUntilOf(request.validUntil);
      if (validUntil === undefined) return answers.accountResult(refused('INVALID_TERMS', { because: 'expiry' }));
      const { currency = null } = request;
      const wanted = { source: 'library', ...request, key, limitMinor, validUntil, currency, reason };
      return answers.accountResult(await settle((on) => changeLimit(on, wanted), tx));
    },

    async setTerms({ reason: words, wholesalerId, retailerId, actor, source, cause, ...terms }, { tx } = {}) {
      const reason = reasonOf(words);
      if (reason === null) return answers.accountResult(refused('INVALID_REASON'));
      if (!isAccount({ wholesalerId, retailerId })) return answers.accountResult(refused('CREDIT_ACCOUNT_NOT_FOUND'));
      if (!areTerms(terms)) return answers.accountResult(refused('INVALID_TERMS', { because: 'terms' }));
      const wanted = { wholesalerId, retailerId, actor, source: source ?? 'library', cause, terms, reason };
      return answers.accountResult(await settle((on) => setTerms(on, wanted), tx));
    },

    blockAccount: statusSetter('blocked'),
    unblockAccount: statusSetter('active'),
    closeAccount: statusSetter('closed'),

    async grantOverride({ key = `call:${newId()}`, ...request }, { tx } = {}) {
      const reason = reasonOf(request.reason);
      if (reason === null) return answers.accountResult(refused('INVALID_REASON'));
      if (!isUsableText(request.actor) || request.actor.trim() === '') {
        return answers.accountResult(refused('INVALID_REASON', { because: 'actor' }));
      }
      if (!isAccount(request)) return answers.accountResult(refused('CREDIT_ACCOUNT_NOT_FOUND'));
      if (!isUsableKey(key) || !isUsableText(request.orderId)) return answers.accountResult(unusableKey());
      const expiresAt = instantOf(request.expiresAt);
      if (expiresAt === null) return answers.accountResult(refused('INVALID_TERMS', { because: 'expiry' }));
      const { currency = null } = request;
      const amountMinor = amountOf(request.amountMinor);
      const wanted = { source: 'library', ...request, key, amountMinor, currency, expiresAt, reason };
      return answers.accountResult(await settle((on) => grantOverride(on, wanted), tx));
    },
  };
}
