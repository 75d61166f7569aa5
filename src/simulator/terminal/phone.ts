import { SetupError } from '../../shared/errors.ts';
import type { PhonePerson } from '../phone/people.ts';
import type { Look } from '../phone/phone-routes.ts';
import type { ShownMessage } from '../phone/shown.ts';
import { drawHelp, drawMessage, drawPeople, drawSaid, type Pen } from './draw.ts';
import type { PhoneClient } from './phone-client.ts';
import { readInput } from './read-input.ts';

/** How far our own last message has come. */
export type Tick = 'none' | 'sent' | 'read' | 'typing';

export type Heard = { lines: string[]; quit?: true; refused?: true };

export type Phone = {
  person(): PhonePerson;
  people(): readonly PhonePerson[];
  tick(): Tick;
  /** Does what a line says; gives back what is to be shown of it at once. */
  hear(line: string): Promise<Heard>;
  /** What arrived since the last look. `settled`: everything that was said has had its answer. */
  look(): Promise<{ lines: string[]; settled: boolean }>;
};

type Chat = { seen: Look['seen']; screen: ShownMessage[] };

const WAITING_MAX = 100;
/** How much of an earlier chat is shown to whoever takes the phone up. */
const HISTORY_SHOWN = 3;

/** A phone in somebody's hand: one chat per person, and one person at a time. */
export async function createPhone(client: PhoneClient, pen: Pen, startAs: string | undefined): Promise<Phone> {
  const people = await client.people();
  const chats = new Map<string, Chat>();
  let waitingFor: string[] = [];
  let tick: Tick = 'none';
  const first = startAs === undefined ? people[0] : choosePerson(startAs, people, undefined);
  if (first === undefined)
    throw new SetupError('The shop has no people yet.', 'Import one: npm run import -- FILE.json');
  if ('because' in first) throw new SetupError(first.because);
  let person = first;

  let chat = await open();

  /** The chat of whoever holds the phone. What was written before today's session is there, and is not news. */
  async function open(): Promise<Chat> {
    const key = person.phone ?? person.bsuid ?? '';
    const known = chats.get(key);
    if (known !== undefined) return known;
    const { messages, seen } = await client.look(person, { messages: 0, reads: 0 }, []);
    const opened = { seen, screen: messages };
    chats.set(key, opened);
    return opened;
  }

  async function look(): Promise<{ lines: string[]; settled: boolean }> {
    const now = chat;
    const news = await client.look(person, now.seen, waitingFor);
    now.seen = news.seen;
    for (const { wamid, typing } of news.reads) if (wamid === waitingFor.at(-1)) tick = typing ? 'typing' : 'read';
    if (news.messages.length > 0 && tick === 'typing') tick = 'read';
    now.screen.push(...news.messages);
    return { lines: drawn(now, news.messages.length), settled: news.settled };
  }

  function drawn({ screen }: Chat, newest: number): string[] {
    const first = Math.max(0, screen.length - newest);
    return screen
      .slice(first)
      .flatMap((message, index) => drawMessage(person.wholesaler.name, message, first + index + 1, pen));
  }

  async function become(who: string): Promise<Heard> {
    const chosen = choosePerson(who, people, person);
    if ('because' in chosen) return { lines: [chosen.because], refused: true };
    person = chosen;
    waitingFor = [];
    tick = 'none';
    const isNew = !chats.has(person.phone ?? person.bsuid ?? '');
    chat = await open();
    const address = person.phone === undefined ? (person.bsuid ?? '') : `+${person.phone}`;
    const title = `-- ${person.name}, ${address}, writes to ${person.wholesaler.name} --`;
    return { lines: [title, ...(isNew && pen.isScreen ? drawn(chat, HISTORY_SHOWN) : [])] };
  }

  async function hear(line: string): Promise<Heard> {
    const input = readInput(line, chat.screen);
    switch (input.kind) {
      case 'nothing':
        return { lines: [] };
      case 'help':
        return { lines: drawHelp(pen) };
      case 'people':
        return { lines: drawPeople(people, input.filter) };
      case 'as':
        return become(input.who);
      case 'quit':
        return { lines: [], quit: true };
      case 'refused':
        return { lines: [input.because], refused: true };
      case 'act': {
        const wamid = await client.send(person, input.act);
        waitingFor = [...waitingFor, wamid].slice(-WAITING_MAX);
        tick = 'sent';
        return { lines: drawSaid(person.name, input.said, pen) };
      }
    }
  }

  return { person: () => person, people: () => people, tick: () => tick, hear, look };
}

/** By number of the list, id of the shop, phone, BSUID, or a part of the name; a phone nobody has is a stranger's. */
export function choosePerson(
  who: string,
  people: readonly PhonePerson[],
  current: PhonePerson | undefined,
): PhonePerson | { because: string } {
  const wanted = who.trim().toLowerCase();
  const digits = wanted.replaceAll(/[\s+()-]/g, '');
  const isPhone = /^\d{5,20}$/.test(digits);
  if (/^\d{1,4}$/.test(wanted)) return people[Number(wanted) - 1] ?? { because: `There is no ${wanted} in /people.` };
  const same = people.filter(
    ({ retailerId, phone, bsuid, name }) =>
      retailerId?.toLowerCase() === wanted ||
      name.toLowerCase() === wanted ||
      bsuid?.toLowerCase() === wanted ||
      (isPhone && phone === digits),
  );
  const found = same.length > 0 ? same : people.filter(({ name }) => name.toLowerCase().includes(wanted));
  const [one] = found;
  if (one !== undefined && new Set(found.map(({ name }) => name)).size === 1) return one;
  if (one !== undefined) return { because: `Which of them? ${found.map(({ name }) => name).join(', ')}` };
  const line = current ?? people[0];
  if (!isPhone || line === undefined) return { because: `Nobody is called ${who}. /people shows everybody.` };
  return { ...line, phone: digits, bsuid: undefined, name: 'Somebody', retailerId: null, language: null };
}
