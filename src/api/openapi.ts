import { z } from 'zod';
import type { ApiRoute } from './route.ts';
import { components } from './schemas/common.ts';
import { problem } from './schemas/problem.ts';

// The document is made from the schemas that check the requests, so it cannot say anything else than what is checked. zod
// writes JSON Schema 2020-12, which is what OpenAPI 3.1 speaks, so no plugin translates between the two.

export type Json = { [name: string]: unknown };

export const API_PREFIX = '/api/v1';

const DESCRIPTION = `Orders, credit, payments and catalogue of one wholesaler.

**Key.** \`Authorization: Bearer KEY\`. \`npm run api-key -- --wholesaler ID --name N --rights R,...\` makes one. A key is for one
wholesaler and the rights it was given; ids of other wholesalers are answered with 404.

**Money** is a whole number of minor units (paise, cents) of the wholesaler's currency, at most 2^53-1.

**Repeats.** \`Idempotency-Key\` on any write: the same key with the same request answers as the first time, 200 with
\`replayed: true\`, for at least seven days; with another request it is refused with 422 \`IDEMPOTENCY_KEY_REUSED\`. Refusals are
not kept. For orders the order id serves when there is no key.

**Refusals** are problem details (RFC 9457) with a stable \`code\`. Bad input is 422 with the path of every mistake; unknown
fields are refused. \`retryable: true\` and 503 with Retry-After mean that the same call may succeed in a moment.

**Lists** come in pages: \`limit\`, and \`cursor\` with the \`nextCursor\` of the page before.`;

/** The OpenAPI 3.1 document of these routes. */
export function openApiDocument(routes: readonly ApiRoute[], { version }: { version: string }): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'orderlock API',
      version,
      description: DESCRIPTION,
      license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' },
    },
    servers: [{ url: API_PREFIX, description: 'This service' }],
    security: [{ apiKey: [] }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name, description: TAGS[name] })),
    paths,
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of this wholesaler.' } },
      schemas: componentSchemas(routes),
      responses: Object.fromEntries(Object.entries(PROBLEMS).map(([name, text]) => [name, problemResponse(text)])),
    },
  };
}

const TAGS: Record<string, string> = {
  Orders: 'Orders and the credit that they hold, from placing to delivery.',
  'Credit accounts': 'What a shop may owe, what it owes, and every entry that says why.',
  Payments: 'Money that came, and what else lowers a debt.',
  Catalogue: 'Products and their prices.',
  Shops: 'Who may order.',
  People: 'Who writes, and on whose account they order.',
  Approvals: 'Orders above their credit that a shop asked to let pass.',
  'Claimed payments': 'What shops say that they paid, for the cashier to check.',
  Settings: 'What the wholesaler decides for itself.',
  'Staff and keys': 'Who works here, and which programs may call.',
  Conversations: 'The chats with shops.',
  Files: 'Lists for spreadsheets, of any length.',
  Operations: 'What came in, what went out, and what a person should look at.',
};

/** Beyond success. Each may also have a code that the operation names. */
const PROBLEMS = {
  Unauthorized: 'No API key, or one that is unknown, wrong or revoked.',
  Forbidden: 'The key has not the right for this.',
  NotFound: 'Nothing of this wholesaler has this id.',
  Conflict: 'Refused as things stand.',
  BadInput: 'Something that was sent is wrong; `errors` names every mistake with its path.',
  TooManyRequests: 'This key makes too many requests. Wait as long as Retry-After says.',
  Unavailable: 'Busy or out of order. Try again after Retry-After seconds.',
};

function operation(route: ApiRoute): Json {
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: route.summary,
    description: [route.description, `Rights: ${route.rights.join(' or ')}.`, codesOf(route)]
      .filter(Boolean)
      .join('\n\n'),
    parameters: parametersOf(route),
    ...(route.body && {
      requestBody: { required: true, content: { 'application/json': shownSchema(route.body, examplesOf(route.body)) } },
    }),
    responses: {
      ...successOf(route),
      401: refTo('Unauthorized'),
      403: refTo('Forbidden'),
      ...(route.params || route.codes ? { 404: refTo('NotFound') } : {}),
      ...(route.kind === 'read' ? {} : { 409: refTo('Conflict') }),
      // A write without a body may have a wrong Idempotency-Key all the same.
      ...(route.query || route.kind !== 'read' ? { 422: refTo('BadInput') } : {}),
      429: refTo('TooManyRequests'),
      503: refTo('Unavailable'),
    },
  };
}

