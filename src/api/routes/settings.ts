import { z } from 'zod';
import { addApprover, listApprovers, removeApprover } from '../../approvals/index.ts';
import {
  changeSettings,
  decidedPolicies,
  readSettings,
  SETTING_NAMES,
  type Settings,
  versionOf,
} from '../../settings/index.ts';
import { mustExist } from '../../shared/assert.ts';
import { ID_FORM } from '../../shared/ids.ts';
import { pageOf, readCursor } from '../cursor.ts';
import { pathText } from '../read-input.ts';
import { inputProblem } from '../refusals.ts';
import { done, notFound, read, refuse, write } from '../route.ts';
import { nothing, pageQuery, uuid } from '../schemas/common.ts';
import * as schema from '../schemas/settings.ts';

const tag = 'Settings';

const one = read({
  id: 'getSettings',
  path: '/settings',
  tag,
  summary: 'What the wholesaler decided: its name, language and clock, and every policy',
  rights: ['admin'],
  answer: schema.settings,
  async handle({ caller: { wholesalerId }, tx }) {
    return done(shown(mustExist(await readSettings(tx, wholesalerId), 'the wholesaler of the key')));
  },
});

function shown(settings: Settings) {
  const { name, currency, language, timeZone, given } = settings;
  const { holdLifetimeHours, ...policies } = settings.policies;
  return {
    name,
    currency,
    language,
    timeZone,
    policies: { ...policies, ...(given.holdLifetimeHours !== undefined && { holdLifetimeHours }) },
    decided: decidedPolicies(settings),
    version: versionOf(settings, SETTING_NAMES),
  };
}

const change = write({
  id: 'changeSettings',
  method: 'PATCH',
  path: '/settings',
  tag,
  summary: 'Change settings and policies, unless somebody else did meanwhile',
  description:
    'What is left out stays as it is; a policy that is given takes the place of the whole one, `notices` and `openingHours` ' +
    'too. Changed to what they are already, nothing happens.',
  rights: ['admin'],
  body: schema.settingsChange,
  answer: schema.settingsChanged,
  codes: ['CHANGED_MEANWHILE'],
  async handle({ body: { seen, reset = [], policies, ...plain }, caller: { wholesalerId, actor: by }, tx }) {
    const backToDefault = Object.fromEntries(reset.map((name) => [name, undefined]));
    const asked = { ...plain, policies: { ...policies, ...backToDefault } };
    const changed = await changeSettings(tx, { wholesalerId, names: SETTING_NAMES, seen, change: asked, by });
    switch (changed.kind) {
      case 'changed': {
        const now = mustExist(await readSettings(tx, wholesalerId), 'the wholesaler of the key');
        return done({ ...shown(now), changed: changed.names, replayed: changed.names.length === 0 });
      }
      case 'conflict':
        return refuse({
          status: 409,
          code: 'CHANGED_MEANWHILE',
          detail: 'Somebody else changed the settings since you read them. Nothing of yours was saved.',
          members: { version: versionOf(changed.now, SETTING_NAMES), retryable: false },
        });
      case 'faulty':
        return refuse(inputProblem(changed.problems.map(({ path, message }) => ({ path: pathText(path), message }))));
      case 'not_found':
        return notFound('wholesaler');
    }
  },
});

const approvers = read({
  id: 'listApprovers',
  path: '/approvers',
  tag,
  summary: 'Who gets orders above the credit on WhatsApp to decide about, in the order of their names',
  rights: ['admin'],
  query: pageQuery,
  answer: schema.approverPage,
  async handle({ query: { limit, cursor }, caller: { wholesalerId }, tx }) {
    const found = await listApprovers(tx, wholesalerId, { afterId: readCursor(cursor, ID_FORM), limit: limit + 1 });
    const items = found.map(({ id, ...rest }) => ({ ...rest, approverId: id }));
    return done(pageOf(items, limit, ({ approverId }) => approverId));
  },
});

const add = write({
  id: 'addApprover',
  path: '/approvers',
  tag,
  summary: 'Add an approver, or another phone of one',
  description:
    'The name makes a new one, unless there is one of that name. A phone of a shop stays with the shop: who has it orders and ' +
    'decides. Added again, nothing more happens.',
  rights: ['admin'],
  body: schema.approverGiven,
  answer: schema.approverSaved,
  status: 201,
  codes: ['IDENTITY_TAKEN'],
  async handle({ body: { language = null, ...given }, caller: { wholesalerId, actor: by }, tx }) {
    const added = await addApprover(tx, { ...given, language, wholesalerId, by });
    if (added.kind === 'added') return done({ approverId: added.id, replayed: !added.isNew });
    const detail = `This is the phone of ${added.by}.`;
    return refuse({ status: 409, code: 'IDENTITY_TAKEN', detail, members: { retryable: false } });
  },
});

const remove = write({
  id: 'removeApprover',
  path: '/approvers/{approverId}/remove',
  tag,
  summary: 'Take the right to decide from an approver, at once',
  description: 'What they decided keeps their name. Removed again, nothing more happens.',
  rights: ['admin'],
  params: z.object({ approverId: uuid }),
  body: nothing,
  answer: schema.approverSaved,
  async handle({ params: { approverId: id }, caller: { wholesalerId, actor: by }, tx }) {
    const removed = await removeApprover(tx, { wholesalerId, id, by });
    return removed.kind === 'not_found' ? notFound('approver') : done({ approverId: id, replayed: !removed.isNew });
  },
});

export const settingsRoutes = [one, change, approvers, add, remove];
