import { readConfig } from '../src/config.ts';
import { createLogger } from '../src/shared/logger.ts';
import { readFlags } from '../src/shared/read-flags.ts';
import { runCommand, untilSignal } from '../src/shared/run-command.ts';
import { consolePassword } from '../src/simulator/console-sign-in.ts';
import { playDemoDay } from '../src/simulator/demo-day.ts';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

await runCommand(async () => {
  const { once, verbose } = readFlags('npm run demo [-- --once] [--verbose]', ['once', 'verbose']);
  const config = readConfig('development');
  const { dev, problems } = await playDemoDay({
    config,
    // The chats are the output; the service itself only speaks up when something is wrong.
    logger: createLogger({
      level: verbose ? config.logLevel : 'error',
      pretty: config.logPretty,
    }),
    folder: new URL('../fixtures/demo-day/', import.meta.url),
    print,
  });
  for (const problem of problems) print(`NOT AS EXPECTED  ${problem}`);
  if (problems.length === 0) print('Every reply, order and ledger figure is as fixtures/demo-day/expected.json says.');
  if (!once) {
    print('');
    print(`The service stays up on ${dev.service.url}`);
    print(`  console   ${dev.service.url}/console`);
    const signIn = await consolePassword(dev.service.db, config);
    if (signIn !== null) print(`  sign in   ${signIn.email}  ${signIn.password}`);
    if (dev.fakeGraph !== null) print(`  phones    ${dev.service.url}/simulator`);
    print(`  health    ${dev.service.url}/health/ready`);
    print(`  replay    npm run replay -- fixtures/demo-day --url ${dev.service.url}`);
    print(`  chat      PORT=${new URL(dev.service.url).port} npm run chat`);
    print(`  what if   DATABASE_URL='${dev.ownerUrl}' npm run replay -- --what-if today`);
    print('  stop      Ctrl+C');
    await untilSignal();
  }
  await dev.stop();
  return problems.length === 0 ? 0 : 1;
});
