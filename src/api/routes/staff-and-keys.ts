import { z } from 'zod';
import { mustExist } from '../../shared/assert.ts';
import { ID_FORM } from '../../shared/ids.ts';
import { isLastAdmin, listStaff, readStaff, type StaffRow } from '../../staff/index.ts';
import { type ApiKey, grantApiKey, listApiKeys, withdrawApiKey } from '../api-keys.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { holds } from '../rights.ts';
import { done, notFound, read, refuse, write } from '../route.ts';
import { nothing, pageQuery, uuid } from '../schemas/common.ts';
import * as schema from '../schemas/staff-and-keys.ts';

const tag = 'Staff and keys';
const staffParams = z.object({ staffId: uuid });

const staff = read({
  id: 'listStaff',
  path: '/staff',
  tag,
  summary: 'Who works or worked for the wholesaler, in the order of their names, those who left last',
  rights: ['admin'],
  query: pageQuery,
  answer: schema.staffPage,
  async handle({ query: { limit, cursor }, caller: { wholesalerId }, tx }) {
    const found = await listStaff(tx, wholesalerId, { afterId: readCursor(cursor, ID_FORM), limit: limit + 1 });
    return done(pageOf(found.map(shown), limit, ({ staffId }) => staffId));
  },
});

const shown = ({ id: staffId, wholesalerId: _, ...person }: StaffRow) => ({ ...person, staffId });

const invite = write({
  id: 'inviteStaff',
  path: '/staff',
  tag,
  summary: 'Add somebody and make a link that lets them in',
  description:
    'The same e-mail again gives its person this role, and another link when the password is forgotten; links made for them ' +
    'before are void. Who had left is back.',
  rights: ['admin'],
  body: schema.staffInvited,
  answer: schema.invitation,
  shownOnce: ['link'],
  status: 201,
  codes: ['LAST_ADMIN'],
  async handle({ body: person, caller: { wholesalerId, actor }, deps, tx }) {
    const { email, role } = person;
    if (role !== 'admin' && (await isLastAdmin(tx, { wholesalerId, email }))) return LAST_ADMIN;
    const invited = await deps.staff.invite({ ...person, wholesalerId }, actor, tx);
    if (invited === null) return notFound('wholesaler');
    const {
      token,
      staff: { id: staffId, name },
    } = invited;
    const link = `${deps.publicUrl ?? ''}/console/welcome?token=${token}`;
    return done({ staffId, email: invited.staff.email, name, role, link, replayed: false });
  },
});

const LAST_ADMIN = refuse({
  status: 409,
  code: 'LAST_ADMIN',
  detail: 'Nobody else who may do everything can sign in. Invite another admin first.',
  members: { retryable: false },
});

const changeOne = write({
  id: 'changeStaff',
  method: 'PATCH',
  path: '/staff/{staffId}',
  tag,
  summary: 'Give somebody another role; it counts from their next page on',
  rights: ['admin'],
  params: staffParams,
  body: schema.roleChange,
  answer: schema.staffChanged,
  codes: ['LAST_ADMIN'],
  async handle({ params: { staffId: id }, body: { role }, caller: { wholesalerId, actor }, deps, tx }) {
    if (role !== 'admin' && (await isLastAdmin(tx, { wholesalerId, id }))) return LAST_ADMIN;
    const before = await readStaff(tx, wholesalerId, id);
    if (before === null || before.leftAt !== null) return notFound('colleague');
    if (before.role === role) return done({ ...shown(before), replayed: true });
    await deps.staff.changeRole({ wholesalerId, id, role }, actor, tx);
    const after = mustExist(await readStaff(tx, wholesalerId, id), 'the colleague whose role was changed');
    return done({ ...shown(after), replayed: false });
  },
});

const leave = write({
  id: 'switchOffStaff',
  path: '/staff/{staffId}/leave',
  tag,
  summary: 'Mark somebody as left: signed out at once, and let in no more',
  description: 'What they did keeps their name. Marked again, nothing more happens.',
  rights: ['admin'],
  params: staffParams,
  body: nothing,
  answer: schema.staffChanged,
  codes: ['LAST_ADMIN'],
  async handle({ params: { staffId: id }, caller: { wholesalerId, actor }, deps, tx }) {
    if (await isLastAdmin(tx, { wholesalerId, id })) return LAST_ADMIN;
    const isNew = await deps.staff.leave({ wholesalerId, id }, actor, tx);
    const after = await readStaff(tx, wholesalerId, id);
    return after === null ? notFound('colleague') : done({ ...shown(after), replayed: !isNew });
  },
});

const keys = read({
  id: 'listApiKeys',
  path: '/api-keys',
  tag,
  summary: 'API keys, also revoked ones, the newest first; never what they are',
  rights: ['admin'],
  query: pageQuery,
  answer: schema.keyPage,
  async handle({ query: { limit, cursor }, caller: { wholesalerId, keyId: own }, tx }) {
    const beforeId = readCursor(cursor, ID_FORM) ?? null;
    const found = await listApiKeys(tx, { wholesalerId, beforeId, limit: limit + 1 });
    const items = found.map(({ id: keyId, ...key }: ApiKey) => ({ ...key, keyId, isOwn: keyId === own }));
    return done(pageOf(items, limit, ({ keyId }) => keyId));
  },
});

const makeKey = write({
  id: 'makeApiKey',
  path: '/api-keys',
  tag,
  summary: 'Make a key for a program, which is shown once',
  description: 'A key that is lost cannot be shown again: revoke it and make another.',
  rights: ['admin'],
  body: schema.keyAsked,
  answer: schema.keyMade,
  shownOnce: ['key'],
  status: 201,
  codes: ['RIGHTS_EXCEEDED'],
  async handle({ body: { name, rights }, caller, tx }) {
    const beyond = rights.filter((right) => !holds(caller.rights, right));
    if (beyond.length > 0) {
      const detail = `A key gives no rights that it has not: ${beyond.join(', ')}.`;
      return refuse({ status: 403, code: 'RIGHTS_EXCEEDED', detail });
    }
    const { wholesalerId, actor: by } = caller;
    const made = mustExist(await grantApiKey(tx, { wholesalerId, name, rights, by }), 'the wholesaler of the key');
    return done({ keyId: made.id, name, rights: made.rights, key: made.key, replayed: false });
  },
});

const revokeKey = write({
  id: 'revokeApiKey',
  path: '/api-keys/{keyId}/revoke',
  tag,
  summary: 'Refuse a key from its next request on',
  description: 'The key of the request itself only where `own` says so. Revoked again, nothing more happens.',
  rights: ['admin'],
  params: z.object({ keyId: uuid }),
  body: schema.revokeAsked,
  answer: schema.keyRevoked,
  codes: ['OWN_KEY'],
  async handle({ params: { keyId }, body: { own }, caller, tx }) {
    if (keyId === caller.keyId && own !== true) {
      return refuse({
        status: 409,
        code: 'OWN_KEY',
        detail: 'This is the key of this request. With "own": true it is revoked, and opens nothing any more.',
        members: { retryable: false },
      });
    }
    const { wholesalerId, actor: by } = caller;
    const revoked = await withdrawApiKey(tx, { wholesalerId, id: keyId, by });
    return revoked.kind === 'not_found' ? notFound('API key') : done({ keyId, replayed: !revoked.isNew });
  },
});

export const staffAndKeyRoutes = [staff, invite, changeOne, leave, keys, makeKey, revokeKey];
