import type { z } from 'zod';

const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  null: 'null',
};

const FORMATS: Record<string, string> = {
  uuid: 'must be an id as it was given',
  date: 'must be a day such as 2026-12-01',
  datetime: 'must be a moment such as 2026-12-01T10:00:00Z',
  email: 'must be an e-mail address',
};

const COUNTED: Record<string, string> = { string: 'character', array: 'item' };

/** What is wrong with a part of a request, for people, where its schema has no words of its own; read after its path. */
export const inPlainWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined && issue.code !== 'custom') return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return atTheEdge(issue.origin, 'least', issue.minimum);
    case 'too_big':
      return atTheEdge(issue.origin, 'most', issue.maximum);
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'has not the form that is expected here';
    default:
      return undefined;
  }
};

function atTheEdge(origin: string, which: 'least' | 'most', edge: number | bigint): string {
  const counted = COUNTED[origin];
  if (counted === undefined) return `must be at ${which} ${edge}`;
  return `must have at ${which} ${edge} ${counted}${Number(edge) === 1 ? '' : 's'}`;
}
