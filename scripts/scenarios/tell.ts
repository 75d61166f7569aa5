// The words beside the pictures, with the figures of the run that drew them: replaced in the document at every drawing.
import { SetupError } from '../../src/shared/errors.ts';
import type { Scenario } from './timeline.ts';

/** What a picture shows, for those who cannot see it. */
export function describe({ before, after }: Scenario): string {
  return `${before.title}. ${before.outcome} ${after.title}. ${after.outcome}`;
}

/** Puts the picture and its words between `<!-- drawn: NAME -->` and `<!-- end -->`. */
export function withCaption(document: string, scenario: Scenario, day: string): string {
  const begin = `<!-- drawn: ${scenario.name} -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf('<!-- end -->', from);
  if (from === -1 || to === -1) {
    throw new SetupError(
      `The document has no place for ${scenario.name}.`,
      `Write ${begin} and <!-- end --> where it goes.`,
    );
  }
  const caption = [
    `![${scenario.title}. The two points below say what it shows.](images/${scenario.name}.svg)`,
    '',
    `- **${scenario.before.title}.** ${scenario.before.outcome}`,
    `- **${scenario.after.title}.** ${scenario.after.outcome}`,
    '',
    `Drawn from a run on ${day}.`,
  ];
  return `${document.slice(0, from)}${begin}\n${caption.join('\n')}\n${document.slice(to)}`;
}
