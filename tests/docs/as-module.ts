import { type Block, type Document, reasonNotToRun } from './documents.ts';

/** Printed before each block, so that what it prints can be told from the others'. */
export const markOf = (block: Block): string => `\u0001${block.line}`;

/**
 * The code of a document as one module: every line of code stands at its own line number, so that errors name the line
 * of the document. TypeScript is taken as it is, SQL becomes a call that runs it at its place in the order.
 */
export function asModule(document: Document): string {
  const lines = document.lines.map(() => '');
  const ends: Record<string, [string, string]> = {
    ts: ['', ''],
    sql: ['await runSql(String.raw`', '`);'],
  };
  for (const block of document.blocks) {
    const around = ends[block.language];
    if (around === undefined || reasonNotToRun(block) !== undefined) continue;
    // The fence of the block becomes its mark.
    lines[block.line - 1] = `console.log(${JSON.stringify(markOf(block))}); ${around[0]}`;
    block.code.forEach((code, index) => {
      lines[block.line + index] = code;
    });
    lines[block.line + block.code.length] = around[1];
  }
  // The first line of a document is its title.
  lines[0] = `import { runSql } from './run-sql.js'; void runSql;`;
  return lines.join('\n');
}