function codesOf({ codes = [] }: ApiRoute): string | undefined {
  return codes.length === 0 ? undefined : `Codes: ${codes.map((code) => `\`${code}\``).join(', ')}.`;
}

function successOf(route: ApiRoute): Json {
  const files = (route.files ?? []).map((type) => [type, { schema: { type: 'string' } }] as const);
  const content = {
    // What answers with a file alone has no JSON to describe.
    ...(route.answer instanceof z.ZodNever
      ? {}
      : { 'application/json': shownSchema(route.answer, examplesOf(route.answer)) }),
    ...Object.fromEntries(files),
  };
  const made = { [route.status]: { description: route.status === 201 ? 'Made.' : 'Done.', content } };
  return route.status === 201
    ? { ...made, 200: { description: 'Nothing new was made: the first answer again.', content } }
    : made;
}

const refTo = (name: keyof typeof PROBLEMS): Json => ({ $ref: `#/components/responses/${name}` });

const problemResponse = (description: string): Json => ({
  description,
  content: { 'application/problem+json': shownSchema(problem) },
});

function shownSchema(schema: z.ZodType, examples: readonly unknown[] = []): Json {
  const id = components.get(schema)?.id;
  const shown = id === undefined ? inlineSchema(schema) : { $ref: `#/components/schemas/${id}` };
  return { schema: shown, ...(examples[0] === undefined ? {} : { example: examples[0] }) };
}

const examplesOf = (schema: z.ZodType): readonly unknown[] => (schema.meta()?.examples as unknown[]) ?? [];

function parametersOf(route: ApiRoute): Json[] {
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'The same key with the same request is done once and answered again.',
    schema: { type: 'string', minLength: 1, maxLength: 180 },
  };
  return [
    ...propertiesOf(route.params).map((property) => ({ ...property, in: 'path', required: true })),
    ...propertiesOf(route.query).map((property) => ({ ...property, in: 'query' })),
    ...(route.kind === 'read' ? [] : [key]),
  ];
}

function propertiesOf(schema: z.ZodObject | undefined): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = inlineSchema(schema) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

// What travels is the side of a codec that zod calls its input, of requests and of answers alike.
const OPTIONS = {
  io: 'input',
  uri: (id: string) => `#/components/schemas/${id}`,
  override: ({ jsonSchema }: { jsonSchema: Json }) => {
    delete jsonSchema.$schema;
    delete jsonSchema.$id;
    // zod's pattern of a date is right and unreadable; the format says the same.
    if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  },
} as const;

function inlineSchema(schema: z.ZodType): Json {
  const holder = z.registry<{ id: string }>();
  holder.add(schema, { id: 'inline' });
  const { schemas } = z.toJSONSchema(holder, OPTIONS);
  return withoutIds(schemas.inline);
}

/** The named schemas that the routes use, and what those use. */
function componentSchemas(routes: readonly ApiRoute[]): Record<string, unknown> {
  const { schemas } = z.toJSONSchema(components, OPTIONS);
  const wanted = [problem, ...routes.flatMap(({ body, answer }) => (body ? [body, answer] : [answer]))];
  const names = new Set<string>();
  const take = (name: string): void => {
    if (schemas[name] === undefined || names.has(name)) return;
    names.add(name);
    for (const [, inner] of JSON.stringify(schemas[name]).matchAll(/"#\/components\/schemas\/(\w+)"/g))
      take(inner ?? '');
  };
  for (const schema of wanted) take(components.get(schema)?.id ?? '');
  return Object.fromEntries([...names].sort().map((name) => [name, withoutIds(schemas[name])]));
}

function withoutIds(schema: unknown): Json {
  const { $schema: _, $id: __, ...rest } = schema as Json;
  return rest;
}
