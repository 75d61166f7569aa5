import { z } from 'zod';
import { writeAudit } from '../../audit/index.ts';
import { addRetailer, linkIdentity, readHoldLifetime, readRetailer, unlinkIdentity } from '../../catalogue/index.ts';
import type { Tx } from '../../db/index.ts';
import { HttpProblem } from '../../http/problem.ts';
import {
  approveRegistration,
  confirmLink,
  type LinkDecided,
  listIdentities,
  listLinks,
  listRegistrations,
  refuseLink,
  refuseRegistration,
} from '../../people/index.ts';
import { ID_FORM } from '../../shared/ids.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { failureProblem, inputProblem } from '../refusals.ts';
import { type Ask, done, notFound, type Outcome, read, refuse, write } from '../route.ts';
import { nothing, pageQuery, retailerId, uuid } from '../schemas/common.ts';
import * as schema from '../schemas/people.ts';

const tag = 'People';

const conflict = (code: string, detail: string, members: Record<string, unknown> = {}) => ({
  status: 409,
  code,
  detail,
  members: { ...members, retryable: false },
});

const registrations = read({
  id: 'listRegistrations',
  path: '/registrations',
  tag,
  summary: 'People whom nobody knows and who wait to be registered, the longest waiting first',
  rights: ['admin'],
  query: pageQuery,
  answer: schema.registrationPage,
  async handle({ query: { limit, cursor }, caller: { wholesalerId }, tx }) {
    const afterId = readCursor(cursor, ID_FORM);
    const found = await listRegistrations(tx, wholesalerId, { afterId, max: limit + 1 });
    const items = found.map(({ id, createdAt, lineId: _, ...rest }) => ({
      ...rest,
      registrationId: id,
      askedAt: createdAt,
    }));
    return done(pageOf(items, limit, ({ registrationId }) => registrationId));
  },
});

const registrationParams = z.object({ registrationId: uuid });

const accept = write({
  id: 'acceptRegistration',
  path: '/registrations/{registrationId}/accept',
  tag,
  summary: 'Say which shop a person belongs to, or add a shop for them',
  description:
    'From then on they order on its account, and they are told. What WhatsApp showed of them becomes their identity; a phone ' +
    'that they only gave does not. A new shop, its account and the person come together or not at all. Somebody who was ' +
    'refused may be accepted later.',
  rights: ['admin'],
  params: registrationParams,
  body: schema.registrationAccepted,
  answer: schema.registrationDecided,
  codes: ['REGISTRATION_DECIDED', 'IDENTITY_TAKEN', 'RETAILER_EXISTS', 'INVALID_AMOUNT', 'INVALID_TERMS'],
  async handle(ask) {
    const { params, body, caller, tx } = ask;
    const { wholesalerId, actor: by } = caller;
    const shopId = body.newShop?.id ?? body.retailerId ?? '';
    if (body.newShop !== undefined) await addShop(ask, body.newShop);
    const decision = { wholesalerId, requestId: params.registrationId, by, retailerId: shopId };
    const decided = await approveRegistration(tx, decision);
    switch (decided.kind) {
      case 'approved':
        return done({ ...params, state: 'approved' as const, retailerId: shopId, replayed: false });
      // Thrown, so that no shop is left behind of a person who did not come.
      case 'not_found':
        throw new HttpProblem(notFound('registration').problem);
      case 'no_such_retailer':
        return notFound('shop');
      case 'taken':
        throw new HttpProblem(
          conflict('IDENTITY_TAKEN', 'This phone or id became known as a shop meanwhile. Nothing was done.'),
        );
      default:
        throw new HttpProblem(registrationOver('approved'));
    }
  },
});

type NewShop = NonNullable<z.output<typeof schema.registrationAccepted>['newShop']>;

