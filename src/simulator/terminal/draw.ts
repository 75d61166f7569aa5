import { styleText } from 'node:util';
import type { PhonePerson } from '../phone/people.ts';
import type { ShownMessage } from '../phone/shown.ts';
import { COMMANDS } from './read-input.ts';

/** How a chat is put on paper. A screen may have colours, and needs help with lines that run from right to left. */
export type Pen = { isScreen: boolean; hasColours: boolean };

type Style = Parameters<typeof styleText>[0];

const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;
const LEFT_TO_RIGHT_MARK = '\u200E';
const ISOLATE = '\u2068';
const END_OF_ISOLATE = '\u2069';

const INDENT = '    ';

export function ink(style: Style, text: string, { hasColours }: Pen): string {
  return hasColours ? styleText(style, text, { validateStream: false }) : text;
}

/** What a person says, as one block. */
export function drawSaid(name: string, said: string, pen: Pen): string[] {
  return block(`${name}: `, '  ', said.split('\n'), 'cyan', pen);
}

/** A message of the business with its number, its buttons or rows numbered for tapping. */
export function drawMessage(name: string, message: ShownMessage, number: number, pen: Pen): string[] {
  if (message.reactionTo !== undefined) return [`${INDENT}${name} reacts: ${message.body}`];
  const lines = [message.header, message.body, message.footer].flatMap((part) => (part ? part.split('\n') : []));
  const more = [
    ...(message.filename === undefined ? [] : [`(file) ${message.filename}`]),
    ...(message.skus === undefined ? [] : [`(catalogue) ${message.skus.join(', ')}`]),
    ...(message.link === undefined ? [] : [`(opens) ${message.link.title}: ${message.link.url}`]),
  ];
  const tag = pen.isScreen ? ink('dim', ` #${number}`, pen) : '';
  const [first = '', ...rest] = block(`${INDENT}${name}: `, `${INDENT}  `, [...lines, ...more], 'bold', pen);
  return [`${first}${tag}`, ...rest, ...drawChoices(message, pen)];
}

/** Rows of a list below each other, since they may explain themselves; buttons side by side, as on the phone. */
function drawChoices({ choices, listButton }: ShownMessage, pen: Pen): string[] {
  const shown = choices.map((choice, index) => {
    const description = 'description' in choice && choice.description ? ` - ${choice.description}` : '';
    return `${ink('yellow', `[${index + 1}]`, pen)} ${isolated(choice.title + description, pen)}`;
  });
  if (shown.length === 0) return [];
  if (listButton === undefined) return [side(`${INDENT}  ${shown.join('  ')}`, pen)];
  return shown.map((row) => side(`${INDENT}  ${row}`, pen));
}

function block(label: string, indent: string, lines: string[], style: Style, pen: Pen): string[] {
  const [first = '', ...rest] = lines.map((line) => isolated(bold(line, pen), pen));
  const written = `${ink(style, label, pen)}${first}`;
  return [side(written, pen), ...rest.map((line) => side(line === '' ? '' : `${indent}${line}`, pen))];
}

/** WhatsApp's own mark-up. */
function bold(line: string, pen: Pen): string {
  return pen.hasColours
    ? line.replaceAll(/\*(\S(?:[^*]*\S)?)\*/g, (_, words: string) => ink('bold', words, pen))
    : line;
}

/**
 * On a screen the line stays a line from left to right, and what runs the other way does so within itself: otherwise a
 * terminal would put name and number at the wrong end. Into a file or pipe go the words alone.
 */
function isolated(text: string, { isScreen }: Pen): string {
  return isScreen && RIGHT_TO_LEFT.test(text) ? `${ISOLATE}${text}${END_OF_ISOLATE}` : text;
}

function side(line: string, { isScreen }: Pen): string {
  return isScreen && RIGHT_TO_LEFT.test(line) ? `${LEFT_TO_RIGHT_MARK}${line}` : line;
}

/** Everybody, with the number that /as takes. */
export function drawPeople(people: readonly PhonePerson[], filter: string): string[] {
  const wanted = filter.toLowerCase();
  const rows = people.flatMap((person, index) => {
    const { name, retailerId, phone, bsuid, language, wholesaler } = person;
    const row = [
      String(index + 1).padStart(4),
      name,
      retailerId ?? '(approver)',
      phone === undefined ? `${bsuid} (number hidden)` : `+${phone}`,
      language ?? '',
      wholesaler.name,
    ];
    return row.join(' ').toLowerCase().includes(wanted) ? [row] : [];
  });
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows.length === 0
    ? ['Nobody.']
    : rows.map((row) =>
        row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd(),
      );
}

export function drawHelp(pen: Pen): string[] {
  const width = Math.max(...Object.values(COMMANDS).map(({ usage }) => usage.length));
  return [
    'Type what you would write to the shop. A number taps that button or row of the newest message.',
    ...Object.values(COMMANDS).map(({ usage, does }) => `  ${ink('bold', usage.padEnd(width), pen)}  ${does}`),
    '  \\n in a line starts a new line; Tab completes commands and names.',
  ];
}
