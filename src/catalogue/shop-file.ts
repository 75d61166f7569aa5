import type { z } from 'zod';
import { messageOf } from '../shared/errors.ts';
import { crossProblems, pathText, type RawProblem, type ShopProblem } from './shop-checks.ts';
import { type Shop, shopSchema } from './shop-schema.ts';

export type ReadShop = { ok: true; shop: Shop } | { ok: false; problems: ShopProblem[] };

/** Reads an import file. Refuses with every problem of the file at once, each with its path, in the file's order. */
export function readShopFile(text: string): ReadShop {
  let given: unknown;
  try {
    // Editors on Windows put a byte order mark in front, which is no part of JSON.
    given = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { ok: false, problems: [{ path: '(file)', message: `is not JSON: ${messageOf(error)}` }] };
  }
  const read = shopSchema.safeParse(given);
  const problems = [...(read.success ? [] : read.error.issues.flatMap(readable)), ...crossProblems(given)];
  if (problems.length === 0 && read.success) return { ok: true, shop: read.data };
  return { ok: false, problems: inFileOrder(problems, given) };
}

/** Zod names the keys that nobody knows at their parent; a person wants the path of each. */
function readable(issue: z.core.$ZodIssue): RawProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'is not known here' }));
  }
  if (issue.code === 'invalid_type' && issue.input === undefined && / received undefined$/.test(issue.message)) {
    return [{ path: issue.path, message: 'is missing' }];
  }
  return [{ path: issue.path, message: lowerFirst(issue.message.replace(/^Invalid input: /, '')) }];
}

const lowerFirst = (text: string): string => `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;

/** From the top of the file to its bottom, each once. What is missing is listed where its owner stands. */
function inFileOrder(problems: RawProblem[], given: unknown): ShopProblem[] {
  const order = positions(given);
  const positionOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length >= 0; length -= 1) {
      const found = order.get(pathText(path.slice(0, length)));
      if (found !== undefined) return found;
    }
    return 0;
  };
  const shown = [...problems]
    .sort((a, b) => positionOf(a.path) - positionOf(b.path))
    .map(({ path, message }) => ({ path: pathText(path), message }));
  return [...new Map(shown.map((problem) => [`${problem.path} ${problem.message}`, problem])).values()];
}

function positions(given: unknown): Map<string, number> {
  const order = new Map<string, number>();
  const visit = (value: unknown, path: PropertyKey[]): void => {
    order.set(pathText(path), order.size);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) visit(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  visit(given, []);
  return order;
}
