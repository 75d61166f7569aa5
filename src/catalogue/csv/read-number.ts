// Numbers as spreadsheets of all countries write them: 1,250.50 and 1.250,50, 1 250,50 and 1250. A mark before exactly
// three digits may be either kind; then the rest of the file decides, or how it is separated.

export type Mark = '.' | ',';

/** `value` in units of ten to the minus `decimals`. */
export type ReadNumber = { ok: true; value: bigint } | { ok: false; because: 'not_a_number' | 'decimals' | 'unclear' };

const GROUPED = { '.': /^\d{1,3}(?:\.\d{3})+$/, ',': /^\d{1,3}(?:,\d{2,3})*,\d{3}$/ };
const DIGITS_MAX = 15;

/** Reads a number of at most so many decimals. `mark` is the file's decimal mark; null when the file uses both. */
export function readNumber(text: string, decimals: number, mark: Mark | null): ReadNumber {
  const plain = bare(text);
  if (!/^\d[\d.,]*$|^[.,]\d+$/.test(plain)) return { ok: false, because: 'not_a_number' };
  const kind = decimalMark(plain) ?? (isUnclear(plain) ? mark : undefined);
  if (kind === null) return { ok: false, because: 'unclear' };
  const at = kind === undefined ? -1 : plain.lastIndexOf(kind);
  const [whole, fraction] = at < 0 ? [plain, ''] : [plain.slice(0, at), plain.slice(at + 1)];
  const other = kind === ',' ? '.' : ',';
  const isGrouped = GROUPED[other].test(whole) || (at < 0 && GROUPED['.'].test(whole));
  if (!/^\d*$/.test(whole) && !isGrouped) return { ok: false, because: 'not_a_number' };
  if (at >= 0 && !/^\d+$/.test(fraction)) return { ok: false, because: 'not_a_number' };
  if (fraction.length > decimals) return { ok: false, because: 'decimals' };
  const digits = whole.replaceAll(/[.,]/g, '');
  if (digits.length > DIGITS_MAX) return { ok: false, because: 'not_a_number' };
  return { ok: true, value: BigInt(`${digits}${fraction.padEnd(decimals, '0')}` || '0') };
}

/** The decimal mark that numbers of a file show beyond doubt: undefined where none does, null where they differ. */
export function markOf(cells: Iterable<string>): Mark | null | undefined {
  let found: Mark | undefined;
  for (const cell of cells) {
    const mark = decimalMark(bare(cell));
    if (mark === undefined) continue;
    if (found !== undefined && found !== mark) return null;
    found = mark;
  }
  return found;
}

/** Without spaces, the apostrophes of Swiss thousands, and the currency before or behind: "Rs. 18/-" is 18. */
const bare = (text: string): string =>
  text
    .replaceAll(/[\s\u00a0\u202f'’]/g, '')
    .replace(/^(?:[A-Za-z]{1,3}\.?|\p{Sc})(?=\d)/u, '')
    .replace(/(?<=\d)(?:[A-Za-z]{3}|\p{Sc}|\/-)$/u, '');

/** The mark that can only be the decimal one. */
function decimalMark(plain: string): Mark | undefined {
  const last = /([.,])(\d*)$/.exec(plain);
  if (last === null) return undefined;
  const [, mark, tail = ''] = last;
  const others = plain.slice(0, last.index);
  if (mark !== '.' && mark !== ',') return undefined;
  if (others.includes(mark)) return undefined;
  if (/[.,]/.test(others)) return mark;
  return tail.length !== 3 || !/^[1-9]\d{0,2}$/.test(others) ? mark : undefined;
}

const isUnclear = (plain: string): boolean => /^[1-9]\d{0,2}[.,]\d{3}$/.test(plain);
