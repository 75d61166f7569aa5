import { html, type SafeHtml } from '@remix-run/html-template';
import { inTransaction } from '../../../db/index.ts';
import { changeSettings, readSettings, type SettingsProblem, versionOf } from '../../../settings/index.ts';
import { refuse } from '../../read-form.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../../route.ts';
import { type FormState, form } from '../../view/form.ts';
import { approverRoutes } from './approvers.ts';
import { business } from './business.ts';
import { credit } from './credit.ts';
import type { SettingsGroup } from './group.ts';
import { hours } from './hours.ts';
import { lineRoutes } from './lines.ts';
import { notices } from './notices.ts';
import { ordering } from './ordering.ts';
import { people } from './people.ts';
import { PATH, settingsHead } from './tabs.ts';

const GROUPS: readonly SettingsGroup[] = [business, ordering, hours, people, credit, notices];

/** Every setting of the wholesaler, a page and a form for each matter. */
export const settingsRoutes: readonly ConsoleRoute[] = [
  page(PATH, 'settings', async () => ({ kind: 'redirect', to: `${PATH}/${business.key}` })),
  ...GROUPS.flatMap((group) => [
    page(`${PATH}/${group.key}`, 'settings', (request) => open(request, group)),
    action(`${PATH}/${group.key}`, 'settings', (request) => save(request, group)),
  ]),
  ...approverRoutes,
  ...lineRoutes,
];

async function open(request: PageRequest, group: SettingsGroup): Promise<PageAnswer> {
  const settings = await readSettings(request.deps.db.prisma, request.wholesaler.id);
  if (settings === null) return { kind: 'not_found' };
  const values = group.fill(settings, request);
  values.set('seen', versionOf(settings, group.names));
  return show(request, group, { values, errors: {} });
}

async function save(request: PageRequest, group: SettingsGroup): Promise<PageAnswer> {
  const { deps, wholesaler, form: given, actor } = request;
  const { change, errors } = group.read(given, request);
  if (Object.keys(errors).length > 0) return show(request, group, refuse(given, errors), 422);
  const asked = { wholesalerId: wholesaler.id, names: group.names, seen: given.get('seen') ?? '', change, by: actor };
  const answer = await inTransaction(deps.db, (tx) => changeSettings(tx, asked));
  switch (answer.kind) {
    case 'changed':
      return {
        kind: 'redirect',
        to: `${PATH}/${group.key}`,
        notice: answer.names.length === 0 ? 'settings_same' : 'settings_saved',
      };
    case 'faulty':
      return show(request, group, refuse(given, inWords(answer.problems, group)), 422);
    case 'conflict': {
      // What was typed stays; saving it again is then a decision about what the other one wrote.
      const values = new URLSearchParams(given);
      values.set('seen', versionOf(answer.now, group.names));
      const now = group.fill(answer.now, request);
      return show(request, group, { values, errors: {} }, 409, differing(group, values, now));
    }
    case 'not_found':
      return { kind: 'not_found' };
  }
}

function show(
  { csrfToken, ...request }: PageRequest,
  group: SettingsGroup,
  state: FormState,
  status: 200 | 409 | 422 = 200,
  conflict: SafeHtml | null = null,
): PageAnswer {
  const body = html`${settingsHead(group.key)}
    ${conflict ?? ''}
    <section class="card narrow" aria-labelledby="h-group"><div><h2 id="h-group">${group.label}</h2><p class="lead">${group.lead}</p></div>
      ${form({ action: `${PATH}/${group.key}`, csrfToken, state, submit: 'Save' }, [
        html`<input type="hidden" name="seen" value="${state.values.get('seen') ?? ''}">`,
        ...group.view(state, { csrfToken, ...request }),
      ])}</section>`;
  return { kind: 'page', title: group.label, place: 'settings', body, status };
}

/** What somebody else made of the fields in which the form says something else. */
function differing({ labels }: SettingsGroup, typed: URLSearchParams, now: URLSearchParams): SafeHtml {
  const all = (values: URLSearchParams, name: string): string => values.getAll(name).join(', ') || 'empty';
  const rows = Object.keys(labels).filter((name) => all(typed, name) !== all(now, name));
  return html`<div class="warning" role="alert"><p>Somebody else changed these settings while you were at it. What you typed is still here.
      Saved so, it takes the place of what they wrote:</p>
    <ul>${rows.map((name) => html`<li>${labels[name]}: now <strong>${all(now, name)}</strong></li>`)}</ul></div>`;
}

/** The words of the schema beside the fields of the form; the first for each. */
function inWords(problems: readonly SettingsProblem[], group: SettingsGroup): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const problem of problems) {
    const field = group.fieldOf(problem.path);
    // The list of all that is wrong stands far from the fields, so each sentence names its own.
    const label = group.labels[field] ?? field;
    const { message } = problem;
    errors[field] ??= /^must /.test(message) ? `${label} ${message}.` : `${label}: ${wordsOf(problem)}`;
  }
  return errors;
}

function wordsOf(problem: SettingsProblem): string {
  switch (problem.code) {
    case 'too_small':
      return problem.origin === 'array' ? 'choose one at least.' : `write ${problem.minimum} or more.`;
    case 'too_big':
      return problem.origin === 'array' ? `at most ${problem.maximum} of them.` : `write ${problem.maximum} or less.`;
    case 'invalid_type':
      return 'write a whole number.';
    case 'invalid_value':
      return 'choose one of those that are offered.';
    default:
      return problem.message;
  }
}
