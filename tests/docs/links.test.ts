import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Document, readDocument, readDocuments, root } from './documents.ts';

const documents = readDocuments();

/** What links of a document point at, outside of its blocks of code; addresses elsewhere are left out. */
function linksOf(document: Document): { target: string; line: number }[] {
  let inBlock = false;
  return document.lines.flatMap((text, index) => {
    if (/^\s*```/.test(text)) inBlock = !inBlock;
    if (inBlock) return [];
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
    return targets.filter((target) => !/^[a-z]+:/.test(target)).map((target) => ({ target, line: index + 1 }));
  });
}

/** As GitHub makes the anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

function anchorsOf(file: string): string[] {
  return readDocument(file)
    .lines.flatMap((line) => /^#+ (.*)$/.exec(line)?.[1] ?? [])
    .map(anchorOf);
}

describe('every link leads somewhere', () => {
  test.each(documents)('$file', (document) => {
    const broken = linksOf(document).filter(({ target }) => {
      const [file = '', anchor] = target.split('#');
      const found = file === '' ? document.file : path.join(path.dirname(document.file), file);
      if (!existsSync(path.join(root, found))) return true;
      return anchor !== undefined && !anchorsOf(found).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});

test('shell blocks name only commands that exist', () => {
  const { scripts, bin } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
    bin: Record<string, string>;
  };
  const known = [
    ...Object.keys(scripts).map((name) => `npm run ${name}`),
    ...Object.keys(bin).map((name) => `npx ${name}`),
  ];
  const used = documents.flatMap(({ file, blocks }) =>
    blocks
      .filter(({ language }) => language === 'sh')
      .flatMap(({ code }) => code.flatMap((line) => line.split('&&')))
      .flatMap((command) => /(npm run|npx) [\w:-]+/.exec(command)?.[0] ?? [])
      .map((command) => ({ file, command })),
  );
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter(({ command }) => !known.includes(command))).toEqual([]);
});

test('the words beside a picture are those inside it', () => {
  const { lines } = readDocument('docs/visual-scenarios.md');
  const pictures = lines.flatMap((line) => /^!\[.*\]\((images\/.*\.svg)\)$/.exec(line)?.[1] ?? []);
  expect(pictures).toHaveLength(4);
  for (const file of pictures) {
    const svg = readFileSync(path.join(root, 'docs', file), 'utf8');
    const [, description] = /<desc id="desc">(.*)<\/desc>/.exec(svg) ?? [];
    // Two points follow the picture, the design before and the one after.
    const at = lines.findIndex((line) => line.includes(`](${file})`));
    const points = lines.slice(at + 2, at + 4).map((line) => line.replace(/^- \*\*(.*)\*\* /, '$1 '));
    expect(points.join(' '), file).toBe(description);
  }
});
