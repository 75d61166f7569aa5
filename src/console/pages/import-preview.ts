import { html, type SafeHtml } from '@remix-run/html-template';
import {
  applyImport,
  type CatalogueImport,
  dropUpload,
  type FileProblem,
  type ImportingShop,
  type Preview,
  previewImport,
  readImport,
  readUndone,
  setupSteps,
  undoImport,
} from '../../catalogue/index.ts';
import { inTransaction } from '../../db/index.ts';
import { isId } from '../../shared/ids.ts';
import { staffNames } from '../../staff/index.ts';
import { refuse } from '../read-form.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { emptyForm, type FormState, form, textarea } from '../view/form.ts';
import { actorWords } from '../view/words.ts';
import { IMPORT_PATH, importBadge, importPath, keepUpload } from './import.ts';
import { comparisonTables } from './import-tables.ts';

const PATH = `${IMPORT_PATH}/:importId`;
/** Longer files are mended where they come from. */
const MENDED_CHARS_MAX = 200_000;
const LEFT_SHOWN = 100;

export const importPreviewRoutes: readonly ConsoleRoute[] = [
  page(PATH, 'change_catalogue', (request) => withImport(request, (found) => showImport(request, found))),
  action(`${PATH}/apply`, 'change_catalogue', (request) => withImport(request, (found) => apply(request, found))),
  action(`${PATH}/mend`, 'change_catalogue', (request) => withImport(request, (found) => mend(request, found))),
  action(`${PATH}/drop`, 'change_catalogue', (request) => withImport(request, (found) => drop(request, found))),
  action(`${PATH}/undo`, 'change_catalogue', (request) => withImport(request, (found) => undo(request, found))),
];

async function withImport(
  { deps, wholesaler, param }: PageRequest,
  work: (found: CatalogueImport) => Promise<PageAnswer>,
): Promise<PageAnswer> {
  const id = param('importId');
  const found = isId(id) ? await readImport(deps.db.prisma, wholesaler.id, id) : null;
  return found === null ? { kind: 'not_found' } : work(found);
}

const shopOf = ({ wholesaler, format }: PageRequest): ImportingShop => ({
  id: wholesaler.id,
  currency: wholesaler.currency,
  locale: format.locale,
});

type Trouble = { warning?: string; mended?: FormState };

/** Before it is applied: what it would change. Afterwards: what it changed, and the way back. */
async function showImport(request: PageRequest, found: CatalogueImport, trouble: Trouble = {}): Promise<PageAnswer> {
  const preview = found.state === 'uploaded' ? await previewImport(request.deps.db, shopOf(request), found.id) : null;
  const content = preview === null ? await outcome(request, found) : dryRun(request, found, preview, trouble);
  const body = html`<div class="page-head"><div><p class="crumb"><a href="/console/catalogue">Catalogue</a> / <a href="${IMPORT_PATH}">Import</a></p>
      <h1>${preview === null ? 'Imported file' : 'Look before it is applied'} ${importBadge(found)}</h1><p class="lead break">${found.filename}</p></div></div>
    ${trouble.warning === undefined ? '' : html`<p class="warning" role="alert">${trouble.warning}</p>`}
    ${content}`;
  const isWrong = trouble.mended !== undefined;
  const status = trouble.warning !== undefined ? 409 : isWrong ? 422 : 200;
  return { kind: 'page', title: 'Import products', place: 'catalogue', body, status };
}

