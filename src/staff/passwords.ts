import { hash, verify } from '@node-rs/argon2';

// argon2id with the figures that OWASP recommends (19 MiB, two passes): about 25 ms, so a guess costs something and a
// sign-in does not. @node-rs/argon2 and not `argon2`: its binaries come as packages, without a script at installation.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const LENGTH_MIN = 10;
/** Long enough for any phrase; bounded, since every byte is hashed. */
const LENGTH_MAX = 200;

/** What is wrong with a password that somebody wants to use, in words for them; null when it will do. */
export function passwordProblem(password: string, person: { email: string; name: string }): string | null {
  if ([...password].length < LENGTH_MIN)
    return `Use at least ${LENGTH_MIN} characters: a few words are easiest to remember.`;
  if (password.length > LENGTH_MAX) return `Use at most ${LENGTH_MAX} characters.`;
  if (new Set(password).size < 4) return 'This is too easy to guess.';
  const folded = password.toLowerCase();
  const [mailbox = ''] = person.email.toLowerCase().split('@');
  if (folded === person.email.toLowerCase() || folded === mailbox || folded === person.name.toLowerCase()) {
    return 'Do not use your name or address.';
  }
  return null;
}

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), COST);

let nobodys: Promise<string> | undefined;

/**
 * Whether the password is the one that was hashed. For somebody unknown (null) it takes as long and says no, so that the
 * time of an answer tells nobody who works here.
 */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  if (password.length > LENGTH_MAX) return false;
  nobodys ??= hashPassword('nobody has this password');
  const matches = await verify(passwordHash ?? (await nobodys), password.normalize('NFKC'));
  return passwordHash !== null && matches;
}
