import { expect, test } from 'vitest';
import { DEFAULT_POLICIES, givenPoliciesSchema } from '../../src/shared/policies.ts';
import { readDocument } from './documents.ts';

const document = readDocument('docs/policies.md');
const names = Object.keys(DEFAULT_POLICIES);

test('every policy has a section that begins with its default, and no other has one', () => {
  const sections = document.lines.flatMap((line, at) => {
    const name = /^### `(\w+)`$/.exec(line)?.[1];
    return name === undefined ? [] : [{ name, text: document.lines[at + 2] ?? '' }];
  });
  expect(sections.map(({ name }) => name)).toEqual(names);
  for (const { name, text } of sections) expect(text, name).toMatch(/^Default/);
});

test('the example sets every policy to something that the import takes', () => {
  const example: unknown = JSON.parse(
    document.blocks.find(({ language }) => language === 'json')?.code.join('\n') ?? '',
  );
  expect(Object.keys(givenPoliciesSchema.parse(example))).toEqual(names);
});
