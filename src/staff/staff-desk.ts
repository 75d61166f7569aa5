import { writeAudit } from '../audit/index.ts';
import { type Database, inTransaction, type Tx } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { keepLink, readLink, useLink } from './link-store.ts';
import { hashPassword, passwordMatches } from './passwords.ts';
import { isToken, keyedHash, newToken } from './secrets.ts';
import { endSession, endSessions, openSession, readSession, sweepSessions } from './session-store.ts';
import {
  type Candidate,
  findByEmail,
  markLeft,
  type StaffToSave,
  saveStaff,
  setPassword,
  setRole,
} from './staff-store.ts';
import { countTry, forgetTries } from './throttle.ts';
import type { LinkOpened, Session, SignIn, StaffMember } from './types.ts';

export type SignInRequest = {
  email: string;
  password: string;
  /** Asked for only where the address and password open several. */
  wholesalerId?: string | undefined;
  /** The client's network address. */
  address: string;
};

/** Who works for the wholesaler and how they come in. */
export type StaffDesk = {
  signIn(request: SignInRequest): Promise<SignIn>;
  /** Null when nobody is signed in with this token (any more). `touch`: a person did something, so it lives on. */
  sessionOf(token: string, options: { touch: boolean }): Promise<Session | null>;
  /** What forms of this session carry, so that no other page can send one. */
  csrfTokenOf(token: string): string;
  signOut(token: string): Promise<void>;
  signOutEverywhere(staff: StaffMember): Promise<void>;
  /** Adds or changes somebody and makes a link that lets them in once. Null: no such wholesaler. */
  invite(person: StaffToSave, by: string, tx?: Tx): Promise<{ staff: StaffMember; token: string } | null>;
  /** Gives somebody another role, from their next page on. False when nobody with this id works there. */
  changeRole(person: Pick<StaffMember, 'wholesalerId' | 'id' | 'role'>, by: string, tx?: Tx): Promise<boolean>;
  /** Somebody leaves: signed out at once, and no longer let in. False when nobody with this id works there. */
  leave(person: Pick<StaffMember, 'wholesalerId' | 'id'>, by: string, tx?: Tx): Promise<boolean>;
  /** A link that opens the first-run page. Null as soon as there is a wholesaler. */
  firstRunToken(): Promise<string | null>;
  openLink(token: string): Promise<LinkOpened>;
  /** Uses the link up: sets the password, ends what was signed in before, signs in. Null when the link is gone. */
  acceptInvitation(token: string, password: string): Promise<{ token: string } | null>;
  /**
   * Uses the first-run link up: `found` makes the wholesaler in the same transaction, whose first admin is signed in. Null
   * when the link is gone.
   */
  foundShop(
    token: string,
    admin: { wholesalerId: string; email: string; name: string; password: string },
    found: (tx: Tx) => Promise<void>,
  ): Promise<{ token: string } | null>;
  /** Ends every other session. Tries with a wrong password count like those of signing in. */
  changePassword(
    staff: StaffMember,
    change: { present: string; next: string; token: string },
  ): Promise<{ kind: 'changed' | 'wrong' | 'too_many' }>;
};

