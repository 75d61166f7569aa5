import { html, type SafeHtml } from '@remix-run/html-template';
import { type Alert, closeAlertById, listAlerts } from '../../alerts/index.ts';
import { listAudit } from '../../audit/index.ts';
import { retailerNames } from '../../catalogue/index.ts';
import { inTransaction } from '../../db/index.ts';
import { orderNumbersOf } from '../../orders/index.ts';
import { isId } from '../../shared/ids.ts';
import { staffNames } from '../../staff/index.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { actionWords, fieldsWords, nameWords, subjectWords } from '../view/audit-words.ts';
import { badge, emptyState, pager } from '../view/components.ts';
import { form } from '../view/form.ts';
import { errorWords } from '../view/reply-words.ts';
import { actorWords } from '../view/words.ts';

const AUDIT_PER_PAGE = 50;

/** What happened that somebody should know: open alerts, and who did what. */
export const watchRoutes: readonly ConsoleRoute[] = [
  page('/console/alerts', 'watch_sending', alerts),
  action('/console/alerts/:alertId/close', 'work_sending', close),
  page('/console/audit', 'read_audit', audit),
];

async function alerts({ deps, wholesaler, format, may, csrfToken }: PageRequest): Promise<PageAnswer> {
  const open = await listAlerts(deps.db.prisma, { wholesalerId: wholesaler.id });
  const shops = await retailerNames(
    deps.db.prisma,
    wholesaler.id,
    open.flatMap(({ subject }) =>
      subject.retailerId === null || subject.retailerId === undefined ? [] : [String(subject.retailerId)],
    ),
  );
  const card = (alert: Alert): SafeHtml => html`<article class="card"><div class="card-head"><h2>${alert.title}</h2>
      ${badge(alert.severity, alert.severity === 'critical' ? 'bad' : 'warn')}</div>
    <p>${alert.hint}</p>
    <dl class="facts">${Object.entries(alert.subject).map(([name, value]) => (value === null ? '' : subjectRow(name, String(value), shops)))}
      <dt>Since</dt><dd>${format.moment(alert.raisedAt)}</dd><dt>Last seen</dt><dd>${format.moment(alert.seenAt)}</dd></dl>
    ${may('work_sending') ? form({ action: `/console/alerts/${alert.id}/close`, csrfToken, submit: 'Dealt with' }, []) : ''}</article>`;
  const body = html`<div class="page-head"><h1>Alerts</h1></div>
    ${open.length === 0 ? emptyState('Nothing is wrong', 'What needs a person appears here until it is over.') : html`<div class="grid">${open.map(card)}</div>`}`;
  return { kind: 'page', title: 'Alerts', place: 'alerts', body };
}

/** What alerts name, in words; ids of ours lead to what they are of. */
const SUBJECT_WORDS: Record<string, string> = {
  outboxId: 'Reply',
  metaCode: "Meta's code",
  errorClass: 'Reason',
  phoneNumberId: "Meta's id of the number",
  wabaId: 'Business account',
  heldReplies: 'Replies held',
  template: 'Template',
  chatId: 'Chat',
  retailerId: 'Shop',
};

function subjectRow(name: string, value: string, shops: ReadonlyMap<string, string>): SafeHtml {
  return html`<dt>${SUBJECT_WORDS[name] ?? nameWords(name)}</dt><dd>${subjectValue(name, value, shops)}</dd>`;
}

function subjectValue(name: string, value: string, shops: ReadonlyMap<string, string>): SafeHtml | string {
  if (name === 'outboxId' && isId(value)) return html`<a href="/console/outbox/${value}">its way</a>`;
  if (name === 'chatId' && isId(value)) return html`<a href="/console/conversations/${value}">the conversation</a>`;
  if (name === 'errorClass') return errorWords(value);
  if (name !== 'retailerId') return value;
  return html`<a href="/console/accounts/${encodeURIComponent(value)}">${shops.get(value) ?? value}</a>`;
}

async function close({ deps, wholesaler, param, actor }: PageRequest): Promise<PageAnswer> {
  const id = param('alertId');
  if (!isId(id)) return { kind: 'not_found' };
  const asked = { wholesalerId: wholesaler.id, id, by: actor };
  const answer = await inTransaction(deps.db, (tx) => closeAlertById(tx, asked));
  return answer.kind === 'not_found' ? answer : { kind: 'redirect', to: '/console/alerts', notice: 'alert_closed' };
}

async function audit({ deps, wholesaler, query, format }: PageRequest): Promise<PageAnswer> {
  const before = query.get('before') ?? '';
  const beforeId = isId(before) ? before : null;
  const [found, staff] = await Promise.all([
    listAudit(deps.db.prisma, { wholesalerId: wholesaler.id, beforeId, limit: AUDIT_PER_PAGE + 1 }),
    staffNames(deps.db.prisma, wholesaler.id),
  ]);
  const entries = found.slice(0, AUDIT_PER_PAGE);
  const last = entries.at(-1);
  const ids = (name: string): string[] =>
    entries.flatMap(({ subject }) => (typeof subject[name] === 'string' ? [subject[name]] : []));
  const [shops, orders] = await Promise.all([
    retailerNames(deps.db.prisma, wholesaler.id, ids('retailerId')),
    orderNumbersOf(deps.db.prisma, wholesaler.id, ids('orderId')),
  ]);
  const names = { staff, shops, orders };
  const body = html`<div class="page-head"><div><h1>Audit</h1><p class="lead">Who did what. Money has its own trail: the ledger of each account.</p></div></div>
    ${
      entries.length === 0
        ? emptyState('Nothing was done yet')
        : html`<div class="table-wrap"><table class="cards"><thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">To what</th></tr></thead>
      <tbody>${entries.map(
        (
          entry,
        ) => html`<tr><th scope="row">${format.moment(entry.at)}</th><td data-label="Who">${actorWords(entry.actor, staff)}</td>
        <td data-label="What">${actionWords(entry.action)}</td>
        <td data-label="To what"><span class="break">${subjectWords(entry.subject, names)}
          ${entry.before === null ? '' : html`<span class="hint">before: ${fieldsWords(entry.before, names, format)}</span>`}
          ${entry.after === null ? '' : html`<span class="hint">now: ${fieldsWords(entry.after, names, format)}</span>`}</span></td></tr>`,
      )}</tbody></table></div>`
    }
    ${pager({ next: found.length > AUDIT_PER_PAGE && last ? `/console/audit?before=${last.id}` : null, first: beforeId === null ? null : '/console/audit' })}`;
  return { kind: 'page', title: 'Audit', place: 'audit', body };
}
