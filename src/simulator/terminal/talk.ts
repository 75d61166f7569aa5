import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from 'node:readline';
import { messageOf } from '../../shared/errors.ts';
import { ink, type Pen } from './draw.ts';
import type { Phone, Tick } from './phone.ts';
import { COMMANDS } from './read-input.ts';

const LOOK_MS = 200;

/**
 * The phone at a terminal: what arrives is printed above the line that is being typed. node:readline does all of it
 * (history, editing, completion); the libraries for prompts ask question after question and own the screen meanwhile,
 * which a chat that speaks up by itself cannot use.
 */
export async function talk(phone: Phone, pen: Pen): Promise<void> {
  const screen = process.stdout;
  const typed = createInterface({
    input: process.stdin,
    output: screen,
    completer: (line: string) => completions(line, phone),
  });
  let isOpen = true;
  const show = (lines: readonly string[]): void => {
    if (isOpen) printAbove(typed, lines);
  };
  let shown = '';
  const prompt = (): void => {
    if (!isOpen) return;
    const next = promptOf(phone, pen);
    typed.setPrompt(next);
    if (next !== shown) show([]);
    shown = next;
  };

  let looking: Promise<void> | undefined;
  let trouble = '';
  const look = async (): Promise<void> => {
    try {
      const { lines } = await phone.look();
      if (lines.length > 0) show(lines);
      trouble = '';
    } catch (error) {
      // Said once: dev starts anew after each edit, and is back in a moment.
      if (trouble === '') show([`(the service does not answer: ${messageOf(error)})`]);
      trouble = messageOf(error);
    }
    prompt();
  };
  const timer = setInterval(() => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
  }, LOOK_MS);

  // One line after the other, in the order in which they were typed.
  let hearing = Promise.resolve();
  const hear = async (line: string): Promise<void> => {
    try {
      const heard = await phone.hear(line);
      show(heard.lines);
      if (heard.quit === true) typed.close();
    } catch (error) {
      show([messageOf(error)]);
    }
    prompt();
  };
  typed.on('line', (line) => {
    // The echo of the line goes away again: the chat shows it with its speaker.
    moveCursor(screen, 0, -1);
    cursorTo(screen, 0);
    clearScreenDown(screen);
    hearing = hearing.then(() => hear(line));
  });
  prompt();
  await new Promise<void>((resolve) =>
    typed.once('close', () => {
      isOpen = false;
      resolve();
    }),
  );
  clearInterval(timer);
  await Promise.all([looking, hearing]);
  screen.write('\n');
}

function printAbove(typed: Interface, lines: readonly string[]): void {
  const { rows } = typed.getCursorPos();
  if (rows > 0) moveCursor(process.stdout, 0, -rows);
  cursorTo(process.stdout, 0);
  clearScreenDown(process.stdout);
  for (const line of lines) process.stdout.write(`${line}\n`);
  typed.prompt(true);
}

/** One tick: the webhook took it. Two: it was read. */
const TICKS: Record<Tick, string> = { none: '', sent: ' ✓', read: ' ✓✓ read', typing: ' ✓✓ read, typing…' };

function promptOf(phone: Phone, pen: Pen): string {
  return `${ink('cyan', phone.person().name, pen)}${ink('dim', TICKS[phone.tick()], pen)}> `;
}

function completions(line: string, phone: Phone): [string[], string] {
  const name = /^\/as\s+(.*)$/.exec(line)?.[1];
  if (name !== undefined) {
    const fitting = [...new Set(phone.people().map((one) => one.name))].filter((one) =>
      one.toLowerCase().startsWith(name.toLowerCase()),
    );
    return [fitting, name];
  }
  return [
    line.startsWith('/') ? Object.keys(COMMANDS).flatMap((one) => (`/${one}`.startsWith(line) ? `/${one} ` : [])) : [],
    line,
  ];
}
