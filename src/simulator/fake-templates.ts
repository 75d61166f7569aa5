import { z } from 'zod';
import { type GraphCall, type GraphEdge, jsonOf } from './graph-edge.ts';
import { type GraphAnswer, graphError, unknownObject } from './graph-errors.ts';
import type { GraphMessage } from './message-rules.ts';

/** A template of the fake's account. Tests approve, pause and spoil it by changing it. */
export type FakeTemplate = {
  id: string;
  name: string;
  language: string;
  category: string;
  status: string;
  quality: string;
  components: z.infer<typeof newTemplate>['components'];
};

export type TemplatesEdge = {
  answer: GraphEdge;
  templates: FakeTemplate[];
  /** From now on so many more may be made, as Meta limits them by the hour. */
  limitCreations(count: number): void;
  /** Refuses a template message that the account could not send. An account without templates takes any. */
  check(message: GraphMessage): GraphAnswer | undefined;
};

type TemplatesOptions = { hasAccount(id: string): boolean };

const PAGE_MAX = 100;
const LANGUAGES = ['ar', 'en', 'en_GB', 'en_US', 'es', 'es_MX', 'fr', 'hi', 'id', 'pt_BR', 'pt_PT', 'sw'];

const button = z.strictObject({ type: z.literal('QUICK_REPLY'), text: z.string().min(1).max(25) });
const bodySchema = z.strictObject({
  type: z.literal('BODY'),
  text: z.string().min(1).max(1024),
  example: z
    .strictObject({
      body_text_named_params: z.array(z.strictObject({ param_name: z.string(), example: z.string().min(1) })),
    })
    .optional(),
});
const newTemplate = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.enum(LANGUAGES),
  category: z.enum(['UTILITY', 'MARKETING', 'AUTHENTICATION']),
  parameter_format: z.literal('NAMED'),
  components: z
    .array(
      z.discriminatedUnion('type', [
        bodySchema,
        z.strictObject({ type: z.literal('BUTTONS'), buttons: z.array(button).min(1).max(10) }),
      ]),
    )
    .min(1)
    .max(2),
});

/** /{account id}/message_templates: lists, creates and removes, by Meta's rules for what may stand in a template. */
export function createTemplatesEdge({ hasAccount }: TemplatesOptions): TemplatesEdge {
  const templates: FakeTemplate[] = [];
  let creationsLeft = Number.POSITIVE_INFINITY;
  let count = 0;

  function answer(call: GraphCall): GraphAnswer | undefined {
    if (call.edge !== 'message_templates') return undefined;
    if (!hasAccount(call.id)) return unknownObject(call.id);
    if (call.method === 'GET') return list(call);
    if (call.method === 'DELETE') return remove(call.query.get('name') ?? '');
    return call.method === 'POST' ? create(call) : undefined;
  }

  function list(call: GraphCall): GraphAnswer {
    const limit = Math.min(PAGE_MAX, Number(call.query.get('limit') ?? 25));
    const from = Number(Buffer.from(call.query.get('after') ?? '', 'base64').toString() || 0);
    const page = templates.slice(from, from + limit);
    const end = from + page.length;
    const after = Buffer.from(String(end)).toString('base64');
    return {
      status: 200,
      body: {
        data: page.map(({ quality, ...one }) => ({
          ...one,
          quality_score: { score: quality },
          rejected_reason: 'NONE',
        })),
        paging: { cursors: { before: 'MAZDZD', after }, ...(end < templates.length ? { next: 'https://next' } : {}) },
      },
    };
  }

  function create(call: GraphCall): GraphAnswer {
    const read = newTemplate.safeParse(jsonOf(call));
    if (!read.success) {
      const [issue] = read.error.issues;
      const subcode = issue?.code === 'too_big' ? 2388040 : undefined;
      return graphError(100, { subcode, details: `${issue?.path.join('.')}: ${issue?.message}` });
    }
    const { name, language, category, components } = read.data;
    if (templates.some((one) => one.name === name && one.language === language)) {
      return graphError(100, { subcode: 2388024, details: 'Content in this language already exists' });
    }
    const refusal = refuseBody(components);
    if (refusal !== undefined) return refusal;
    if (creationsLeft <= 0) return graphError(80008, { details: 'Too many templates were made in this hour' });
    creationsLeft -= 1;
    count += 1;
    const id = String(600_000_000_000_000 + count);
    templates.push({ id, name, language, category, status: 'PENDING', quality: 'UNKNOWN', components });
    return { status: 200, body: { id, status: 'PENDING', category } };
  }

  function remove(name: string): GraphAnswer {
    const kept = templates.filter((one) => one.name !== name);
    if (kept.length === templates.length) return graphError(100, { details: 'Message template was not found' });
    templates.splice(0, templates.length, ...kept);
    return { status: 200, body: { success: true } };
  }

  return {
    answer,
    templates,
    limitCreations(more) {
      creationsLeft = more;
    },
    check(message) {
      if (message.type !== 'template' || templates.length === 0) return undefined;
      return refuseSend(templates, message.template);
    },
  };
}

