import type { PhoneAct } from '../phone/act.ts';
import type { ShownChoice, ShownMessage } from '../phone/shown.ts';

/** What a line that was typed means. */
export type Input =
  | { kind: 'nothing' }
  /** `said` is how the act reads in the chat. */
  | { kind: 'act'; act: PhoneAct; said: string }
  | { kind: 'as'; who: string }
  | { kind: 'people'; filter: string }
  | { kind: 'help' }
  | { kind: 'quit' }
  /** Why it cannot be done, and how it can. */
  | { kind: 'refused'; because: string };

type Command = { usage: string; does: string; read(rest: string, screen: readonly ShownMessage[]): Input };

const refused = (because: string): Input => ({ kind: 'refused', because });
const acts = (act: PhoneAct, said: string): Input => ({ kind: 'act', act, said });

/** Everything that a line may begin with, in the order in which help shows it. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  as: {
    usage: '/as WHO',
    does: 'be somebody else: a name, a number of /people, or any phone number (a stranger)',
    read: (rest) => (rest === '' ? refused('Who? /people shows everybody.') : { kind: 'as', who: rest }),
  },
  people: { usage: '/people [WORD]', does: 'who there is', read: (rest) => ({ kind: 'people', filter: rest }) },
  cart: { usage: '/cart 10 SKU, 5 SKU', does: 'send a cart from the catalogue', read: readCart },
  reply: { usage: '/reply N TEXT', does: 'answer message #N with a quote', read: readReply },
  tap: { usage: '/tap N.M', does: 'tap choice M under the older message #N', read: readOlderTap },
  react: { usage: '/react N EMOJI', does: 'put an emoji beside message #N', read: readReaction },
  contact: { usage: '/contact NAME PHONE', does: "send somebody's contact card", read: readContact },
  phone: {
    usage: '/phone',
    does: 'share your own number',
    read: () => acts({ kind: 'own_phone' }, '(shares the own phone number)'),
  },
  location: { usage: '/location LAT LON', does: 'send a place', read: readLocation },
  photo: {
    usage: '/photo [CAPTION]',
    does: 'send a photo',
    read: (rest) =>
      acts({ kind: 'photo', caption: rest === '' ? undefined : rest }, rest === '' ? '(a photo)' : `(a photo) ${rest}`),
  },
  document: {
    usage: '/document NAME',
    does: 'send a file',
    read: (rest) => acts({ kind: 'document', filename: rest || 'order.pdf' }, `(a file) ${rest || 'order.pdf'}`),
  },
  voice: { usage: '/voice', does: 'send a voice note', read: () => acts({ kind: 'voice' }, '(a voice note)') },
  say: {
    usage: '/say TEXT',
    does: 'send exactly this, also a bare number or a word that begins with /',
    read: (rest) => (rest === '' ? refused('Say what? /say 2') : acts({ kind: 'text', body: rest }, rest)),
  },
  help: { usage: '/help', does: 'this', read: () => ({ kind: 'help' }) },
  quit: { usage: '/quit', does: 'leave (or Ctrl+D)', read: () => ({ kind: 'quit' }) },
};

/**
 * Reads a typed line against what the phone shows. A bare number taps that choice of the newest message, if it has so
 * many; `\n` in a line stands for a new line; everything that is no command is said as it stands.
 */
export function readInput(line: string, screen: readonly ShownMessage[]): Input {
  const text = line.trim();
  if (text === '') return { kind: 'nothing' };
  const command = /^\/([a-z]+)(?:\s+(.*))?$/s.exec(text);
  if (command !== null) {
    const [, name = '', rest = ''] = command;
    const known = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    return known?.read(rest.trim(), screen) ?? refused(`/${name} is not known. /help shows what is.`);
  }
  const newest = screen.at(-1);
  const choice = /^\d{1,2}$/.test(text) ? newest?.choices[Number(text) - 1] : undefined;
  if (newest !== undefined && choice !== undefined) return tap(choice, newest);
  const body = text.replaceAll('\\n', '\n');
  return acts({ kind: 'text', body }, body);
}

function tap(choice: ShownChoice, under: ShownMessage): Input {
  if (choice.on === 'share_phone')
    return acts({ kind: 'own_phone', replyTo: under.wamid }, '(shares the phone number)');
  return acts({ kind: 'tap', ...choice, replyTo: under.wamid }, `taps [${choice.title}]`);
}

function readCart(rest: string): Input {
  const lines = rest.split(',').map((part) => {
    const match =
      /^(?<quantity>-?[\d.]+)\s*x?\s+(?<sku>\S.*)$/.exec(part.trim()) ??
      /^(?<sku>\S.*?)\s+x?\s*(?<quantity>-?[\d.]+)$/.exec(part.trim());
    return { sku: match?.groups?.sku ?? '', quantity: Number(match?.groups?.quantity) };
  });
  if (lines.some(({ sku, quantity }) => sku === '' || !Number.isFinite(quantity))) {
    return refused('A cart is written like this: /cart 10 COKE500, 5 RICE25');
  }
  return acts(
    { kind: 'cart', lines },
    `sends a cart: ${lines.map((one) => `${one.quantity} x ${one.sku}`).join(', ')}`,
  );
}

function messageAt(number: string | undefined, screen: readonly ShownMessage[]): ShownMessage | undefined {
  return screen[Number(number) - 1];
}

function readReply(rest: string, screen: readonly ShownMessage[]): Input {
  const match = /^#?(\d+)\s+(.+)$/s.exec(rest);
  const message = messageAt(match?.[1], screen);
  const body = match?.[2] ?? '';
  if (message === undefined) return refused('To which message? /reply 2 make it three');
  return acts({ kind: 'text', body, replyTo: message.wamid }, `(to #${match?.[1]}) ${body}`);
}

function readOlderTap(rest: string, screen: readonly ShownMessage[]): Input {
  const match = /^#?(\d+)[.\s](\d+)$/.exec(rest);
  const message = messageAt(match?.[1], screen);
  const choice = message?.choices[Number(match?.[2]) - 1];
  if (message === undefined || choice === undefined)
    return refused('Which button? /tap 2.1 is the first one under #2.');
  return tap(choice, message);
}

function readReaction(rest: string, screen: readonly ShownMessage[]): Input {
  const match = /^#?(\d+)\s+(\S+)$/.exec(rest);
  const message = messageAt(match?.[1], screen);
  if (message === undefined) return refused('To which message? /react 2 👍');
  return acts(
    { kind: 'reaction', to: message.wamid, emoji: match?.[2] ?? '' },
    `(${match?.[2]} beside #${match?.[1]})`,
  );
}

function readContact(rest: string): Input {
  const match = /^(.+?)\s+(\+?[\d\s()-]{5,})$/.exec(rest);
  const phone = match?.[2]?.replaceAll(/\D/g, '') ?? '';
  if (match === null || !/^\d{5,20}$/.test(phone))
    return refused('A card is sent like this: /contact Ravi +919800000099');
  return acts({ kind: 'contact', name: match[1] ?? '', phone }, `(a contact card) ${match[1]}, +${phone}`);
}

function readLocation(rest: string): Input {
  const [latitude = Number.NaN, longitude = Number.NaN] = rest.split(/[\s,]+/).map((part) => Number(part || 'none'));
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
    return refused('A place is sent like this: /location 19.0760 72.8777');
  }
  return acts({ kind: 'location', latitude, longitude }, `(a place) ${latitude}, ${longitude}`);
}
