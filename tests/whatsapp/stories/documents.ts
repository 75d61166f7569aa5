import type { Story } from './types.ts';

export type Chapter = { title: string; stories: readonly Story[] };

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** docs/webhooks.md: what happens to everything that Meta may deliver. */
export function webhooksDocument(chapters: readonly Chapter[]): string {
  const files = chapters.flatMap(({ stories }) => stories).length;
  return `# Everything that Meta delivers, and what happens to it

Each row is a delivery in [fixtures/webhooks](../fixtures/webhooks/README.md), and a test posts every one of them through
the signed webhook into a real PostgreSQL and checks what this page says of it. The page itself is written by that test:
\`npx vitest run tests/whatsapp/stories.test.ts -u\` writes it anew, and the test fails while it is out of date.

Whatever comes signed is acknowledged with 200 once it is stored, and stored once however often it comes. It is kept in
\`inbox_event\` (\`message\`, \`status\`, \`notice\`), or in \`stray_event\` (\`stray\`) when it belongs to no line here. Alerts
stand in \`operator_alert\`. To see a row happen: \`npm run dev\`, then \`npm run replay -- fixtures/webhooks/text.json\`.

${chapters.map(chapterOf).join('\n')}
${files} deliveries in all.
`;
}

function chapterOf({ title, stories }: Chapter): string {
  const rows = stories.map(({ of, story, keeps, answers, happens, file }) => {
    const answer = answers === undefined ? '' : 'answered';
    const kept = [...new Set(keeps)].join(', ');
    return `| ${[of, story, kept, happens, answer, `\`${file}\``].map(cell).join(' | ')} |`;
  });
  return `## ${title}

| type or field | story | kept as | what happens | | fixture |
|---|---|---|---|---|---|
${rows.join('\n')}
`;
}

/** fixtures/webhooks/README.md: which file tells what. */
export function fixturesDocument(chapters: readonly Chapter[]): string {
  const rows = chapters.flatMap(({ stories }) =>
    stories.map(({ file, of, story }) => `| \`${file}.json\` | ${cell(of)} | ${cell(story)} |`),
  );
  return `# Webhook deliveries, one story per file

Written by us from the shapes that Meta documents; none was copied, and no person in them exists. They speak to the demo
shop, so \`npm run dev\` and then \`npm run replay -- fixtures/webhooks\` plays them all, or name single files. What happens
to each is in [docs/webhooks.md](../../docs/webhooks.md). With \`--wait-replies\` the command rightly misses answers to the
four deliveries of the Test button and to the one for an unknown line: nobody here may answer those. tests/whatsapp/stories.test.ts
checks all of it, and writes this table.

| file | type or field | story |
|---|---|---|
${rows.join('\n')}
`;
}
