#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { readConfig } from '../src/config.ts';
import { messageOf, SetupError } from '../src/shared/errors.ts';
import { runCommand } from '../src/shared/run-command.ts';
import type { TemplateFinding } from '../src/templates/compare.ts';
import { type TemplateLanguage, templateLanguages } from '../src/templates/languages.ts';
import { createMissingTemplates, lookAtTemplates } from '../src/templates/run-templates.ts';
import { templatesPage } from '../src/templates/templates-page.ts';

const COMMANDS = ['list', 'check', 'create', 'page'] as const;
const USAGE = `Usage: npm run templates [-- ${COMMANDS.join(' | ')}] [--language en,hi] [--json]`;
const print = (line: string): boolean => process.stdout.write(`${line}\n`);

await runCommand(async () => {
  const { command, languages, json } = readArguments();
  if (command === 'page') {
    process.stdout.write(templatesPage());
    return 0;
  }
  const options = { config: readConfig('command'), languages };
  if (command === 'create') {
    const creation = await createMissingTemplates(options, (one) => {
      if (!json) print(`submitted ${one.name} (${one.language}): ${one.status}`);
    });
    if (json) print(JSON.stringify(creation));
    else {
      for (const one of creation.failed) print(`FAILED    ${one.name} (${one.language}): ${one.because}`);
      if (creation.left > 0) print(`${creation.left} left: run it again later, it goes on from here.`);
      print(`${creation.created.length} submitted, ${creation.failed.length} failed.`);
    }
    return creation.failed.length === 0 ? 0 : 1;
  }
  const findings = await lookAtTemplates(options);
  const bad = findings.filter(({ good }) => !good);
  if (json) print(JSON.stringify({ ok: bad.length === 0, templates: findings }));
  else printTable(command === 'check' ? findings.filter(({ problems }) => problems.length > 0) : findings);
  if (!json) print(`${findings.length} templates, ${bad.length} that cannot be sent as we have them.`);
  return command === 'check' && bad.length > 0 ? 1 : 0;
});

function readArguments(): {
  command: (typeof COMMANDS)[number];
  languages: readonly TemplateLanguage[] | undefined;
  json: boolean;
} {
  try {
    const { values, positionals } = parseArgs({
      options: { language: { type: 'string' }, json: { type: 'boolean' } },
      allowPositionals: true,
    });
    const [word = 'list', ...more] = positionals;
    const command = COMMANDS.find((one) => one === word);
    if (command === undefined || more.length > 0)
      throw new SetupError(`${[word, ...more].join(' ')}: no command.`, USAGE);
    return { command, languages: readLanguages(values.language), json: values.json === true };
  } catch (error) {
    throw error instanceof SetupError ? error : new SetupError(messageOf(error), USAGE, error);
  }
}

function readLanguages(given: string | undefined): readonly TemplateLanguage[] | undefined {
  return given?.split(',').map((word) => {
    const language = templateLanguages.find((one) => one.toLowerCase() === word.trim().toLowerCase());
    if (language === undefined)
      throw new SetupError(`${word}: no such language.`, `Known: ${templateLanguages.join(', ')}`);
    return language;
  });
}

function printTable(findings: TemplateFinding[]): void {
  const wide = Math.max(0, ...findings.map(({ name }) => name.length));
  for (const { name, language, status, category, quality, problems, hint } of findings) {
    const facts = [status ?? '-', category ?? '-', quality ?? '-'].map((fact) => fact.padEnd(10)).join(' ');
    print(`${name.padEnd(wide)}  ${language.padEnd(5)}  ${facts} ${problems.join('; ')}`.trimEnd());
    if (hint !== undefined) print(`${' '.repeat(wide)}         > ${hint}`);
  }
}
