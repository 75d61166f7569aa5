import { randomBytes } from 'node:crypto';
import { renderUnicodeCompact } from 'uqr';
import { importShop, readShopFile, type Shop } from '../../catalogue/index.ts';
import type { Config } from '../../config.ts';
import { createDatabase } from '../../db/index.ts';
import { checkReach } from '../../doctor/check-reach.ts';
import { mustExist } from '../../shared/assert.ts';
import { SetupError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { createGraphAdmin, type GraphAdmin, type LineFacts } from '../../whatsapp/graph-admin.ts';
import { type DevService, startDevService } from '../dev-service.ts';
import { openJournal } from './journal.ts';
import type { Tunnel } from './open-tunnel.ts';
import { openPairing } from './pairing.ts';
import { registerWebhook, undoRegistration } from './register-webhook.ts';
import { postSignedTest } from './signed-test.ts';

export type TunnelOptions = {
  /** Read for `tunnel`. */
  config: Config;
  logger: Logger;
  /** The text of the demo shop's import file. */
  shop: string;
  openTunnel: (port: number) => Promise<Tunnel>;
  print: (line: string) => void;
  now: () => Date;
};

export type RunningTunnel = {
  dev: DevService;
  callbackUrl: string;
  pairingCode: string;
  /** Takes the registration back, closes the tunnel, stops the service; false when something could not be taken back. */
  stop(): Promise<boolean>;
};

/**
 * The demo shop on a real line: the service with the real Graph API, a public address in front of it, Meta pointed to
 * that address, and a code that makes the first phone to send it a retailer. Whatever fails on the way, everything done
 * so far is taken back before the error leaves.
 */
export async function runTunnel(options: TunnelOptions): Promise<RunningTunnel> {
  const { config, print } = options;
  // A public address deserves a token that nobody knows.
  const verifyToken = config.isGiven('WHATSAPP_VERIFY_TOKEN') ? config.verifyToken : randomBytes(16).toString('hex');
  const graph = graphFor(config);
  const journal = openJournal(config.dataDir, mustExist(config.appId, 'WHATSAPP_APP_ID'));
  const phoneNumberId = mustExist(config.phoneNumberId, 'WHATSAPP_PHONE_NUMBER_ID');
  const businessAccountId = mustExist(config.businessAccountId, 'WHATSAPP_BUSINESS_ACCOUNT_ID');
  const line = await readLine(graph, phoneNumberId);
  const shop = readDemoShop(options.shop);
  const retailer = mustExist(shop.retailers?.[0], 'a retailer in the demo shop');

  const undo: (() => Promise<unknown>)[] = [];
  let takenBack = true;
  const stop = async (): Promise<boolean> => {
    for (const one of undo.splice(0)) {
      await one().catch((error: unknown) => options.logger.error({ err: error }, 'a part did not stop well'));
    }
    return takenBack;
  };
  try {
    if ((await journal.read()).length > 0) {
      print('An earlier tunnel was killed; taking back what it left at Meta:');
      await undoRegistration({ graph, journal, say: indented(print) }, verifyToken);
    }
    let ownerUrl = '';
    const pairing = openPairing({
      phoneNumberId,
      now: options.now,
      link: ({ phone, bsuid }) => {
        const identities = [
          ...(phone === undefined ? [] : [{ kind: 'phone' as const, value: phone }]),
          ...(bsuid === undefined ? [] : [{ kind: 'bsuid' as const, value: bsuid }]),
        ];
        return importInto(ownerUrl, {
          wholesaler: shop.wholesaler,
          retailers: [{ id: retailer.id, name: retailer.name, identities }],
        });
      },
      onPaired: () =>
        print(`\nA phone is now ${retailer.name}. Send it an order, for example: 2 ctn coke 500, 5kg sugar`),
      onClosed: (because) =>
        print(
          `\nThe code is no longer good (${because === 'time' ? 'its time is over' : 'too many wrong ones'}): start the tunnel again.`,
        ),
    });
    const dev = await startDevService({
      config: { ...config, verifyToken },
      logger: options.logger,
      database: 'configured',
      shop: options.shop,
      admit: (events) => pairing.admit(events),
    });
    undo.unshift(() => dev.stop());
    ownerUrl = dev.ownerUrl;
    const displayPhoneNumber = line.displayPhone ?? phoneNumberId;
    await importInto(ownerUrl, { wholesaler: shop.wholesaler, lines: [{ phoneNumberId, displayPhoneNumber }] });

    const tunnel = await options.openTunnel(Number(new URL(dev.service.url).port));
    undo.unshift(() => tunnel.close());
    const callbackUrl = `${tunnel.url}/webhooks/whatsapp`;
    print(`Public address  ${callbackUrl}`);
    await testAddress(callbackUrl, verifyToken, mustExist(config.appSecrets[0], 'an app secret'));
    print('  handshake, refusal of unsigned deliveries and a signed test: well');
    undo.unshift(async () => {
      print('Taking back what was changed at Meta:');
      takenBack = await undoRegistration({ graph, journal, say: indented(print) }, verifyToken);
    });
    const registration = { graph, journal, phoneNumberId, businessAccountId, say: indented(print) };
    await registerWebhook({ url: callbackUrl, verifyToken }, registration);
    print(invitation(line, retailer.name, pairing.code));
    return { dev, callbackUrl, pairingCode: pairing.code, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Takes back what a killed tunnel left at Meta; true when nothing is left. */
export async function undoTunnel(config: Config, print: (line: string) => void): Promise<boolean> {
  const journal = openJournal(config.dataDir, mustExist(config.appId, 'WHATSAPP_APP_ID'));
  if ((await journal.read()).length === 0) {
    print('Nothing to take back.');
    return true;
  }
  return undoRegistration({ graph: graphFor(config), journal, say: print }, config.verifyToken);
}

function graphFor(config: Config): GraphAdmin {
  return createGraphAdmin({
    baseUrl: mustExist(config.graphUrl, 'the address of the Graph API'),
    version: config.graphVersion,
    accessToken: config.accessToken('WHATSAPP_ACCESS_TOKEN') ?? '',
    app: { id: mustExist(config.appId, 'WHATSAPP_APP_ID'), secret: config.appSecrets[0] ?? '' },
  });
}

async function readLine(graph: GraphAdmin, phoneNumberId: string): Promise<LineFacts> {
  const line = await graph.readLine(phoneNumberId);
  if (line.kind === 'ok') return line.value;
  throw new SetupError(`The line ${phoneNumberId} cannot be read at Meta: ${line.detail}`, 'Run: npm run doctor');
}

function readDemoShop(text: string): Shop {
  const read = readShopFile(text);
  if (read.ok) return read.shop;
  throw new SetupError(`The demo shop is wrong: ${read.problems.map(({ path }) => path).join(', ')}`);
}

async function importInto(ownerUrl: string, shop: Shop): Promise<void> {
  const db = await createDatabase({ url: ownerUrl, poolMax: 1, applicationName: 'orderlock tunnel' });
  try {
    await importShop(db, shop);
  } finally {
    await db.stop();
  }
}

async function testAddress(callbackUrl: string, verifyToken: string, appSecret: string): Promise<void> {
  const bad = (await checkReach(callbackUrl, verifyToken)).find((finding) => finding.state !== 'ok');
  const problem = bad?.message ?? (await postSignedTest(callbackUrl, appSecret));
  if (problem !== undefined) throw new SetupError(`The public address does not work: ${problem}`, bad?.hint);
}

function invitation(line: LineFacts, retailerName: string, code: string): string {
  const digits = (line.displayPhone ?? '').replaceAll(/\D/g, '');
  const link = `https://wa.me/${digits}?text=${code}`;
  return [
    '',
    `Send this code on WhatsApp to ${line.displayPhone ?? 'the line'}, and your phone becomes ${retailerName}:`,
    '',
    `    ${code}`,
    '',
    ...(digits === '' ? [] : [link, '', renderUnicodeCompact(link, { border: 2 }), '']),
    "With one of Meta's test numbers, the phone must be on its list of recipients first (WhatsApp > API Setup).",
    'stop  Ctrl+C takes everything back',
  ].join('\n');
}

const indented = (print: (line: string) => void) => (line: string) => print(`  ${line}`);
