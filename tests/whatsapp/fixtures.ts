import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { request } from 'undici';
import { moveTimestamps, newestTimestamp } from '../../src/simulator/move-timestamps.ts';
import { signBody } from '../../src/whatsapp/signature.ts';
import { APP_SECRET, type ShopFile, type TestService } from '../support/service.ts';
import { waitFor } from '../support/wait-for.ts';

const FOLDER = path.join(import.meta.dirname, '../../fixtures/webhooks');

/** The shop to which the stories speak. */
export const demoShop = JSON.parse(readFileSync(path.join(FOLDER, '../demo-day/shop.json'), 'utf8')) as ShopFile;

/** The names of all fixtures, without .json. */
export const fixtureNames = (): string[] =>
  readdirSync(FOLDER).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));

/** A body with its newest time moved to now, as the replay command does; every other byte is as in the file. */
export function fixtureBody(name: string): Buffer {
  const body = readFileSync(path.join(FOLDER, `${name}.json`));
  const newest = newestTimestamp([body]);
  return newest === undefined ? body : moveTimestamps(body, Math.floor(Date.now() / 1000) - newest);
}

/** Of a machine so busy that storing takes longer than Meta waits; what cannot be stored at all is 503 at every try. */
const BUSY_TRIES_MAX = 5;

/** Posts signed bytes as Meta does, again when it is told to come back; the status of the last try. */
export async function postBytes(world: TestService, body: Buffer | string): Promise<number> {
  let status = 503;
  for (let tries = 0; status === 503 && tries < BUSY_TRIES_MAX; tries += 1) {
    const response = await request(`${world.service.url}/webhooks/whatsapp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': signBody(body, APP_SECRET) },
      body,
    });
    await response.body.dump();
    status = response.statusCode;
  }
  return status;
}

/** Waits until every message, status and notice that was stored has been worked on. */
export const nothingWaits = (world: TestService, withinMs = 20_000): Promise<boolean> =>
  waitFor(
    'all deliveries to be worked on',
    async () => {
      const [row] = await world.database.ownerSql<{ busy: boolean }>(
        `select exists (select 1 from inbox_event where state = 'waiting' or (kind = 'notice' and done_at is null))
             or exists (select 1 from stray_event where looked_at is null) as busy`,
      );
      return row?.busy === false;
    },
    withinMs,
  );
