import { startService } from './app.ts';
import { readConfig } from './config.ts';
import { mustExist } from './shared/assert.ts';
import { createLogger } from './shared/logger.ts';
import { runCommand, untilSignal } from './shared/run-command.ts';

await runCommand(async () => {
  // Heard from the first moment: it says that it listens a little before it has started whole.
  const signalled = untilSignal();
  const config = readConfig('production');
  const databaseUrl = mustExist(config.databaseUrl, 'DATABASE_URL');
  const service = await startService({
    config,
    logger: createLogger({ level: config.logLevel, pretty: config.logPretty }),
    databaseUrl,
    directUrl: config.databaseDirectUrl ?? databaseUrl,
    graphUrl: mustExist(config.graphUrl, 'WHATSAPP_GRAPH_URL'),
  });
  if (service.firstRunUrl !== null) {
    // Printed and not logged: logs are kept and read by others, and this link makes its reader the first admin.
    process.stdout.write(
      `There is no wholesaler yet. Set up the first one here, within 24 hours:\n  ${service.firstRunUrl}\n`,
    );
  }
  await signalled;
  await service.stop();
  return 0;
});
