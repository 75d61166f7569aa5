import { type TemplateCategory, type TemplateName, templateNames, templates } from './catalogue.ts';
import { languages, type TemplateLanguage, templateLanguages } from './languages.ts';

/** One template in one language, as it is filed at Meta. */
export type LocalTemplate = {
  template: TemplateName;
  ours: TemplateLanguage;
  /** At Meta: name and language together are its key. */
  name: string;
  language: string;
  category: TemplateCategory;
  body: string;
  /** Each placeholder of the body once, with its sample, in the order of the catalogue. */
  parameters: { name: string; sample: string }[];
  /** Texts of the quick replies, in order. */
  buttons: string[];
};

/** What a template is called at Meta. Accounts are shared with other software, so ours say whose they are. */
export function nameAtMeta(template: TemplateName, language: TemplateLanguage): string {
  return `orderlock_${template}${languages[language].suffix}`;
}

/** Every template in the given languages of ours, or in all. */
export function localTemplates(inLanguages: readonly TemplateLanguage[] = templateLanguages): LocalTemplate[] {
  return templateNames.flatMap((template) => inLanguages.map((language) => localTemplate(template, language)));
}

export function localTemplate(template: TemplateName, ours: TemplateLanguage): LocalTemplate {
  const { category, parameters, buttons } = templates[template];
  const { code, texts } = languages[ours];
  const { body, buttons: words }: { body: string; buttons: Record<string, string> } = texts[template];
  return {
    template,
    ours,
    name: nameAtMeta(template, ours),
    language: code,
    category,
    body,
    parameters: Object.entries(parameters).map(([name, sample]) => ({ name, sample })),
    buttons: buttons.map((button) => words[button] ?? ''),
  };
}
