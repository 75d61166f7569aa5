/**
 * Figures of the parser on the project's own sets: npm run parser:figures -- [LANGUAGE...] [--errors] [--fresh] [--write-floors]
 * --errors prints every misread message; --fresh adds the messages written after the tables; --write-floors records the figures as the floor that tests hold.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Figures, type Misread, measureMessages, measureSearch } from './parser-sets/figures.ts';
import type { GoldLine } from './parser-sets/sets.ts';

const args = process.argv.slice(2);
const languages = args.filter((arg) => !arg.startsWith('--'));
const { figures, misread } = measureMessages(languages.length > 0 ? languages : undefined, args.includes('--fresh'));

if (args.includes('--errors')) for (const one of misread) printMisread(one);
for (const [name, row] of figures) console.log(name.padEnd(24), describe(row));
const search = languages.length === 0 ? measureSearch() : null;
if (search) console.log('search in 50,000'.padEnd(24), `first ${search.first}  among five ${search.amongFive}`);

if (args.includes('--write-floors') && search) {
  const floors = { messages: Object.fromEntries(figures), search };
  const path = fileURLToPath(new URL('../fixtures/parser/floors.json', import.meta.url));
  writeFileSync(path, `${JSON.stringify(floors, null, 2)}\n`);
  console.log(`wrote ${path}`);
}

function describe(row: Figures): string {
  const { messages, exact, intent, lineRecall, linePrecision } = row;
  const lines = `lines found ${lineRecall}  lines right ${linePrecision}`;
  return `${String(messages).padStart(3)} messages  exact ${exact}  intent ${intent}  ${lines}`;
}

function printMisread({ message, got }: Misread): void {
  const { gold } = message;
  console.log(`${message.id}  ${JSON.stringify(message.text)}`);
  console.log(`   marked ${gold.intent}: ${lines(gold.lines)} ${questions(gold.clarify ?? [])}`);
  console.log(`   read   ${got.intent}: ${lines(got.lines)} ${questions(got.clarify)} [${got.reasons.join(' ')}]\n`);
}

function lines(list: readonly GoldLine[]): string {
  return list.map(({ sku, quantity, unit }) => `${quantity ?? '-'} ${unit ?? ''} ${sku}`.replace('  ', ' ')).join(', ');
}

function questions(list: ReadonlyArray<{ kind: string; candidates: string[] }>): string {
  return list.map(({ kind, candidates }) => `ask ${kind} ${candidates.join('|')}`).join(', ');
}
