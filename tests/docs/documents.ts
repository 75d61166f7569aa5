import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

export type Block = {
  /** ts, sql, sh, prisma, text ... */
  language: string;
  /** What follows the language in the fence. */
  info: string;
  /** Number of the opening fence in the document, from 1. */
  line: number;
  code: string[];
};

export type Document = {
  /** From the root of the repository: docs/schema.md */
  file: string;
  lines: string[];
  blocks: Block[];
};

/** Every document for readers outside: README.md and docs/*.md. */
export function readDocuments(): Document[] {
  const files = readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.md'));
  return ['README.md', ...files.sort().map((name) => `docs/${name}`)].map(readDocument);
}

export function readDocument(file: string): Document {
  const lines = readFileSync(path.join(root, file), 'utf8').split('\n');
  const blocks: Block[] = [];
  let open: Block | undefined;
  lines.forEach((line, index) => {
    const fence = /^\s*```(\S*)\s*(.*)$/.exec(line);
    if (fence === null) open?.code.push(line);
    else if (open !== undefined) open = undefined;
    else {
      open = { language: fence[1] ?? '', info: (fence[2] ?? '').trim(), line: index + 1, code: [] };
      blocks.push(open);
    }
  });
  if (open !== undefined) throw new Error(`${file}:${open.line}: this block never ends`);
  return { file, lines, blocks };
}

/** Why a block is not run, as its fence says: ```sql not run: makes a role for the whole server. */
export function reasonNotToRun(block: Block): string | undefined {
  return /^not run: (.+)$/.exec(block.info)?.[1];
}

/** What a block is expected to print: the ```text printed block that follows it. */
export function expectedOutput(document: Document, block: Block): string | undefined {
  const next = document.blocks[document.blocks.indexOf(block) + 1];
  return next?.language === 'text' && next.info === 'printed' ? next.code.join('\n') : undefined;
}

/**
 * What the sections given name: the words in backquotes that a row of a table begins with, or a heading consists of.
 */
export function namesIn(document: Document, ...sections: string[]): string[] {
  let inside = false;
  let inBlock = false;
  const names = document.lines.flatMap((line) => {
    if (/^\s*```/.test(line)) inBlock = !inBlock;
    const section = /^## (.*)$/.exec(line)?.[1];
    if (section !== undefined) inside = sections.includes(section);
    const cell = /^\| (`[^|]*) \|/.exec(line)?.[1] ?? /^### (`.*`)$/.exec(line)?.[1];
    if (!inside || inBlock || cell === undefined) return [];
    return [...cell.matchAll(/`(\w+)`/g)].map((match) => match[1] ?? '');
  });
  return names.sort();
}