function dryRun(request: PageRequest, found: CatalogueImport, preview: Preview, { mended }: Trouble): SafeHtml {
  const { csrfToken, format } = request;
  const { comparison, version, source } = preview;
  const { problems, added, changed, unchanged, missing } = comparison;
  const here = importPath(found.id);
  const count = added.length + changed.length;
  return html`${found.encoding === 'utf-8' ? '' : encodingNote(found.encoding)}
    ${problems.length === 0 ? '' : problemsCard(problems)}
    ${problems.length === 0 || source.length > MENDED_CHARS_MAX ? '' : mendForm(request, here, mended ?? emptyForm({ text: source }))}
    <dl class="figures"><div><dt>New</dt><dd>${format.count(added.length)}</dd></div><div><dt>Changed</dt><dd>${format.count(changed.length)}</dd></div>
      <div><dt>As they are</dt><dd>${format.count(unchanged)}</dd></div><div><dt>Not in the file</dt><dd>${format.count(missing.length)}</dd></div></dl>
    ${problems.length > 0 ? '' : applyCard()}
    ${comparisonTables(comparison, request)}
    ${form({ action: `${here}/drop`, csrfToken, submit: 'Give this file up', danger: true }, [])}`;

  function applyCard(): SafeHtml {
    if (count === 0 && missing.length === 0)
      return html`<p class="notice">The catalogue says the same already: there is nothing to apply.</p>`;
    const off = html`<div class="field check"><label><input type="checkbox" name="missing" value="off">
      ${missing.length === 1 ? 'Stop selling the product that is' : `Stop selling the ${format.count(missing.length)} products that are`} not in the file</label></div>`;
    return html`<section class="card narrow" aria-labelledby="h-apply"><h2 id="h-apply">Apply it</h2>${form(
      {
        action: `${here}/apply`,
        csrfToken,
        submit: count === 0 ? 'Apply' : count === 1 ? 'Apply the change' : `Apply ${format.count(count)} changes`,
      },
      [
        html`<input type="hidden" name="version" value="${version}">`,
        html`<p class="hint">Orders that are placed keep their prices. New messages and carts get the new ones at once.</p>`,
        missing.length === 0 ? html`` : off,
      ],
    )}</section>`;
  }
}

const ENCODINGS: Record<string, string> = {
  'windows-1252': 'an older Windows',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
};

const encodingNote = (encoding: string): SafeHtml =>
  html`<p class="notice">The file is written in the characters of ${ENCODINGS[encoding] ?? encoding}. Look whether names with accents are right below.</p>`;

function problemsCard(problems: readonly FileProblem[]): SafeHtml {
  return html`<section class="stack-gap" aria-labelledby="h-problems"><div><h2 id="h-problems">${problems.length === 1 ? 'One thing is' : `${problems.length} things are`} to be mended first</h2>
    <p class="hint">Nothing is applied before. The file stays here.</p></div>
    <div class="table-wrap"><table class="cards"><thead><tr><th scope="col">Line</th><th scope="col">Column</th><th scope="col">What to do</th></tr></thead>
    <tbody>${problems.map(
      ({ line, column, message }) =>
        html`<tr><th scope="row" data-label="Line" class="num">${line}</th><td data-label="Column">${column ?? ''}</td><td data-label="What to do">${message}</td></tr>`,
    )}</tbody></table></div></section>`;
}

function mendForm({ csrfToken }: PageRequest, here: string, state: FormState): SafeHtml {
  return html`<details class="card" ${Object.keys(state.errors).length > 0 ? html`open` : ''}><summary>Mend it here</summary>${form(
    // As a form with files is: an address-encoded one of this length would be refused.
    { action: `${here}/mend`, csrfToken, state, submit: 'Look at it again', upload: true },
    [
      textarea({
        name: 'text',
        label: 'The file',
        state,
        rows: 14,
        hint: 'Or mend it in your spreadsheet and upload it anew.',
      }),
    ],
  )}</details>`;
}

async function outcome(request: PageRequest, found: CatalogueImport): Promise<SafeHtml> {
  const { deps, wholesaler, format, csrfToken } = request;
  const names = await staffNames(deps.db.prisma, wholesaler.id);
  const by = (actor: string | null): string => actorWords(actor ?? '', names);
  const here = importPath(found.id);
  const facts = html`<section class="card narrow"><dl class="facts">
    <dt>Uploaded</dt><dd>${format.moment(found.uploadedAt)}, ${by(found.uploadedBy)}</dd>
    ${
      found.appliedAt === null
        ? ''
        : html`<dt>Applied</dt><dd>${format.moment(found.appliedAt)}, ${by(found.appliedBy)}</dd>
      <dt>New</dt><dd>${format.count(found.added)}</dd><dt>Changed</dt><dd>${format.count(found.changed)}</dd>
      <dt>Not sold any more</dt><dd>${format.count(found.switchedOff)}</dd>`
    }
    ${found.undoneAt === null ? '' : html`<dt>Undone</dt><dd>${format.moment(found.undoneAt)}, ${by(found.undoneBy)}</dd>`}</dl></section>`;
  if (found.state === 'undone') return html`${facts}${await undone(request, found.id)}`;
  if (!found.isNewest) return facts;
  const { hasShops } = await setupSteps(deps.db.prisma, wholesaler.id);
  const next =
    hasShops || !request.may('change_credit')
      ? html``
      : html`<p><a class="button primary" href="/console/shops">Next: add your first shop</a></p>`;
  return html`${facts}${next}<details class="card narrow"><summary>Undo this import</summary>${form(
    { action: `${here}/undo`, csrfToken, submit: 'Undo it', danger: true },
    [
      html`<p class="hint">Puts back what it changed. What somebody changed since stays as it is now; products that it added are
        not sold any more. Orders that were placed meanwhile keep their prices.</p>`,
    ],
  )}</details>`;
}

