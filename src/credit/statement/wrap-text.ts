import { mustExist } from '../../shared/assert.ts';
import { layOutLine, type Weight } from './shape-text.ts';

export type WrapOptions = { weight: Weight; size: number; width: number; linesMax: number; rightToLeft?: boolean };

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Breaks a text into lines that fit: between words, and inside a word only where it is wider than a whole line. What
 * does not fit into the last line is cut and ends with an ellipsis.
 */
export function wrapText(text: string, options: WrapOptions): string[] {
  const { linesMax } = options;
  const lines: string[] = [];
  // No line holds more letters than this, so that a text of any length costs no more than the lines that are shown.
  let rest = text
    .trim()
    .slice(0, linesMax * 400)
    .trim();
  while (rest !== '' && lines.length < linesMax) {
    const fitting = firstLine(rest, options);
    const left = rest.slice(fitting.length).trim();
    const isLast = lines.length === linesMax - 1;
    lines.push(isLast && left !== '' ? cut(fitting, options) : fitting.trim());
    rest = left;
  }
  return lines;
}

function firstLine(text: string, options: WrapOptions): string {
  const words = text.split(/(?<=\s)/u);
  const whole = takeThatFit(words, options);
  if (whole !== '') return whole;
  // Not even the first word: as many of its letters as fit, and at least one, so that this ends.
  const letters = lettersOf(mustExist(words[0], 'a word'));
  return takeThatFit(letters, options) || mustExist(letters[0], 'a letter');
}

function cut(line: string, options: WrapOptions): string {
  const room = { ...options, width: options.width - widthOf('…', options) };
  return `${takeThatFit(lettersOf(line.trim()), room).trim()}…`;
}

const lettersOf = (text: string): string[] => [...graphemes.segment(text)].map((part) => part.segment);

/** The parts from the start that fit. Each is measured alone: writings join letters within a word only. */
function takeThatFit(parts: string[], options: WrapOptions): string {
  let width = 0;
  let taken = '';
  for (const part of parts) {
    // A space at the end of a line takes no room.
    if (width + widthOf(part.trimEnd(), options) > options.width) break;
    width += widthOf(part, options);
    taken += part;
  }
  return taken;
}

function widthOf(text: string, { weight, size, rightToLeft = false }: WrapOptions): number {
  // A line loses the spaces at its end, so one is measured between two marks.
  const spaces = text.length - text.trimEnd().length;
  const letters = layOutLine(text, weight, rightToLeft).width;
  return ((letters + (spaces > 0 ? spaces * spaceWidth(weight) : 0)) * size) / 1000;
}

const spaceWidths = new Map<Weight, number>();

function spaceWidth(weight: Weight): number {
  const known = spaceWidths.get(weight);
  if (known !== undefined) return known;
  const width = layOutLine('. .', weight, false).width - layOutLine('..', weight, false).width;
  spaceWidths.set(weight, width);
  return width;
}
