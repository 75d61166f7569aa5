import { LIST_ROWS_MAX } from '../shared/message-limits.ts';
import { writeButtonId } from './button-ids.ts';
import { understood } from './hear-unknown.ts';
import { namedLanguage, OWN_NAMES } from './language-names.ts';
import { type Draft, type Scene, say } from './scene.ts';
import { resume } from './settle.ts';
import type { ConversationState } from './types.ts';

/** Answers a choice that was just made, in the language that was chosen; whatever is open is asked again in it. */
export function languageChosen(state: ConversationState, scene: Scene): Draft {
  return resume(understood(state), [scene.t.languages.chosen], scene);
}

/**
 * Answers somebody who asks for another language without choosing one of ours: the languages as a list to tap. Where
 * something else is waited for, they are named in words, since its buttons are what has to be seen last.
 */
export function offerLanguages(heard: ConversationState, body: string, scene: Scene): Draft {
  const state = understood(heard);
  const { languages } = scene.facts.wholesaler.policies;
  const { t } = scene;
  const named = namedLanguage(body);
  const notes = named === null ? [] : [t.languages.notOffered({ language: OWN_NAMES[named] })];
  if (languages.length === 1) return resume(state, notes.length === 0 ? [t.talk.language] : notes, scene);
  const isBusy = state.pending !== null || state.cart.length > 0;
  if (isBusy) {
    const names = languages.map((language) => OWN_NAMES[language]).join(`${t.comma} `);
    return resume(state, [...notes, t.languages.writeOne({ names })], scene);
  }
  const rows = languages.slice(0, LIST_ROWS_MAX).map((language) => ({
    id: writeButtonId({ act: 'language', language }),
    title: OWN_NAMES[language],
  }));
  return say(state, notes, { kind: 'list', body: t.languages.which, button: t.languages.button, rows });
}
