import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export type Placed = { text: string; left: number; right: number; y: number };

/** The pieces of text of each page with where they stand, in points from the left and from the foot of the page. */
export async function readPlaces(bytes: Uint8Array): Promise<Placed[][]> {
  // A copy, because the reader takes over what it is given.
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const document = await task.promise;
  const pages: Placed[][] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(
      items.flatMap((item) => {
        if (!('str' in item) || item.str === '') return [];
        const [, , , , left = 0, y = 0] = item.transform as number[];
        return [{ text: item.str, left, right: left + item.width, y: Math.round(y) }];
      }),
    );
  }
  await task.destroy();
  return pages;
}

/** The text of each page as a reader copies it: its lines from top to bottom, with a space where there is a gap. */
export async function readPdf(bytes: Uint8Array): Promise<string[][]> {
  return (await readPlaces(bytes)).map((page) => {
    const lines = new Map<number, { text: string; end: number }>();
    for (const { text, left, right, y } of page) {
      const line = lines.get(y) ?? { text: '', end: 0 };
      const gap = left - line.end > 1 ? ' ' : '';
      lines.set(y, { text: line.text + gap + text, end: right });
    }
    return [...lines].sort(([a], [b]) => b - a).map(([, { text }]) => text.replace(/ +/g, ' ').trim());
  });
}
