// The service as it runs in production, in a process of its own; its settings come from the environment.
import { startService } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { assert } from '../../src/shared/assert.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { serveParent } from './child.ts';

const config = readConfig('development', process.env);
assert(config.databaseUrl !== undefined && config.graphUrl !== undefined, 'the bench says where everything is');
const service = await startService({
  config,
  logger: createLogger({ level: config.logLevel, pretty: false }),
  databaseUrl: config.databaseUrl,
  directUrl: config.databaseUrl,
  graphUrl: config.graphUrl,
});
serveParent(`${service.url}/webhooks/whatsapp`, () => service.stop());
