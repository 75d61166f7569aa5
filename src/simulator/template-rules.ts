import { z } from 'zod';
import { filled, id } from './rule-parts.ts';

/** What stands in a placeholder: one line without long gaps, or Meta refuses the whole message. */
const parameter = z.strictObject({
  type: z.literal('text'),
  text: filled(32_768).refine(
    (text) => !/[\r\n\t]| {5}/.test(text),
    'Param text cannot have new-line/tab characters or more than 4 consecutive spaces',
  ),
  parameter_name: z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/)
    .optional(),
});
const component = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('body'), parameters: z.array(parameter).min(1) }),
  z.strictObject({
    type: z.literal('button'),
    sub_type: z.literal('quick_reply'),
    index: z.coerce.number().int().min(0).max(9),
    parameters: z.tuple([z.strictObject({ type: z.literal('payload'), payload: id(256) })]),
  }),
]);

/** The `template` object of a message. Whether the account has such a template is looked up apart. */
export const template = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9_]{1,512}$/),
    language: z.strictObject({ code: z.string().min(2), policy: z.literal('deterministic').optional() }),
    components: z.array(component).max(11).optional(),
  })
  .refine(
    ({ components = [] }) =>
      components.length <= 1 ||
      components.every((one) => one.type !== 'body' || one.parameters.every(({ text }) => text.length <= 1024)),
    'body text is at most 1024 when the template has other components',
  );
