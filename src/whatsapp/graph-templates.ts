import { z } from 'zod';
import { type GraphCaller, type GraphResult, mapOk } from './graph-call.ts';

// Message templates at the Graph API: what an account has, and how one is added.

/** A template as Meta has it. */
export type RemoteTemplate = {
  id: string;
  name: string;
  language: string;
  category: string;
  /** APPROVED, PENDING, REJECTED, PAUSED, DISABLED and more. */
  status: string;
  /** GREEN, YELLOW, RED or UNKNOWN. */
  quality: string;
  rejectedReason: string | undefined;
  body: string;
  buttons: string[];
  /** It has parts that ours never have: a header, a footer, buttons of another kind. */
  hasMore: boolean;
};

/** What is submitted: a body with named placeholders and their samples, and quick replies. */
export type NewTemplate = {
  name: string;
  language: string;
  category: string;
  body: string;
  parameters: { name: string; sample: string }[];
  buttons: string[];
};

export type GraphTemplates = {
  /** All of an account's templates, page by page. */
  list(): Promise<GraphResult<RemoteTemplate[]>>;
  /** Submits one for approval. */
  create(template: NewTemplate): Promise<GraphResult<{ id: string; status: string }>>;
};

const PAGE = 100;
/** An account has 6,000 templates at most. */
const PAGES_MAX = 60;

const component = z.object({
  type: z.string().transform((type) => type.toUpperCase()),
  text: z.string().optional().catch(undefined),
  buttons: z.array(z.object({ type: z.string().catch(''), text: z.string().catch('') })).catch([]),
});
const remoteSchema = z
  .object({
    id: z.coerce.string(),
    name: z.string(),
    language: z.string(),
    category: z.string().catch(''),
    status: z.string().catch(''),
    quality_score: z.object({ score: z.string() }).optional().catch(undefined),
    rejected_reason: z.string().optional().catch(undefined),
    components: z.array(component).catch([]),
  })
  .transform(({ quality_score, rejected_reason, components, ...rest }): RemoteTemplate => {
    const buttons = components.filter(({ type }) => type === 'BUTTONS').flatMap((one) => one.buttons);
    return {
      ...rest,
      quality: quality_score?.score ?? 'UNKNOWN',
      rejectedReason: rejected_reason === 'NONE' ? undefined : rejected_reason,
      body: components.find(({ type }) => type === 'BODY')?.text ?? '',
      buttons: buttons.map(({ text }) => text),
      hasMore:
        components.some(({ type }) => type !== 'BODY' && type !== 'BUTTONS') ||
        buttons.some(({ type }) => type !== 'QUICK_REPLY'),
    };
  });
const pageSchema = z.object({
  data: z.array(remoteSchema),
  paging: z
    .object({ cursors: z.object({ after: z.string() }).optional().catch(undefined), next: z.string().optional() })
    .optional()
    .catch(undefined),
});
const createdSchema = z.object({ id: z.coerce.string(), status: z.string().catch('PENDING') });

/** The templates of one business account. */
export function createGraphTemplates(call: GraphCaller, accountId: string): GraphTemplates {
  const path = `${encodeURIComponent(accountId)}/message_templates`;
  return {
    async list() {
      const fields = 'id,name,language,category,status,quality_score,rejected_reason,components';
      const all: RemoteTemplate[] = [];
      let after: string | undefined;
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const query = { fields, limit: String(PAGE), ...(after === undefined ? {} : { after }) };
        const result = await call({ path, query }, pageSchema);
        if (result.kind !== 'ok') return result;
        all.push(...result.value.data);
        after = result.value.paging?.next === undefined ? undefined : result.value.paging.cursors?.after;
        if (after === undefined) return { ...result, value: all };
      }
      return { kind: 'unreachable', detail: `the account has more than ${PAGE * PAGES_MAX} templates` };
    },
    async create({ name, language, category, body, parameters, buttons }) {
      const samples = parameters.map((one) => ({ param_name: one.name, example: one.sample }));
      const json = {
        name,
        language,
        category,
        parameter_format: 'NAMED',
        components: [
          {
            type: 'BODY',
            text: body,
            ...(samples.length === 0 ? {} : { example: { body_text_named_params: samples } }),
          },
          ...(buttons.length === 0
            ? []
            : [{ type: 'BUTTONS', buttons: buttons.map((text) => ({ type: 'QUICK_REPLY', text })) }]),
        ],
      };
      const result = await call({ method: 'POST', path, json }, createdSchema);
      return mapOk(result, (created) => created);
    },
  };
}