async function undone({ deps, wholesaler, format }: PageRequest, id: string): Promise<SafeHtml> {
  const db = deps.db.prisma;
  const { restored, left, leftSkus } = await readUndone(db, { wholesalerId: wholesaler.id, id, limit: LEFT_SHOWN });
  const more = left - leftSkus.length;
  return html`<section class="card narrow" aria-labelledby="h-undone"><h2 id="h-undone">What undoing did</h2>
    <p>${format.count(restored)} ${restored === 1 ? 'product is' : 'products are'} as before.</p>
    ${
      left === 0
        ? ''
        : html`<p>${format.count(left)} stayed as they are, because somebody changed them after the import:</p>
      <p class="mono break">${leftSkus.join(', ')}${more > 0 ? `, and ${format.count(more)} more` : ''}</p>`
    }</section>`;
}

async function apply(request: PageRequest, found: CatalogueImport): Promise<PageAnswer> {
  const { deps, form: given, actor } = request;
  const version = Number(given.get('version') ?? '-1');
  const applied = await applyImport(deps.db, shopOf(request), {
    importId: found.id,
    version: Number.isSafeInteger(version) ? version : -1,
    switchOffMissing: given.get('missing') === 'off',
    by: actor,
  });
  switch (applied.kind) {
    case 'applied':
      return { kind: 'redirect', to: importPath(found.id), notice: 'import_applied' };
    case 'not_found':
      return { kind: 'not_found' };
    case 'over':
      return again(request, found.id, 'Somebody decided about this file meanwhile.');
    case 'faulty':
      return again(request, found.id, 'The file does not fit the catalogue any more. Nothing was applied.');
    case 'catalogue_changed':
      return again(
        request,
        found.id,
        'The catalogue changed since you looked. Nothing was applied: look at the differences again, then apply it.',
      );
  }
}

async function mend(request: PageRequest, found: CatalogueImport): Promise<PageAnswer> {
  const { deps, wholesaler, form: given, actor: by } = request;
  if (found.state !== 'uploaded') {
    // A second click finds the file that the first one made.
    const key = given.get('_key') ?? '';
    const mended = isId(key) ? await readImport(deps.db.prisma, wholesaler.id, key) : null;
    if (mended !== null) return { kind: 'redirect', to: importPath(mended.id) };
    return again(request, found.id, 'Somebody decided about this file meanwhile.');
  }
  const kept = await keepUpload(request, { filename: found.filename, bytes: Buffer.from(given.get('text') ?? '') });
  if (kept.kind === 'refused') return showImport(request, found, { mended: refuse(given, { text: kept.message }) });
  await inTransaction(deps.db, (tx) => dropUpload(tx, { wholesalerId: wholesaler.id, id: found.id, by }));
  return { kind: 'redirect', to: importPath(kept.id) };
}

async function drop(request: PageRequest, found: CatalogueImport): Promise<PageAnswer> {
  const { deps, wholesaler, actor: by } = request;
  const asked = { wholesalerId: wholesaler.id, id: found.id, by };
  const dropped = await inTransaction(deps.db, (tx) => dropUpload(tx, asked));
  if (!dropped && found.state !== 'replaced') return again(request, found.id, 'This file is applied already.');
  return { kind: 'redirect', to: IMPORT_PATH, notice: 'import_dropped' };
}

async function undo(request: PageRequest, found: CatalogueImport): Promise<PageAnswer> {
  const { deps, wholesaler, actor } = request;
  const result = await undoImport(deps.db, { wholesalerId: wholesaler.id, importId: found.id, by: actor });
  if (result.kind === 'not_found') return { kind: 'not_found' };
  if (result.kind === 'undone') return { kind: 'redirect', to: importPath(found.id), notice: 'import_undone' };
  return again(request, found.id, 'Only the newest import can be undone, and only once it is applied.');
}

/** The page as it is now, with what stood in the way. */
function again(request: PageRequest, id: string, warning: string): Promise<PageAnswer> {
  const { deps, wholesaler } = request;
  return readImport(deps.db.prisma, wholesaler.id, id).then((found) =>
    found === null ? { kind: 'not_found' } : showImport(request, found, { warning }),
  );
}