type Components = FakeTemplate['components'];
const bodyOf = (components: Components) => components.find((one) => one.type === 'BODY');
const placeholders = (text: string) => [...text.matchAll(/\{\{(.*?)\}\}/g)].map((match) => match[1] ?? '');

/** What Meta has against a body before anybody reads it. */
function refuseBody(components: Components): GraphAnswer | undefined {
  const body = bodyOf(components);
  if (body === undefined) return graphError(100, { details: 'A template needs a body' });
  const { text } = body;
  const names = placeholders(text);
  const samples = body.example?.body_text_named_params.map((one) => one.param_name) ?? [];
  if (!names.every((name) => /^[a-z][a-z0-9_]*$/.test(name))) {
    return graphError(100, { details: 'Variable names are lowercase letters and underscores' });
  }
  if (samples.length !== names.length || !names.every((name) => samples.includes(name))) {
    return graphError(100, { subcode: 2388043, details: 'Every variable needs exactly one sample' });
  }
  const ends = text.replace(/\{\{.*?\}\}/g, '#').replace(/[^\p{L}\p{N}#]/gu, '');
  if (ends.startsWith('#') || ends.endsWith('#')) {
    return graphError(100, { subcode: 2388299, details: "Variables can't be at the start or end of the template" });
  }
  const words = text
    .replace(/\{\{.*?\}\}/g, ' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (words.length <= 2 * names.length) {
    return graphError(100, { subcode: 2388293, details: 'Too many variables for the length of the message' });
  }
  return undefined;
}

function refuseSend(
  templates: readonly FakeTemplate[],
  sent: Extract<GraphMessage, { type: 'template' }>['template'],
): GraphAnswer | undefined {
  const found = templates.find((one) => one.name === sent.name && one.language === sent.language.code);
  if (found?.status === 'PAUSED') return graphError(132015);
  if (found?.status === 'DISABLED') return graphError(132016);
  if (found?.status !== 'APPROVED') {
    return graphError(132001, { details: `template name (${sent.name}) does not exist in ${sent.language.code}` });
  }
  const text = bodyOf(found.components)?.text ?? '';
  const names = placeholders(text);
  const given = (sent.components ?? []).flatMap((one) => (one.type === 'body' ? one.parameters : []));
  if (given.length !== names.length) {
    const details = `body: number of localizable_params (${given.length}) does not match the expected number of params (${names.length})`;
    return graphError(132000, { details });
  }
  if (!given.every((one) => names.includes(one.parameter_name ?? ''))) return graphError(132012);
  const length = given.reduce((sum, one) => sum + one.text.length, text.replace(/\{\{.*?\}\}/g, '').length);
  if (length > 1024) return graphError(132005);
  const buttons = found.components.flatMap((one) => (one.type === 'BUTTONS' ? one.buttons : []));
  const tapped = (sent.components ?? []).flatMap((one) => (one.type === 'button' ? [one.index] : []));
  return tapped.some((index) => index >= buttons.length) ? graphError(132012) : undefined;
}
