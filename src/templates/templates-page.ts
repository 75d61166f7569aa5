import { templateNames, templates } from './catalogue.ts';
import { languages, templateLanguages } from './languages.ts';
import { localTemplate, nameAtMeta } from './local-templates.ts';

/** docs/templates.md: every template with its parameters, and its text in every language. */
export function templatesPage(): string {
  const lines = [
    '# Message templates',
    '',
    'Outside the 24 hours after a person last wrote, WhatsApp lets only messages through that Meta approved beforehand.',
    'These are all that the service may send then. They are made from src/templates and filed with',
    '`npm run templates -- create`; this page is `npm run templates -- page > docs/templates.md`.',
    '',
    'Placeholders are named; amounts arrive formatted with their currency. A tap on a button opens the 24-hour window,',
    'so what follows it is an ordinary message: that is why a statement is offered by a button and not attached.',
    '',
    '| our language | language at Meta | end of the name |',
    '|---|---|---|',
    ...templateLanguages.map((one) => {
      const { code, suffix } = languages[one];
      return `| ${one} | \`${code}\` | ${suffix === '' ? '' : `\`${suffix}\``} |`;
    }),
    '',
    'Meta has no Hindi in Latin letters: those templates are filed as Hindi under names of their own. Portuguese is that of',
    'Brazil. The confirmation of a new number is no code but a question to the number that we know, so no template is of',
    'the category AUTHENTICATION, and none advertises anything, so none is MARKETING.',
  ];
  for (const template of templateNames) lines.push('', ...sectionOf(template));
  return `${lines.join('\n')}\n`;
}

function sectionOf(template: (typeof templateNames)[number]): string[] {
  const { category, when, parameters, buttons } = templates[template];
  const shown = Object.entries(parameters).map(([name, sample]) => `\`${name}\` (${sample})`);
  return [
    `## ${nameAtMeta(template, 'en')}`,
    '',
    `${when} Category ${category}.`,
    '',
    `Parameters: ${shown.join(', ')}.`,
    ...(buttons.length === 0 ? [] : ['', `Buttons: ${buttons.map((one) => `\`${one}\``).join(', ')}.`]),
    '',
    '| language | text | buttons |',
    '|---|---|---|',
    ...templateLanguages.map((language) => {
      const { body, buttons: words } = localTemplate(template, language);
      return `| ${language} | ${body.replaceAll('\n', '<br>')} | ${words.map((word) => `[${word}]`).join(' ')} |`;
    }),
  ];
}
