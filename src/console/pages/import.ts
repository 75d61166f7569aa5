import { Readable } from 'node:stream';
import { html, type SafeHtml } from '@remix-run/html-template';
import { type CatalogueImport, decodeUpload, listImports, storeUpload, writeCatalogue } from '../../catalogue/index.ts';
import { inTransaction } from '../../db/index.ts';
import { isId, newId } from '../../shared/ids.ts';
import { staffNames } from '../../staff/index.ts';
import { refuse } from '../read-form.ts';
import { action, type ConsoleRoute, type PageAnswer, type PageRequest, page } from '../route.ts';
import { badge } from '../view/components.ts';
import { emptyForm, type FormState, fileInput, form, textarea } from '../view/form.ts';
import { actorWords } from '../view/words.ts';

export const IMPORT_PATH = '/console/catalogue/import';

export const importRoutes: readonly ConsoleRoute[] = [
  page(IMPORT_PATH, 'change_catalogue', (request) => showImports(request, emptyForm())),
  action(IMPORT_PATH, 'change_catalogue', upload),
  page('/console/catalogue/export.csv', 'look', exportCsv),
];

/** Where a file comes in, and the files that came before. */
async function showImports(request: PageRequest, state: FormState): Promise<PageAnswer> {
  const { deps, wholesaler, csrfToken } = request;
  const [imports, names] = await Promise.all([
    listImports(deps.db.prisma, wholesaler.id),
    staffNames(deps.db.prisma, wholesaler.id),
  ]);
  const body = html`<div class="page-head"><div><p class="crumb"><a href="/console/catalogue">Catalogue</a></p><h1>Import products</h1>
      <p class="lead">You see what a file would change before anything is changed, and can undo it afterwards.</p></div>
      <a class="button" href="/console/catalogue/export.csv">Download the catalogue</a></div>
    <div class="columns"><div><section class="card" aria-labelledby="h-upload"><h2 id="h-upload">A file from your spreadsheet</h2>
      ${form({ action: IMPORT_PATH, csrfToken, state, submit: 'Look at it', upload: true }, [
        fileInput({
          name: 'file',
          label: 'CSV file',
          state,
          accept: '.csv,.tsv,.txt,text/csv,text/plain',
          hint: 'In Excel or Google Sheets: save or download as CSV. At most 5 MB.',
        }),
        textarea({
          name: 'text',
          label: 'Or paste the rows here',
          state,
          optional: true,
          rows: 6,
          hint: 'With the line of headings.',
        }),
      ])}</section></div>
    <div>${help(wholesaler.currency)}</div></div>
    ${imports.length === 0 ? '' : history(imports, names, request)}`;
  const status = Object.keys(state.errors).length > 0 ? 422 : 200;
  return { kind: 'page', title: 'Import products', place: 'catalogue', body, status };
}

function help(currency: string): SafeHtml {
  return html`<section class="card" aria-labelledby="h-columns"><h2 id="h-columns">The columns</h2>
    <p class="hint">The first line names them. Only the SKU is always needed, and for new products name and price. What a file
      leaves out stays as it is.</p>
    <dl class="facts">
      <dt>sku, name, size</dt><dd>your code, the name, such as 500ml</dd>
      <dt>price</dt><dd>of one piece, in ${currency}</dd>
      <dt>units</dt><dd class="mono">each=1 | case=24</dd>
      <dt>default_unit</dt><dd>what "2" in a message means</dd>
      <dt>unit_prices</dt><dd class="mono">case=400.00</dd>
      <dt>list_prices</dt><dd class="mono">gold=17.00</dd>
      <dt>aliases</dt><dd class="mono">coke 500 | cola</dd>
      <dt>stock, active</dt><dd>in, low, out; yes, no</dd>
      <dt>minimum, step</dt><dd>in the default unit</dd></dl>
    <p class="hint">The download above is such a file: change it and bring it back.</p></section>`;
}

