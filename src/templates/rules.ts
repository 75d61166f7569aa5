import type { LocalTemplate } from './local-templates.ts';
import { PLACEHOLDER } from './template-reply.ts';

// Meta's rules for templates, checked before anything is submitted: a rejected name is blocked for weeks.

const BODY_MAX = 1024;
const BUTTON_MAX = 25;
const BUTTONS_MAX = 10;

/** What Meta would have against a template, in words; empty when nothing. */
export function problemsOf({ name, body, parameters, buttons }: LocalTemplate): string[] {
  const used = [...body.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
  const bare = body.replace(PLACEHOLDER, '◊');
  // Marks and spaces around a placeholder do not make it any less the first or the last thing said.
  const said = bare.replace(/[^\p{L}\p{N}◊]/gu, '');
  const words = bare.split(/[\s◊]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const checks: [boolean, string][] = [
    [/^[a-z0-9_]{1,512}$/.test(name), 'the name may have a-z, 0-9 and _ only'],
    [body.length <= BODY_MAX, `the body has more than ${BODY_MAX} characters`],
    [body.trim() === body && !/ {2}|\t|\n{3}/.test(body), 'the body has gaps'],
    [!/\{(?!\{)|(?<!\})\}(?!\})/.test(body.replace(PLACEHOLDER, '')), 'a brace stands alone'],
    [!said.startsWith('◊') && !said.endsWith('◊'), 'a placeholder stands at the start or at the end'],
    [!/◊[ *]*◊/.test(bare), 'two placeholders touch'],
    [used.length === new Set(used).size, 'a placeholder is used twice'],
    [sameNames(used, parameters), 'placeholders and parameters are not the same'],
    [parameters.every((one) => /^[a-z_]{1,20}$/.test(one.name)), 'a parameter may have a-z and _ only, at most 20'],
    [parameters.every((one) => one.sample.trim() !== ''), 'a sample is missing'],
    [words.length > 2 * used.length, 'there are too many placeholders for so few words'],
    [buttons.length <= BUTTONS_MAX, `there are more than ${BUTTONS_MAX} buttons`],
    [buttons.every((one) => one.trim() !== '' && one.length <= BUTTON_MAX), `a button is empty or over ${BUTTON_MAX}`],
    [new Set(buttons).size === buttons.length, 'two buttons say the same'],
    [buttons.every((one) => !/\{\{|\n/.test(one)), 'a button has a placeholder or a line end'],
  ];
  return checks.filter(([good]) => !good).map(([, problem]) => problem);
}

function sameNames(used: string[], parameters: LocalTemplate['parameters']): boolean {
  return (
    used.toSorted().join() ===
    parameters
      .map(({ name }) => name)
      .toSorted()
      .join()
  );
}
