import { createHmac, randomBytes } from 'node:crypto';

/** 256 bits that nobody guesses, fit for a cookie or a link. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What a token looks like; anything else need not be looked up. */
export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

export type Purpose = 'session' | 'link' | 'account' | 'address' | 'csrf';

/**
 * Tokens, addresses of people and machines are stored and compared as keyed hashes only: whoever reads the database
 * without SESSION_SECRET can neither sign in nor learn who tried to. The purpose keeps a hash of one kind from serving
 * as another.
 */
export function keyedHash(secret: string, purpose: Purpose, text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHmac('sha256', secret).update(`${purpose}\0${text}`).digest());
}