/** Throws what stands in the way: then nothing of it is kept. */
async function addShop(
  {
    caller: { wholesalerId, actor, currency },
    deps,
    tx,
  }: Pick<Ask<undefined, undefined, undefined>, 'caller' | 'deps' | 'tx'>,
  { account, id, name, language, priceList }: NewShop,
): Promise<void> {
  const added = await addRetailer(tx, wholesalerId, {
    id,
    name,
    language: language ?? null,
    priceList: priceList ?? null,
    phones: [],
  });
  if (added.kind === 'faulty') {
    const errors = added.problems.map(({ path, message }) => ({ path: `newShop.${path}`, message }));
    throw new HttpProblem(inputProblem(errors));
  }
  if (added.kind !== 'added' || !added.isNew) {
    throw new HttpProblem(conflict('RETAILER_EXISTS', 'There is a shop with this id already. Nothing was done.'));
  }
  await writeAudit(tx, [{ wholesalerId, actor, action: 'retailer_added', subject: { retailerId: id } }]);
  if (account === undefined) return;
  const { limitValidUntil, ...terms } = account;
  const opened = await deps.credit.openAccount(
    {
      holdLifetimeMinutes: await readHoldLifetime(tx, wholesalerId),
      ...terms,
      limitValidUntil: limitValidUntil instanceof Date ? limitValidUntil.toISOString() : limitValidUntil,
      wholesalerId,
      retailerId: id,
      currency,
      actor,
      source: 'api',
    },
    { tx },
  );
  if (!opened.success) throw new HttpProblem(failureProblem(opened));
}

const decline = write({
  id: 'refuseRegistration',
  path: '/registrations/{registrationId}/refuse',
  tag,
  summary: 'Refuse to register a person',
  description: 'They are told, and not put before you again. Refused again, nothing more happens.',
  rights: ['admin'],
  params: registrationParams,
  body: nothing,
  answer: schema.registrationDecided,
  codes: ['REGISTRATION_DECIDED'],
  async handle({ params, caller: { wholesalerId, actor: by }, tx }) {
    const decided = await refuseRegistration(tx, { wholesalerId, requestId: params.registrationId, by });
    const refused = { ...params, state: 'refused' as const, retailerId: null };
    switch (decided.kind) {
      case 'refused':
        return done({ ...refused, replayed: false });
      case 'not_found':
        return notFound('registration');
      case 'already':
        return decided.state === 'refused'
          ? done({ ...refused, replayed: true })
          : refuse(registrationOver('approved'));
      default:
        return refuse(registrationOver('approved'));
    }
  },
});

const registrationOver = (state: string) =>
  conflict('REGISTRATION_DECIDED', `Somebody decided this before: ${state}.`, { state });

const links = read({
  id: 'listIdentityLinks',
  path: '/identity-links',
  tag,
  summary: 'Who says to belong to a shop and is not confirmed, the longest waiting first',
  description: 'Such as a new number of a known shop. Until it is confirmed it sees nothing of the account.',
  rights: ['admin'],
  query: pageQuery,
  answer: schema.linkPage,
  async handle({ query: { limit, cursor }, caller: { wholesalerId }, tx }) {
    const found = await listLinks(tx, wholesalerId, { afterId: readCursor(cursor, ID_FORM), max: limit + 1 });
    const items = found.map(({ id: linkId, createdAt: since, lineId: _, ...rest }) => ({ ...rest, linkId, since }));
    return done(pageOf(items, limit, ({ linkId }) => linkId));
  },
});

const linkParams = z.object({ linkId: uuid });

const confirm = write({
  id: 'confirmIdentityLink',
  path: '/identity-links/{linkId}/confirm',
  tag,
  summary: 'Say that they are the shop: the new identity opens its account',
  description: 'Call the shop on the number that you know before. Confirmed again, nothing more happens.',
  rights: ['admin'],
  params: linkParams,
  body: schema.linkConfirmed,
  answer: schema.linkDecided,
  codes: ['LINK_DECIDED'],
  async handle({ params: { linkId }, body, caller: { wholesalerId, actor: by }, tx }) {
    return linkAnswer(await confirmLink(tx, { wholesalerId, linkId, by, ...body }), linkId, 'confirmed');
  },
});

