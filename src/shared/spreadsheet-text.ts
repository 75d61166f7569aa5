const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

/**
 * Free text for a cell of a CSV file. What a spreadsheet would take for a formula gets an apostrophe before it, also in its
 * full-width forms, and so does what already looks like that, so that `fromCell` gives back exactly what was written.
 */
export const toCell = (text: string | null): string => (text === null ? '' : FORMULA.test(text) ? `'${text}` : text);

/** The text that `toCell` was given. */
export const fromCell = (cell: string): string => (cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell);
