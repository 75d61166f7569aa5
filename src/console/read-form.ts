import type { z } from 'zod';
import type { FormState } from './view/form.ts';

export type ReadForm<T> = { ok: true; value: T } | { ok: false; state: FormState };

/**
 * Reads a form by its schema. What is wrong comes back beside what was typed, one sentence for each field. Fields that
 * the schema expects as lists are read as lists.
 */
export function readForm<T>(schema: z.ZodType<T>, form: URLSearchParams, lists: readonly string[] = []): ReadForm<T> {
  const given: Record<string, string | string[]> = {};
  for (const name of new Set(form.keys())) {
    given[name] = lists.includes(name) ? form.getAll(name) : (form.get(name) ?? '').trim();
  }
  for (const name of lists) given[name] ??= [];
  const read = schema.safeParse(given);
  if (read.success) return { ok: true, value: read.data };
  const errors: Record<string, string> = {};
  for (const issue of read.error.issues) errors[String(issue.path[0] ?? '')] ??= issue.message;
  return { ok: false, state: { values: form, errors } };
}

/** The same form again with something else that is wrong, found behind the schema. */
export const refuse = (form: URLSearchParams, errors: Record<string, string>): FormState => ({ values: form, errors });
