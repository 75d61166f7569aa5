import { startService } from './app.ts';
import { readConfig } from './config.ts';
import { mustExist } from './shared/assert.ts';
import { createLogger } from './shared/logger.ts';
import { runCommand, untilSignal } from './shared/run-command.ts';

await runCommand(async () => {
  const config = readConfig('production');
  const databaseUrl = mustExist(config.databaseUrl, 'DATABASE_URL');
  const service = await startService({
    config,
    logger: createLogger({ level: config.logLevel, pretty: config.logPretty }),
    databaseUrl,
    directUrl: config.databaseDirectUrl ?? databaseUrl,
    graphUrl: mustExist(config.graphUrl, 'WHATSAPP_GRAPH_URL'),
  });
  await untilSignal();
  await service.stop();
  return 0;
});
