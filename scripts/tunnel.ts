import { readFile } from 'node:fs/promises';
import { readConfig } from '../src/config.ts';
import { SetupError } from '../src/shared/errors.ts';
import { createLogger } from '../src/shared/logger.ts';
import { readArguments } from '../src/shared/read-flags.ts';
import { runCommand, untilSignal } from '../src/shared/run-command.ts';
import { openNgrok, type Tunnel } from '../src/simulator/real-phone/open-tunnel.ts';
import { runTunnel, undoTunnel } from '../src/simulator/real-phone/run-tunnel.ts';

const USAGE = 'npm run tunnel [-- --url https://YOUR.address] [-- --undo]';
const print = (line: string): void => void process.stdout.write(`${line}\n`);

await runCommand(async () => {
  const { url, undo } = readArguments(USAGE, { url: { type: 'string' }, undo: { type: 'boolean' } });
  const config = readConfig('tunnel');
  if (undo === true) return (await undoTunnel(config, print)) ? 0 : 1;
  const running = await runTunnel({
    config,
    logger: createLogger({ level: config.logLevel, pretty: config.logPretty }),
    shop: await readFile(new URL('../fixtures/demo-day/shop.json', import.meta.url), 'utf8'),
    openTunnel: (port) => (url === undefined ? openNgrok({ port, ...config.ngrok }) : opened(String(url))),
    print,
    now: () => new Date(),
  });
  await untilSignal();
  return (await running.stop()) ? 0 : 1;
});

/** A tunnel or proxy that somebody else opened, in front of the port of the service. */
async function opened(url: string): Promise<Tunnel> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new SetupError(`${url} is not an address.`, `Usage: ${USAGE}`);
  }
  return { url: url.replace(/\/+$/, ''), close: async () => undefined };
}
