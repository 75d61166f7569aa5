import type { PdfOptions } from './draw-pdf.ts';
import type { Statement } from './types.ts';

/**
 * The statement as a PDF on A4, in pieces: its bytes depend on nothing but what is given. Fonts are embedded, names in
 * Latin, Greek, Cyrillic, Devanagari and Arabic writing are set as they are written, and text copied out of the file is the
 * text that went in; a letter that no font has shows as a box. Fonts and writer are loaded with the first statement, so that
 * a process which never prints one does not carry them.
 */
export async function* statementPdf(statement: Statement, options: PdfOptions): AsyncGenerator<Uint8Array> {
  const { drawPdf } = await import('./draw-pdf.ts');
  yield* drawPdf(statement, options);
}
