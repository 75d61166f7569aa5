import { readdir } from 'node:fs/promises';
import { expect } from 'vitest';
import { mustExist } from '../../src/shared/assert.ts';
import type { Line } from '../../src/simulator/payloads.ts';
import { deliveryOf, type PhoneAct } from '../../src/simulator/phone/act.ts';
import { type ShownMessage, shownMessage } from '../../src/simulator/phone/shown.ts';
import { drawMessage, drawSaid } from '../../src/simulator/terminal/draw.ts';
import type { ShopFile, TestService } from '../support/service.ts';

export type ChatShop = ShopFile & {
  wholesaler: { name: string };
  retailers: { name: string; identities: { kind: string; value: string }[] }[];
};

/** When recorded messages were sent; a replay moves them to its own time. */
const DAY = new Date('2026-12-01T08:00:00Z');

/** Lets the service's database live on the day of the recordings from now on, since chats say days and due dates. */
export async function moveToRecordedDay({ database }: TestService): Promise<void> {
  const [now] = await database.ownerSql<{ at: Date }>('select clock_timestamp() as at');
  const seconds = (DAY.getTime() - mustExist(now, 'a time').at.getTime()) / 1000;
  await database.ownerSql(`
    create or replace function app_clock() returns timestamptz language sql volatile parallel safe
    as 'select clock_timestamp() + interval ''${seconds} seconds'''`);
}

async function timeIn({ database }: TestService): Promise<Date> {
  const [now] = await database.ownerSql<{ at: Date }>('select app_clock() as at');
  return mustExist(now, 'a time').at;
}

/** A chat that is written down like one; awaiting it plays it. */
export type RecordedChat = PromiseLike<void> & {
  says(body: string): RecordedChat;
  /** Taps a button or row of the newest message. */
  taps(title: string | RegExp): RecordedChat;
  /** What all messages since the last act say, buttons and rows included. */
  hears(...patterns: RegExp[]): RecordedChat;
};

const ON_PAPER = { isScreen: false, hasColours: false };
const MINUTE_MS = 60_000;

/**
 * Plays a chat of a shop's first retailer through the webhook and holds it against its folder: each delivery, so that
 * `npm run replay` can play it, and chat.txt, which has it word for word. `npx vitest run FILE -u` writes them anew.
 */
export function recordedChat(service: TestService, shop: ChatShop, folder: string): RecordedChat {
  const [retailer] = shop.retailers;
  const name = mustExist(retailer, 'a retailer').name;
  const phone = mustExist(retailer?.identities[0], 'an identity').value;
  const { phoneNumberId, displayPhoneNumber } = mustExist(shop.lines[0], 'a line');
  const line: Line = { phoneNumberId, displayPhoneNumber, wabaId: service.line.wabaId };
  const person = { phone, name };
  const steps: (() => Promise<void>)[] = [];
  const paper: string[] = [];
  let posted = 0;
  let heard: ShownMessage[] = [];

  async function act(doing: PhoneAct, said: string): Promise<void> {
    posted += 1;
    const number = String(posted).padStart(3, '0');
    const id = `wamid.chat-${folder.split('/').at(-1)}-${number}`;
    const recordedAt = new Date(DAY.getTime() + posted * MINUTE_MS);
    const recorded = JSON.stringify(JSON.parse(deliveryOf(line, person, doing, { id, at: recordedAt }).body), null, 2);
    await expect(`${recorded}\n`).toMatchFileSnapshot(`${folder}/deliveries/${number}-${doing.kind}.json`);
    const before = service.graph.sentTo(phone).length;
    const at = await timeIn(service);
    expect(await service.post(JSON.parse(deliveryOf(line, person, doing, { id, at }).body))).toBe(200);
    await service.quiet();
    heard = service.graph.sentTo(phone).slice(before).map(shownMessage);
    paper.push(...drawSaid(name, said, ON_PAPER));
    paper.push(...heard.flatMap((message) => drawMessage(shop.wholesaler.name, message, 0, ON_PAPER)));
  }

  async function tap(title: string | RegExp): Promise<void> {
    const newest = mustExist(heard.at(-1), 'a message to tap under');
    const isMeant = (one: { title: string }) =>
      typeof title === 'string' ? one.title === title : title.test(one.title);
    const choice = newest.choices.find(isMeant);
    expect(choice, `${title} under ${newest.body}`).toBeDefined();
    if (choice === undefined || choice.on === 'share_phone') return;
    expect(choice.id, 'a tap whose id names an order cannot be replayed: say it in words').not.toMatch(/[0-9a-f]{8}-/);
    await act({ kind: 'tap', ...choice }, `taps [${choice.title}]`);
  }

  async function play(): Promise<void> {
    for (const step of steps) await step();
    await expect(`${paper.join('\n')}\n`).toMatchFileSnapshot(`${folder}/chat.txt`);
    // New files are written after the tests, so that at a first recording there are none yet.
    const files = await readdir(`${folder}/deliveries`).catch(() => []);
    expect(files.slice(posted), 'files of an earlier recording are left over').toEqual([]);
  }

  const self: RecordedChat = {
    says: (body) => then(() => act({ kind: 'text', body }, body)),
    taps: (title) => then(() => tap(title)),
    hears: (...patterns) =>
      then(async () => {
        const text = heard.flatMap((one) => [one.body, ...one.choices.map((choice) => choice.title)]).join('\n');
        for (const pattern of patterns) expect(text).toMatch(pattern);
      }),
    // biome-ignore lint/suspicious/noThenProperty: a chat is awaited as it is written down.
    then: (onDone, onFailed) => play().then(onDone, onFailed),
  };
  function then(step: () => Promise<void>): RecordedChat {
    steps.push(step);
    return self;
  }
  return self;
}
