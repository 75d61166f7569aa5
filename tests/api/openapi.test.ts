import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { apiRoutes } from '../../src/api/index.ts';
import { openApiDocument } from '../../src/api/openapi.ts';

const document = openApiDocument(apiRoutes, { version: 'test' });

test('the OpenAPI document passes the linter in its strictest set of rules', async () => {
  const problems = await lintFromString({
    source: JSON.stringify(document),
    absoluteRef: '/openapi.json',
    config: await createConfig({ extends: ['recommended-strict'] }),
  });
  expect(problems.map(({ ruleId, message, location }) => `${ruleId} ${message} ${location[0]?.pointer}`)).toEqual([]);
});

test('a mistake in the document would be noticed', async () => {
  const broken = structuredClone(document) as { paths: Record<string, { post?: { operationId?: string } }> };
  delete broken.paths['/orders']?.post?.operationId;
  const problems = await lintFromString({
    source: JSON.stringify(broken),
    absoluteRef: '/openapi.json',
    config: await createConfig({ extends: ['recommended-strict'] }),
  });
  expect(problems.map(({ ruleId }) => ruleId)).toContain('operation-operationId');
});

test('every write says that bad input is refused, since its Idempotency-Key may be wrong', () => {
  const { paths } = document as { paths: Record<string, Record<string, { responses: object }>> };
  const silent = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method, { responses }]) => method !== 'get' && !('422' in responses))
      .map(([method]) => `${method} ${path}`),
  );
  expect(silent).toEqual([]);
});
