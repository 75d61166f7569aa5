import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** The text of each page as a reader copies it: its lines from top to bottom, with a space where there is a gap. */
export async function readPdf(bytes: Uint8Array): Promise<string[][]> {
  // A copy, because the reader takes over what it is given.
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const document = await task.promise;
  const pages: string[][] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const lines = new Map<number, { text: string; end: number }>();
    for (const item of items) {
      if (!('str' in item) || item.str === '') continue;
      const [, , , , x, y] = item.transform as number[];
      const key = Math.round(y ?? 0);
      const line = lines.get(key) ?? { text: '', end: 0 };
      const gap = (x ?? 0) - line.end > 1 ? ' ' : '';
      lines.set(key, { text: line.text + gap + item.str, end: (x ?? 0) + item.width });
    }
    pages.push([...lines].sort(([a], [b]) => b - a).map(([, { text }]) => text.replace(/ +/g, ' ').trim()));
  }
  await task.destroy();
  return pages;
}
