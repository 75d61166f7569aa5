import { styleText } from 'node:util';
import { diffArrays } from 'diff';
import type { Difference } from './differences.ts';
import type { KeptEvent } from './kept-events.ts';
import type { Finding, Summary } from './what-if.ts';

const INDENT = ' '.repeat(12);
/** Of a long reply that hardly changed, only the lines around the changes are shown. */
const WHOLE_LINES_MAX = 8;

/** Tells findings as text, with a title wherever another conversation begins. */
export function createTeller(hasColours: boolean): (finding: Finding) => string[] {
  let title = '';
  return ({ event, said, differences, failure }) => {
    const own = titleOf(event);
    const heading = own === title ? [] : [...(title === '' ? [] : ['']), own];
    title = own;
    return [
      ...heading,
      `  ${clockOf(event)}  ${said.replaceAll('\n', `\n${INDENT}`)}`,
      ...(failure === null ? [] : [labelled('fails', failure)]),
      ...differences.map((difference) => labelled(difference.what, changeText(difference, hasColours))),
    ];
  };
}

export function titleOf({ retailer, personKey, phone, displayPhone, wholesaler }: KeptEvent): string {
  const address = phone === null ? personKey.replace(/^[pb]:/, '') : `+${phone}`;
  return `${retailer ?? 'Somebody unknown'}, ${address}, with ${wholesaler} (${displayPhone})`;
}

export function summaryText({ events, same, different, skipped }: Summary, durationMs: number): string {
  const seconds = (durationMs / 1000).toFixed(1);
  const left = skipped === 0 ? '' : `; ${skipped} keep too little to be decided again`;
  return `${events} events decided again in ${seconds} s: ${same} as they were, ${different} otherwise${left}.`;
}

function clockOf({ doneAt, timeZone }: KeptEvent): string {
  const format = { timeZone, day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat('en-GB', format).format(doneAt);
}

function labelled(label: string, text: string): string {
  return `    ${label.padEnd(8)}${text.replaceAll('\n', `\n${INDENT}`)}`;
}

function changeText({ before, after, note }: Difference, hasColours: boolean): string {
  if (note !== undefined) return `(${note}) ${after}`;
  if (before === null) return added(after ?? '', hasColours);
  if (after === null) return removed(before, hasColours);
  const parts = diffArrays(wordsIn(before), wordsIn(after)).map(({ value, added: isNew, removed: isGone }) => {
    const text = value.join('');
    if (isNew) return added(text, hasColours);
    return isGone ? removed(text, hasColours) : text;
  });
  return shortened(parts.join(''), hasColours);
}

/** Amounts stay whole, which the words of the library do not: 1,320.00 and 1,120.00 differ as amounts. */
function wordsIn(text: string): string[] {
  return text.match(/\d[\d.,]*\d|[\p{L}\p{M}\p{N}]+|\s+|./gsu) ?? [];
}

/** Marks go around each line of its own, so that no line is left half marked. */
function marked(text: string, mark: (line: string) => string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : mark(line)))
    .join('\n');
}

function added(text: string, hasColours: boolean): string {
  return marked(text, (line) => (hasColours ? styleText('green', line, { validateStream: false }) : `{+${line}+}`));
}

function removed(text: string, hasColours: boolean): string {
  return marked(text, (line) =>
    hasColours ? styleText(['red', 'strikethrough'], line, { validateStream: false }) : `[-${line}-]`,
  );
}

function shortened(text: string, hasColours: boolean): string {
  const lines = text.split('\n');
  if (lines.length <= WHOLE_LINES_MAX) return text;
  const isChanged = (line: string | undefined): boolean =>
    line !== undefined && (hasColours ? line.includes('\u001B') : /\[-|\{\+/.test(line));
  const shown = lines.map((line, at) => [lines[at - 1], line, lines[at + 1]].some(isChanged));
  return lines.flatMap((line, at) => (shown[at] ? [line] : at === 0 || shown[at - 1] ? ['...'] : [])).join('\n');
}