export function createStaffDesk({ db, secret }: { db: Database; secret: string }): StaffDesk {
  const sessionHash = (token: string) => keyedHash(secret, 'session', token);
  const linkHash = (token: string) => keyedHash(secret, 'link', token);

  /** In the caller's transaction, where there is one. */
  const within = <T>(outer: Tx | undefined, work: (tx: Tx) => Promise<T>): Promise<T> =>
    outer === undefined ? inTransaction(db, work) : work(outer);

  async function open(tx: Tx, staff: StaffMember): Promise<string> {
    const token = newToken();
    await openSession(tx, staff, sessionHash(token));
    return token;
  }

  async function waitBeforeTry(address: string, accountHash: Uint8Array<ArrayBuffer>): Promise<number> {
    const wait = await countTry(db.prisma, { kind: 'address', keyHash: keyedHash(secret, 'address', address) });
    // A machine that has to wait must not use up the tries of an account.
    return wait > 0 ? wait : countTry(db.prisma, { kind: 'account', keyHash: accountHash });
  }

  return {
    async signIn({ email, password, wholesalerId, address }) {
      const accountHash = keyedHash(secret, 'account', email.toLowerCase());
      const wait = await waitBeforeTry(address, accountHash);
      if (wait > 0) return { kind: 'too_many', retryAfterSeconds: wait };
      const known = await matching(await findByEmail(db.prisma, email), password);
      const chosen = wholesalerId === undefined ? known : known.filter((one) => one.wholesalerId === wholesalerId);
      const [staff, ...others] = chosen.map(toMember);
      if (staff === undefined) return { kind: 'wrong' };
      if (others.length > 0) {
        const choices = known.map((one) => ({ wholesalerId: one.wholesalerId, name: one.wholesalerName }));
        return { kind: 'which', choices };
      }
      const token = await inTransaction(db, async (tx) => {
        await forgetTries(tx, accountHash);
        await sweepSessions(tx);
        await audit(tx, staff, 'staff_signed_in');
        return open(tx, staff);
      });
      return { kind: 'signed_in', token, staff };
    },

    async sessionOf(token, options) {
      return isToken(token) ? readSession(db.prisma, sessionHash(token), options) : null;
    },

    csrfTokenOf: (token) => Buffer.from(keyedHash(secret, 'csrf', token)).toString('base64url'),

    signOut: (token) => endSession(db.prisma, sessionHash(token)),

    async signOutEverywhere(staff) {
      await inTransaction(db, async (tx) => {
        await endSessions(tx, staff);
        await audit(tx, staff, 'staff_signed_out_everywhere');
      });
    },

    invite: (person, by, outer) =>
      within(outer, async (tx) => {
        const staff = await saveStaff(tx, person);
        if (staff === null) return null;
        const token = newToken();
        await keepLink(tx, staff, linkHash(token));
        await writeAudit(tx, [
          {
            wholesalerId: staff.wholesalerId,
            actor: by,
            action: 'staff_invited',
            subject: { staffId: staff.id },
            after: { role: staff.role },
          },
        ]);
        return { staff, token };
      }),

    changeRole: ({ role, ...person }, by, outer) =>
      within(outer, async (tx) => {
        if (!(await setRole(tx, { ...person, role }))) return false;
        const { wholesalerId, id: staffId } = person;
        await writeAudit(tx, [
          { wholesalerId, actor: by, action: 'staff_role_changed', subject: { staffId }, after: { role } },
        ]);
        return true;
      }),

    leave: (person, by, outer) =>
      within(outer, async (tx) => {
        if (!(await markLeft(tx, person))) return false;
        await endSessions(tx, person);
        const subject = { staffId: person.id };
        await writeAudit(tx, [{ wholesalerId: person.wholesalerId, actor: by, action: 'staff_left', subject }]);
        return true;
      }),

    firstRunToken: () =>
      inTransaction(db, async (tx) => {
        const [row] = await tx.$queryRaw<{ found: boolean }[]>`select exists (select 1 from wholesaler) as found`;
        if (row?.found !== false) return null;
        const token = newToken();
        await keepLink(tx, null, linkHash(token));
        return token;
      }),

    async openLink(token) {
      return isToken(token) ? readLink(db.prisma, linkHash(token)) : { kind: 'gone' };
    },

    async acceptInvitation(token, password) {
      if (!isToken(token)) return null;
      // Hashed before the transaction: nobody waits for a connection meanwhile.
      const passwordHash = await hashPassword(password);
      return inTransaction(db, async (tx) => {
        const link = await readLink(tx, linkHash(token), { lock: true });
        if (link.kind === 'gone' || link.staff === null) return null;
        await useLink(tx, linkHash(token));
        await setPassword(tx, link.staff, passwordHash);
        await endSessions(tx, link.staff);
        await audit(tx, link.staff, 'staff_password_set');
        return { token: await open(tx, link.staff) };
      });
    },

    async foundShop(token, { password, ...person }, found) {
      if (!isToken(token)) return null;
      const passwordHash = await hashPassword(password);
      return inTransaction(db, async (tx) => {
        const link = await readLink(tx, linkHash(token), { lock: true });
        if (link.kind === 'gone' || link.staff !== null) return null;
        await useLink(tx, linkHash(token));
        await found(tx);
        const staff = mustExist(await saveStaff(tx, { ...person, role: 'admin' }), 'the wholesaler just made');
        await setPassword(tx, staff, passwordHash);
        await audit(tx, staff, 'shop_founded');
        return { token: await open(tx, staff) };
      });
    },

    async changePassword(staff, { present, next, token }) {
      const accountHash = keyedHash(secret, 'account', staff.email.toLowerCase());
      if ((await countTry(db.prisma, { kind: 'account', keyHash: accountHash })) > 0) return { kind: 'too_many' };
      const candidates = await findByEmail(db.prisma, staff.email);
      const self = candidates.find((one) => one.id === staff.id && one.wholesalerId === staff.wholesalerId);
      if (!(await passwordMatches(self?.passwordHash ?? null, present))) return { kind: 'wrong' };
      const passwordHash = await hashPassword(next);
      await inTransaction(db, async (tx) => {
        await forgetTries(tx, accountHash);
        await setPassword(tx, staff, passwordHash);
        await endSessions(tx, staff, sessionHash(token));
        await audit(tx, staff, 'staff_password_set');
      });
      return { kind: 'changed' };
    },
  };
}

/** Whom the password lets in. Tried one after the other: each try takes memory. */
async function matching(candidates: Candidate[], password: string): Promise<Candidate[]> {
  const known: Candidate[] = [];
  if (candidates.length === 0) await passwordMatches(null, password);
  for (const candidate of candidates) {
    if (await passwordMatches(candidate.passwordHash, password)) known.push(candidate);
  }
  return known;
}

const toMember = ({ wholesalerId, id, email, name, role }: Candidate): StaffMember => ({
  wholesalerId,
  id,
  email,
  name,
  role,
});

function audit(tx: Tx, staff: StaffMember, action: string): Promise<void> {
  const { wholesalerId, id } = staff;
  return writeAudit(tx, [{ wholesalerId, actor: `staff:${id}`, action, subject: { staffId: id } }]);
}
