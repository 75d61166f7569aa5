import { readFile } from 'node:fs/promises';
import { readConfig } from '../src/config.ts';
import { createLogger } from '../src/shared/logger.ts';
import { runCommand, untilSignal } from '../src/shared/run-command.ts';
import { consoleLink } from '../src/simulator/console-sign-in.ts';
import { startDevService } from '../src/simulator/dev-service.ts';

// The service of `npm run dev`, in a process of its own that scripts/dev.ts starts anew when a file changes.
await runCommand(async () => {
  // Heard from the first moment: it says that it listens a little before it has started whole.
  const signalled = untilSignal();
  const config = readConfig('development');
  const dev = await startDevService({
    config,
    logger: createLogger({ level: config.logLevel, pretty: config.logPretty }),
    database: 'configured',
    shop: await readFile(new URL('../fixtures/demo-day/shop.json', import.meta.url), 'utf8'),
  });
  process.send?.('started');
  const signIn = await consoleLink(dev.service.db, config, dev.service.url);
  process.stdout.write(
    [
      '',
      `orderlock listens on ${dev.service.url}`,
      ...(dev.fakeGraph === null ? [] : [`  phones        ${dev.service.url}/simulator`]),
      `  webhook       ${dev.service.url}/webhooks/whatsapp (verify token: ${config.verifyToken})`,
      `  console       ${dev.service.url}/console`,
      `  sign in once  ${signIn ?? dev.service.firstRunUrl}`,
      `  health        ${dev.service.url}/health/ready`,
      `  API           ${dev.service.url}/docs (npm run api-key makes a key)`,
      dev.fakeGraph === null ? `  Graph API     ${config.graphUrl}` : `  Graph API     fake, ${dev.fakeGraph.url}`,
      '  chat          npm run chat',
      `  try           npm run replay -- fixtures/demo-day --url ${dev.service.url}`,
      '  stop          Ctrl+C',
      '',
    ].join('\n'),
  );
  // Its starter was killed: nobody would ever stop it, and the next start needs the port and the data folder now. The
  // service is made to be killed at any moment, so it leaves at once.
  process.once('disconnect', () => process.exit(1));
  const told = new Promise<void>((resolve) => {
    process.on('message', (message) => {
      if (message === 'stop') resolve();
    });
  });
  await Promise.race([signalled, told]);
  await dev.stop();
  process.removeAllListeners('disconnect');
  if (process.connected) process.disconnect();
  return 0;
});
