import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { type Config, readConfig } from '../src/config.ts';
import { mustExist } from '../src/shared/assert.ts';
import { SetupError } from '../src/shared/errors.ts';
import { createLogger } from '../src/shared/logger.ts';
import { readArguments } from '../src/shared/read-flags.ts';
import { runCommand } from '../src/shared/run-command.ts';
import { startDevService } from '../src/simulator/dev-service.ts';
import { createPhone } from '../src/simulator/terminal/phone.ts';
import { createPhoneClient, type PhoneClient } from '../src/simulator/terminal/phone-client.ts';
import { playScript } from '../src/simulator/terminal/play-script.ts';
import { talk } from '../src/simulator/terminal/talk.ts';

const USAGE = `npm run chat [-- --person WHO] [--url URL] [--shop FILE]
  --person WHO  who holds the phone: a name, an id or a phone number (default: the first shop)
  --url URL     the running dev or demo (default: this machine, PORT); without one a fresh demo shop is started
  --shop FILE   the shop of a fresh start (an import file)
  Lines on standard input are played as a script: printf '10 ctn coke 500\\n1\\n' | npm run chat -- --person asha`;

const DEMO_SHOP = new URL('../fixtures/demo-day/shop.json', import.meta.url);

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

await runCommand(async () => {
  const { person, url, shop } = readArguments(USAGE, {
    person: { type: 'string' },
    url: { type: 'string' },
    shop: { type: 'string' },
  });
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const hasColours = isTerminal && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  const pen = { isScreen: isTerminal, hasColours };
  const config = readConfig('development');
  const { client, stop } = await reach(config, {
    url: url === undefined ? undefined : String(url),
    shop: shop === undefined ? DEMO_SHOP : String(shop),
  });
  try {
    const phone = await createPhone(client, pen, person === undefined ? undefined : String(person));
    if (isTerminal) {
      print(
        `You are ${phone.person().name} and write to ${phone.person().wholesaler.name}. /help shows what you can do.`,
      );
      await talk(phone, pen);
      return 0;
    }
    return (await playScript(phone, createInterface({ input: process.stdin }), print)) ? 0 : 1;
  } finally {
    await stop();
  }
});

type Reached = { client: PhoneClient; stop(): Promise<unknown> };

/** The service that runs already, else one of our own that is gone afterwards: `npm run dev` is what keeps chats. */
async function reach(config: Config, { url, shop }: { url: string | undefined; shop: string | URL }): Promise<Reached> {
  const appSecret = mustExist(config.appSecrets[0], 'an app secret');
  const origin = url ?? `http://127.0.0.1:${config.port}`;
  if (!URL.canParse(origin)) throw new SetupError(`--url ${origin} is not an address.`, `Usage: ${USAGE}`);
  const client = createPhoneClient({ origin, appSecret });
  const isThere = await client.people().then(
    () => true,
    () => false,
  );
  if (isThere) return { client, stop: async () => undefined };
  if (url !== undefined) {
    throw new SetupError(
      `No phone can be used at ${url}.`,
      'Only dev and demo with their fake Graph API have one: npm run dev.',
    );
  }
  const dev = await startDevService({
    config: { ...config, port: 0, graphUrl: undefined },
    logger: createLogger({ level: 'error', pretty: config.logPretty }),
    database: 'throw-away',
    shop: await readFile(shop, 'utf8'),
  });
  return { client: createPhoneClient({ origin: dev.service.url, appSecret }), stop: () => dev.stop() };
}
