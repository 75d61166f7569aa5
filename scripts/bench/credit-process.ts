// A process that calls the credit core as an integrator's service would: its own pools, its own gate. Two of them on
// one account show what is left of the speed when a gate cannot see all callers.
import { fastify } from 'fastify';
import { readConfig } from '../../src/config.ts';
import { assert } from '../../src/shared/assert.ts';
import { serveParent } from './child.ts';
import { accountOf } from './credit-accounts.ts';
import { openDesigns } from './credit-designs.ts';
import { type Load, press } from './credit-load.ts';

const config = readConfig('development', process.env);
assert(config.databaseUrl !== undefined, 'the bench says where the database is');
const designs = await openDesigns(config.databaseUrl);

const app = fastify();
app.post<{ Body: Load }>('/', async ({ body: load }) => {
  const call = await designs.ready(load.design, accountOf(load.group, 0));
  return press(call, load);
});
const url = await app.listen({ host: '127.0.0.1', port: 0 });
serveParent(url, async () => {
  await app.close();
  await designs.stop();
});
