import type { TextDrawer } from './pdf-fonts.ts';
import { layOutLine, startsAtRight, type Weight } from './shape-text.ts';

// Measures of the page and the few things that are drawn on it. All in points; y grows downwards.

/** A4. */
export const PAGE = { width: 595.28, height: 841.89, left: 42, right: 553.28, top: 42, bottom: 796 } as const;

/** Begins a part of a line that keeps its own direction. What joins such parts has none, so the page gives it. */
export const ISOLATE = '\u2068';

export const INK = '#1a1a1a';
export const QUIET = '#6b6b6b';
const RULE = '#c9c9c9';
const SHADE = '#f3f3f1';
const ALERT = '#a3261c';

export type Ink = 'ink' | 'quiet' | 'alert';
const inks: Record<Ink, string> = { ink: INK, quiet: QUIET, alert: ALERT };

/** The parts of a pdfkit document that are used here. */
export type DrawTarget = {
  fillColor(color: string): unknown;
  rect(x: number, y: number, width: number, height: number): { fill(color: string): unknown };
  moveTo(x: number, y: number): { lineTo(x: number, y: number): { stroke(color: string): unknown } };
  lineWidth(width: number): unknown;
};

export type TextStyle = {
  size: number;
  weight?: Weight;
  ink?: Ink;
  align?: 'left' | 'right';
  /** How much room a text has that ends at `x`. In a mirrored table its figures still end below each other. */
  width?: number;
};

export type Canvas = {
  /** One line of text with its baseline at `y`: from `x` to the right, or ending at `x`. */
  text(text: string, x: number, y: number, style: TextStyle): void;
  /** A thin line across the page. */
  rule(y: number): void;
  /** A shaded stripe across the page. */
  stripe(y: number, height: number): void;
};

/** `mirrored`: for languages that are read from the right, everything stands where a mirror would show it. */
export function createCanvas(target: DrawTarget, drawer: TextDrawer, { mirrored = false } = {}): Canvas {
  return {
    text(text, x, y, { size, weight = 'regular', ink = 'ink', align = 'left', width }) {
      if (text === '') return;
      const line = layOutLine(text, weight, startsAtRight(text) || (mirrored && text.includes(ISOLATE)));
      target.fillColor(inks[ink]);
      const place = mirrored ? mirroredPlace({ x, align, width }) : { x, align };
      drawer.draw(line, { x: place.align === 'right' ? place.x - (line.width * size) / 1000 : place.x, y, size });
    },
    rule(y) {
      target.lineWidth(0.6);
      target.moveTo(PAGE.left, y).lineTo(PAGE.right, y).stroke(RULE);
    },
    stripe(y, height) {
      target.rect(PAGE.left, y, PAGE.right - PAGE.left, height).fill(SHADE);
    },
  };
}

type Place = { x: number; align: 'left' | 'right' };

function mirroredPlace({ x, align, width }: Place & { width: number | undefined }): Place {
  const seen = PAGE.left + PAGE.right - x;
  if (align === 'left') return { x: seen, align: 'right' };
  return width === undefined ? { x: seen, align: 'left' } : { x: seen + width, align: 'right' };
}

/** A piece of the statement that stays together on one page. `draw` gets the y of its upper edge. */
export type Block = {
  height: number;
  draw(canvas: Canvas, y: number): void;
  /** Drawn again at the top of the page when the block starts a new one: the header of its table. */
  header?: Block;
  /** Not the last on a page: a title, or the header of a table. */
  opensMore?: boolean;
};

export type PlacedBlock = { block: Block; y: number };

/** Shares out blocks among pages; `top` says where the first and the later pages begin. */
export function paginate(blocks: Iterable<Block>, top: { first: number; later: number }): PlacedBlock[][] {
  const pages: PlacedBlock[][] = [[]];
  let y = top.first;
  for (const block of blocks) {
    let page = pages[pages.length - 1] as PlacedBlock[];
    if (y + block.height > PAGE.bottom && page.length > 0) {
      const carried = takeOpeners(page);
      page = [];
      pages.push(page);
      y = top.later;
      const repeats = block.header !== undefined && !carried.includes(block.header);
      for (const first of [...carried, ...(repeats && block.header ? [block.header] : [])]) {
        page.push({ block: first, y });
        y += first.height;
      }
    }
    page.push({ block, y });
    y += block.height;
  }
  return pages;
}

/** Titles and headers that would be left alone at the foot of a page go to the next one. */
function takeOpeners(page: PlacedBlock[]): Block[] {
  const carried: Block[] = [];
  while (page.length > 1 && page.at(-1)?.block.opensMore) carried.unshift((page.pop() as PlacedBlock).block);
  return carried;
}
