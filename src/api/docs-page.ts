import { html, type SafeHtml } from '@remix-run/html-template';
import type { Json } from './openapi.ts';

// The page of the document, drawn here from the document itself: no script, nothing from elsewhere, readable on a phone.
// Swagger UI was the other choice: 1.4 MB of script, and a policy with inline styles, to show the same tables.

type Schema = {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  const?: unknown;
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
};
type Parameter = { name: string; in: string; required?: boolean; description?: string; schema: Schema };
type Content = Record<string, { schema: Schema; example?: unknown }>;
type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  parameters: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { description?: string; content?: Content; $ref?: string }>;
};
type Document = {
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; responses: Record<string, { description: string }> };
};

/** The whole page. */
export function docsPage(document: Json, cssPath: string): string {
  const { info, tags, paths, components, servers } = document as unknown as Document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const base = servers[0]?.url ?? '';
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${info.title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${cssPath}">
</head>
<body>
<a class="skip" href="#main">Skip to the operations</a>
<header>
<h1>${info.title} <small>${info.version}</small></h1>
<p><a href="/openapi.json">OpenAPI 3.1 document</a> for generated clients, at <code>${base}</code>.</p>
${prose(info.description)}
</header>
<div class="columns">
<nav aria-label="Operations">
${tags.map(
  ({ name }) => html`<h2>${name}</h2>
<ul>${operations
    .filter(({ operation }) => operation.tags.includes(name))
    .map(({ operation }) => html`<li><a href="#${operation.operationId}">${operation.summary}</a></li>`)}</ul>`,
)}
</nav>
<main id="main">
${tags.map(
  ({ name, description }) => html`<section>
<h2>${name}</h2>
<p>${description}</p>
${operations
  .filter(({ operation }) => operation.tags.includes(name))
  .map(({ path, method, operation }) =>
    operationView({ path: `${base}${path}`, method, operation, responses: components.responses }),
  )}
</section>`,
)}
<section>
<h2>Schemas</h2>
${Object.entries(components.schemas).map(
  ([name, schema]) => html`<article id="schema-${name}"><h3>${name}</h3>${schemaView(schema)}</article>`,
)}
</section>
</main>
</div>
</body>
</html>`;
  return String(page);
}

type Shown = { path: string; method: string; operation: Operation; responses: Document['components']['responses'] };

function operationView({ path, method, operation, responses }: Shown): SafeHtml {
  const { operationId, summary, description, parameters, requestBody } = operation;
  return html`<article id="${operationId}">
<h3>${summary}</h3>
<p class="address"><strong>${method}</strong> <code>${path}</code></p>
${prose(description)}
${parameters.length === 0 ? '' : html`<h4>Parameters</h4>${parameterTable(parameters)}`}
${requestBody === undefined ? '' : html`<h4>Body</h4>${contentView(requestBody.content)}`}
<h4>Answers</h4>
<dl>${Object.entries(operation.responses).map(([status, response]) => {
    const name = response.$ref?.split('/').at(-1);
    const words = name === undefined ? response.description : responses[name]?.description;
    return html`<dt>${status}</dt><dd>${words ?? ''} ${response.content === undefined ? '' : contentView(response.content)}</dd>`;
  })}</dl>
</article>`;
}

function parameterTable(parameters: Parameter[]): SafeHtml {
  return html`<div class="wide" role="group" aria-label="Parameters" tabindex="0"><table>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">meaning</th></tr></thead>
<tbody>${parameters.map(
    ({ name, required, schema, description, ...where }) => html`<tr>
<th scope="row"><code>${name}</code>${required === true ? ' *' : ''}</th><td>${where.in}</td><td>${typeView(schema)}</td>
<td>${description ?? ''}</td></tr>`,
  )}</tbody></table></div>`;
}

function contentView(content: Content): SafeHtml {
  return html`${Object.entries(content).map(
    ([type, { schema, example }]) => html`<div><code>${type}</code> ${typeView(schema)}
${example === undefined ? '' : html`<pre tabindex="0">${JSON.stringify(example, null, 2)}</pre>`}</div>`,
  )}`;
}

function schemaView(schema: Schema): SafeHtml {
  const { properties, required = [], description } = schema;
  const words = description === undefined ? '' : html`<p>${description}</p>`;
  if (properties === undefined) return html`${words}<p>${typeView(schema)}</p>`;
  return html`${words}<div class="wide" role="group" aria-label="Fields" tabindex="0"><table>
<thead><tr><th scope="col">field</th><th scope="col">type</th><th scope="col">meaning</th></tr></thead>
<tbody>${Object.entries(properties).map(
    ([name, property]) => html`<tr><th scope="row"><code>${name}</code>${required.includes(name) ? ' *' : ''}</th>
<td>${typeView(property)}</td><td>${property.description ?? ''}</td></tr>`,
  )}</tbody></table></div>`;
}

/** `integer or null`, `list of OrderLineAsked`: a type in words, with links to what has a name. */
function typeView(schema: Schema): SafeHtml {
  const name = schema.$ref?.split('/').at(-1);
  if (name !== undefined) return html`<a href="#schema-${name}">${name}</a>`;
  if (schema.anyOf !== undefined) {
    return html`${schema.anyOf.map((one, index) => html`${index === 0 ? '' : ' or '}${typeView(one)}`)}`;
  }
  if (schema.items !== undefined) return html`list of ${typeView(schema.items)}`;
  if (schema.properties !== undefined) return html`{ ${Object.keys(schema.properties).join(', ')} }`;
  if (schema.enum !== undefined) return html`${schema.enum.join(' | ')}`;
  if (schema.const !== undefined) return html`${JSON.stringify(schema.const)}`;
  return html`${schema.type ?? 'anything'}${schema.format === undefined ? '' : ` (${schema.format})`}`;
}

/** Paragraphs with \`code\` and **stress**: all that descriptions use. */
function prose(text: string): SafeHtml {
  return html`${text.split(/\n{2,}/).map((paragraph) => html`<p>${paragraph.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map(part)}</p>`)}`;
}

function part(text: string): SafeHtml {
  if (text.startsWith('`')) return html`<code>${text.slice(1, -1)}</code>`;
  return text.startsWith('**') ? html`<strong>${text.slice(2, -2)}</strong>` : html`${text}`;
}

/** Of this page alone; nothing of it is inline, so its policy needs no exception. */
export const DOCS_CSS = `
:root { color-scheme: light dark; --bg: #fff; --text: #1b2421; --muted: #55625e; --line: #dbe1de; --accent: #0d6653; --sunken: #f2f5f3; }
@media (prefers-color-scheme: dark) {
  :root { --bg: #111614; --text: #e6ebe9; --muted: #a4b1ac; --line: #2d3733; --accent: #6fc3ab; --sunken: #1a211e; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1rem; background: var(--bg); color: var(--text); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: var(--accent); }
header { max-width: 50rem; }
h1 small { color: var(--muted); font-size: 1rem; font-weight: 400; }
h2 { margin-top: 2.5rem; }
nav h2 { margin: 1rem 0 0; font-size: 1rem; }
nav ul { margin: 0; padding: 0; list-style: none; font-size: .9rem; }
nav li { padding: .15rem 0; }
article { border-top: 1px solid var(--line); padding: .5rem 0 1rem; scroll-margin-top: 1rem; }
code, pre { font: .875rem/1.45 ui-monospace, Menlo, Consolas, monospace; }
code { background: var(--sunken); padding: 0 .25em; }
pre { background: var(--sunken); padding: .75rem; overflow-x: auto; border-radius: 6px; }
.address { font-size: 1.05rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: normal; }
th { font-weight: 600; }
thead th { color: var(--muted); }
dt { font-weight: 600; }
dd { margin: 0 0 .5rem 1rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { position: static; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
@media (min-width: 60rem) {
  .columns { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 2.5rem; }
  nav { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow-y: auto; }
}
`;
