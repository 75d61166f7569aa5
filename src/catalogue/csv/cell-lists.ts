// Several things in one cell: `each=1 | case=24`, `coke 500 | cola`. A backslash before a mark takes its meaning away, so
// that any name can stand there.

const MARKS = /[\\|;,=]/g;
const escaped = (text: string): string => text.replaceAll(MARKS, String.raw`\$&`);

export const writeList = (items: readonly string[]): string => items.map(escaped).join(' | ');

export const writePairs = (pairs: readonly (readonly [name: string, value: string])[]): string =>
  pairs.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join(' | ');

/** The items between `|`, `;` or commas, without empty ones. */
export const readList = (cell: string): string[] =>
  split(cell, '|;,')
    .map(plain)
    .filter((item) => item !== '');

/** `name=value` pairs; null when an item is none. A comma may be a decimal mark here, so it separates nothing. */
export function readPairs(cell: string): [name: string, value: string][] | null {
  const pairs: [string, string][] = [];
  for (const item of split(cell, '|;')) {
    if (item.trim() === '') continue;
    const parts = split(item, '=').map(plain);
    const [name, value] = parts;
    if (parts.length !== 2 || name === undefined || name === '' || value === undefined || value === '') return null;
    pairs.push([name, value]);
  }
  return pairs;
}

/** Cuts at marks that no backslash stands before; backslashes stay for the next cut. */
function split(text: string, marks: string): string[] {
  const parts = [''];
  for (const [token] of text.matchAll(/\\?./gsu)) {
    if (marks.includes(token)) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts;
}

const plain = (text: string): string => text.trim().replaceAll(/\\(.)/gs, '$1').trim();
