/** The sets that the parser is measured on: messages with the answers that people marked. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Intent, ParserProduct, ParserState } from '../../src/parser/index.ts';

export type GoldLine = { sku: string; quantity: number | null; unit: string | null };

export type Gold = {
  intent: Intent;
  intent_alt?: Intent[];
  lines: GoldLine[];
  lines_alt?: GoldLine[][];
  clarify?: Array<{ kind: string; candidates: string[] }>;
};

// Each was written once the tables had been mended for the one before it: what it says on the first run is the truth.
const LATER_SETS = ['fresh', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh'] as const;

export type MarkedMessage = {
  id: string;
  set: 'open' | 'development' | 'conversations' | (typeof LATER_SETS)[number];
  lang: string;
  text: string;
  catalogue: string;
  state: ParserState;
  gold: Gold;
};

export type MarkedQuery = { id: string; text: string; gold: string };

const folder = fileURLToPath(new URL('../../fixtures/parser/', import.meta.url));

const NOTHING: ParserState = { cart: [], lastOrder: null, pending: null, usual: [] };

/**
 * Messages of the open set and its conversations, then of the development sets. `fresh` adds the sets that were
 * written once a table was done, to see how much of it only fits the development set.
 */
export function markedMessages(fresh = false): MarkedMessage[] {
  const open = readRows('open/wholesale/messages.jsonl').map((row) => messageOf(row, 'open'));
  const turns = readRows('open/wholesale/conversations.jsonl').flatMap((conversation) =>
    conversation.turns.map((turn: Row, at: number) =>
      messageOf({ ...conversation, ...turn, id: `${conversation.id}/${at + 1}` }, 'conversations'),
    ),
  );
  const development = folderRows('development').map((row) => messageOf(row, 'development'));
  const later = fresh ? LATER_SETS.flatMap((set) => folderRows(set).map((row) => messageOf(row, set))) : [];
  return [...open, ...turns, ...development, ...later];
}

/** Mistyped queries against the large catalogue. */
export function markedQueries(): MarkedQuery[] {
  return readRows('open/typos/typo-queries.jsonl') as MarkedQuery[];
}

/** 50,000 products with nothing but a name. */
export function largeCatalogue(): ParserProduct[] {
  const rows = readFileSync(`${folder}open/typos/catalogue-50k.csv`, 'utf8').trim().split('\n').slice(1);
  return rows.map((row) => {
    const [, sku = '', quoted, plain] = /^([^,]+),(?:"((?:[^"]|"")*)"|([^,]*))/.exec(row) ?? [];
    const name = (quoted ?? plain ?? '').replaceAll('""', '"');
    return { sku, name, units: { each: 1 }, defaultUnit: 'each', aliases: [] };
  });
}

/** A catalogue by the name that messages give it. */
export function readCatalogue(name: string): ParserProduct[] {
  const path = name.startsWith('wholesale/') ? `open/${name}` : `catalogues/${name}`;
  const parsed = JSON.parse(readFileSync(`${folder}${path}`, 'utf8'));
  const products: Row[] = Array.isArray(parsed) ? parsed : parsed.products;
  return products.map((row) => ({
    sku: row.sku,
    name: row.name,
    size: row.size ?? null,
    units: row.units,
    defaultUnit: row.default_unit,
    aliases: row.aliases ?? [],
  }));
}

// biome-ignore lint/suspicious/noExplicitAny: rows come from files that people wrote; a wrong one fails its message.
type Row = any;

function readRows(path: string): Row[] {
  return readFileSync(`${folder}${path}`, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((row) => JSON.parse(row));
}

/** Rows of every language's file in a folder, if there is one. */
function folderRows(name: string): Row[] {
  if (!existsSync(`${folder}${name}`)) return [];
  const files = readdirSync(`${folder}${name}`).filter((file) => file.endsWith('.jsonl'));
  return files.sort().flatMap((file) => readRows(`${name}/${file}`));
}

function messageOf(row: Row, set: MarkedMessage['set']): MarkedMessage {
  const { id, lang, text, catalogue, gold } = row;
  return { id, set, lang, text, catalogue, gold, state: { ...NOTHING, ...row.state } };
}