const refuseOne = write({
  id: 'refuseIdentityLink',
  path: '/identity-links/{linkId}/refuse',
  tag,
  summary: 'Say that they are not the shop',
  description: 'They see nothing, and the same claim is not made again. Refused again, nothing more happens.',
  rights: ['admin'],
  params: linkParams,
  body: nothing,
  answer: schema.linkDecided,
  codes: ['LINK_DECIDED'],
  async handle({ params: { linkId }, caller: { wholesalerId, actor: by }, tx }) {
    return linkAnswer(await refuseLink(tx, { wholesalerId, linkId, by }), linkId, 'refused');
  },
});

function linkAnswer(
  decided: LinkDecided,
  linkId: string,
  wanted: 'confirmed' | 'refused',
): Outcome<z.output<typeof schema.linkDecided>> {
  if (decided.kind === 'not_found') return notFound('identity link');
  const state = decided.kind === 'already' ? decided.state : wanted;
  if (state === wanted) return done({ linkId, state: wanted, replayed: decided.kind === 'already' });
  return refuse(conflict('LINK_DECIDED', `This is over: ${state}.`, { state }));
}

const shopParams = z.object({ retailerId });

const identities = read({
  id: 'listIdentities',
  path: '/retailers/{retailerId}/identities',
  tag,
  summary: 'The phones and WhatsApp ids that order on the account of a shop',
  rights: ['admin'],
  params: shopParams,
  query: schema.identityQuery,
  answer: schema.identityPage,
  async handle({ params, query: { limit, cursor, state }, caller: { wholesalerId }, tx }) {
    if (!(await isShop(tx, wholesalerId, params.retailerId))) return notFound('shop');
    const afterId = readCursor(cursor, ID_FORM);
    const asked = { ...params, wholesalerId, ended: state === 'all', afterId, limit: limit + 1 };
    const found = (await listIdentities(tx, asked)).map(({ id, ...rest }) => ({ ...rest, identityId: id }));
    return done(pageOf(found, limit, ({ identityId }) => identityId));
  },
});

const isShop = async (tx: Tx, wholesalerId: string, id: string): Promise<boolean> =>
  (await readRetailer(tx, wholesalerId, id)) !== null;

const link = write({
  id: 'linkIdentity',
  path: '/retailers/{retailerId}/identities',
  tag,
  summary: 'Let a phone or WhatsApp id order on the account of a shop',
  description:
    'One that belongs to another shop is refused: unlink it there first. That of an approver is the shop too from then on.',
  rights: ['admin'],
  params: shopParams,
  body: schema.identityGiven,
  answer: schema.identityDecided,
  status: 201,
  codes: ['IDENTITY_TAKEN'],
  async handle({ params, body: identity, caller: { wholesalerId, actor: by }, tx }) {
    const linked = await linkIdentity(tx, wholesalerId, { id: params.retailerId, identity, by });
    switch (linked.kind) {
      case 'linked':
        return done({ ...params, identityId: linked.identityId, replayed: !linked.isNew });
      case 'not_found':
        return notFound('shop');
      case 'taken':
        return refuse(conflict('IDENTITY_TAKEN', `It belongs to ${linked.shop}. Unlink it there first.`));
    }
  },
});

const unlink = write({
  id: 'unlinkIdentity',
  path: '/retailers/{retailerId}/identities/{identityId}/unlink',
  tag,
  summary: 'Mark a phone or WhatsApp id as left: it orders on the account no more',
  description: 'It stays in the list of all that were. Unlinked again, nothing more happens.',
  rights: ['admin'],
  params: shopParams.extend({ identityId: uuid }),
  body: nothing,
  answer: schema.identityDecided,
  async handle({ params, caller: { wholesalerId, actor: by }, tx }) {
    const { retailerId: id, identityId } = params;
    const unlinked = await unlinkIdentity(tx, wholesalerId, { id, identityId, by });
    return unlinked.kind === 'not_found' ? notFound('identity') : done({ ...params, replayed: !unlinked.isNew });
  },
});

export const peopleRoutes = [registrations, accept, decline, links, confirm, refuseOne, identities, link, unlink];
