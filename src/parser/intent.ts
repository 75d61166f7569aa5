/** The one intent of a message and the others that were heard: lines win over acts, acts over yes and no. */
import type { Intent, ParserState } from './types.ts';

/** What the parts of a message did. */
export type OutcomeKind = 'add' | 'remove' | 'change' | 'query';

type Heard = {
  kinds: ReadonlySet<OutcomeKind>;
  /** Whether any line or question came of the parts, those apart that are only asked about. */
  hasContent: boolean;
  answeredQuestion: boolean;
  acts: readonly Intent[];
  answer: 'confirm' | 'decline' | null;
  greeting: boolean;
  state: ParserState;
};

/** Decides between everything that was heard. */
export function decideIntent(heard: Heard): { intent: Intent; alsoIntents: Intent[] } {
  const editing = heard.hasContent && [...heard.kinds].some((kind) => kind !== 'query');
  const intent = editing ? lineIntent(heard) : actIntent(heard);
  // Without a question there is no answer: a "no" beside lines was part of a correction.
  const answers = heard.answer && (heard.state.pending !== null || !editing) ? [heard.answer] : [];
  const others = new Set<Intent>([...heard.acts, ...answers]);
  others.delete(intent);
  // "Cancel the marie" took a line out; it asks for nothing more.
  if (editing && heard.kinds.has('remove')) others.delete('cancel');
  return { intent, alsoIntents: [...others] };
}

function lineIntent({ acts, kinds, state, answeredQuestion }: Heard): Intent {
  if (acts.includes('repeat')) return 'repeat';
  if (kinds.has('add')) return state.cart.length > 0 || answeredQuestion ? 'add' : 'order';
  return kinds.has('change') ? 'change' : 'remove';
}

function actIntent({ acts, answer, greeting, kinds, state }: Heard): Intent {
  const [act] = acts;
  if (state.pending?.kind === 'confirm_cancel' && answer) return answer;
  if (act) return act;
  if (kinds.has('query')) return 'query';
  if (answer && (state.pending !== null || !greeting)) return answer;
  if (greeting) return 'greeting';
  return kinds.has('remove') ? 'remove' : 'unknown';
}