function history(
  imports: readonly CatalogueImport[],
  names: ReadonlyMap<string, string>,
  { format }: PageRequest,
): SafeHtml {
  return html`<section class="stack-gap" aria-labelledby="h-before"><h2 id="h-before">Files so far</h2>
    <div class="table-wrap"><table class="cards"><thead><tr><th scope="col">File</th><th scope="col">State</th><th scope="col">By</th>
      <th scope="col" class="num">New</th><th scope="col" class="num">Changed</th><th scope="col" class="num">Not sold now</th></tr></thead>
    <tbody>${imports.map(
      (one) => html`<tr><th scope="row"><a href="${importPath(one.id)}">${one.filename}</a></th>
      <td data-label="State">${importBadge(one)} ${format.moment(one.undoneAt ?? one.appliedAt ?? one.uploadedAt)}</td>
      <td data-label="By">${actorWords(one.undoneBy ?? one.appliedBy ?? one.uploadedBy, names)}</td>
      <td data-label="New" class="num">${one.appliedAt === null ? '' : format.count(one.added)}</td>
      <td data-label="Changed" class="num">${one.appliedAt === null ? '' : format.count(one.changed)}</td>
      <td data-label="Not sold now" class="num">${one.appliedAt === null ? '' : format.count(one.switchedOff)}</td></tr>`,
    )}</tbody></table></div></section>`;
}

export const importPath = (id: string): string => `${IMPORT_PATH}/${id}`;

export function importBadge({ state }: CatalogueImport): SafeHtml {
  if (state === 'uploaded') return badge('not applied yet', 'warn');
  if (state === 'applied') return badge('applied', 'good');
  return badge(state === 'undone' ? 'undone' : 'given up');
}

const REFUSED: Record<string, string> = {
  empty: 'There is nothing in it. Choose a file, or paste the rows.',
  too_big: 'This is more than 5 MB. Cut it in parts, or take columns out.',
  workbook: 'This is a workbook. Open it in your spreadsheet and save it as CSV.',
  not_text: 'This is no text file. Save the sheet as CSV (UTF-8).',
};

/** Keeps what was sent and shows what it would change. The key of the form is its id: sent twice, it is there once. */
async function upload(request: PageRequest): Promise<PageAnswer> {
  const { form: given, upload: file } = request;
  const text = given.get('text') ?? '';
  const field = file === null && text.trim() !== '' ? 'text' : 'file';
  const kept = await keepUpload(request, {
    filename: field === 'text' ? 'pasted rows' : (file?.filename ?? ''),
    bytes: field === 'text' ? Buffer.from(text) : (file?.bytes ?? new Uint8Array()),
  });
  if (kept.kind === 'refused') return showImports(request, refuse(given, { [field]: kept.message }));
  return { kind: 'redirect', to: importPath(kept.id) };
}

export async function keepUpload(
  { deps, wholesaler, form: given, actor }: PageRequest,
  { filename, bytes }: { filename: string; bytes: Uint8Array },
): Promise<{ kind: 'kept'; id: string } | { kind: 'refused'; message: string }> {
  const read = decodeUpload(bytes);
  if (read.kind === 'refused') return { kind: 'refused', message: REFUSED[read.because] ?? '' };
  const key = given.get('_key') ?? '';
  const id = isId(key) ? key : newId();
  const upload = { wholesalerId: wholesaler.id, id, encoding: read.encoding, source: read.text, by: actor };
  const name = filename.replaceAll('\0', '').slice(-200);
  await inTransaction(deps.db, (tx) => storeUpload(tx, { ...upload, filename: name }));
  return { kind: 'kept', id };
}

/** Streamed: a catalogue of any length takes no memory. */
async function exportCsv({ deps, wholesaler, format, now }: PageRequest): Promise<PageAnswer> {
  return {
    kind: 'file',
    contentType: 'text/csv; charset=utf-8',
    filename: `catalogue-${wholesaler.id}-${format.dayOf(now)}.csv`,
    body: Readable.from(writeCatalogue(deps.db.prisma, wholesaler)),
  };
}
