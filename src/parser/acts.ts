/** What a message asks for beside lines: the acts that its phrases stand for, most telling first. */
import type { Annotation } from './annotate.ts';
import type { PhraseTag } from './language-table.ts';
import type { PhraseMatch } from './phrases.ts';
import type { Intent, ParserState } from './types.ts';

// Where two acts stand in one message, the one that can be answered comes before the one that is only polite.
const ACT_ORDER: Array<{ tag: PhraseTag; intent: Intent }> = [
  { tag: 'human', intent: 'human' },
  { tag: 'complaint', intent: 'human' },
  { tag: 'paid', intent: 'paid' },
  { tag: 'statement', intent: 'statement' },
  { tag: 'balance', intent: 'balance' },
  { tag: 'repeat', intent: 'repeat' },
  { tag: 'cancel', intent: 'cancel' },
  { tag: 'status', intent: 'status' },
  { tag: 'total', intent: 'query' },
  { tag: 'query', intent: 'query' },
  { tag: 'why', intent: 'why' },
  { tag: 'help', intent: 'help' },
  { tag: 'language', intent: 'language' },
];

/** Acts of a message in order of weight, without yes, no and greetings. */
export function actsOf(annotation: Annotation): Intent[] {
  const tags = new Set(annotation.phrases.filter((phrase) => !phrase.answerOnly).map((phrase) => phrase.tag));
  if (opensWithSame(annotation)) tags.add('repeat');
  const acts: Intent[] = [];
  for (const act of ACT_ORDER) if (tags.has(act.tag) && !acts.includes(act.intent)) acts.push(act.intent);
  return acts;
}

/** "Pareil pour demain": with nothing counted before it, it is the last order that is wanted again. */
function opensWithSame({ phrases, pieces }: Annotation): boolean {
  const [first] = phrases.find(({ tag }) => tag === 'same')?.words ?? [];
  return first !== undefined && !pieces.slice(0, first).some(({ kind }) => kind === 'number' || kind === 'unit');
}

/** The yes or no that a message is, or null. Doubt is a no: a no costs a question, a yes costs money. */
export function answerOf(annotation: Annotation, state: ParserState): 'confirm' | 'decline' | null {
  const whole = isOnlyAnswer(annotation);
  const answers = annotation.phrases.filter(({ tag }) => ANSWERS.has(tag));
  const around = answersByWord(answers);
  const counts = answers.filter(
    (phrase) => (!phrase.answerOnly || whole) && !isInside(phrase, around) && !joins(phrase, annotation),
  );
  const has = (tag: PhraseTag): boolean => counts.some((phrase) => phrase.tag === tag);
  if (state.pending?.kind === 'confirm_cancel') {
    if (has('keep') || has('decline')) return 'decline';
    if (has('confirm')) return 'confirm';
    // "Cancel 1004" names its order, which need not be the one that was asked about.
    const isNumbered = annotation.pieces.some((piece) => piece.kind === 'number');
    return has('cancel') && !isNumbered ? 'confirm' : null;
  }
  if (has('decline')) return 'decline';
  return has('confirm') ? 'confirm' : null;
}

const ANSWERS: ReadonlySet<PhraseTag> = new Set(['confirm', 'decline', 'cancel', 'keep']);

/** "Yes go ahead n pack it": between two things that are said, a word that joins is no answer. */
function joins({ words: [at = 0] }: PhraseMatch, { pieces }: Annotation): boolean {
  return pieces[at]?.kind === 'join' && at > 0 && at < pieces.length - 1;
}

/** The answers that hold each word. A phrase has few words, so a word has few answers, however long the message is. */
function answersByWord(answers: readonly PhraseMatch[]): ReadonlyMap<number, PhraseMatch[]> {
  const around = new Map<number, PhraseMatch[]>();
  for (const answer of answers) {
    for (const at of answer.words) {
      const there = around.get(at);
      if (there === undefined) around.set(at, [answer]);
      else there.push(answer);
    }
  }
  return around;
}

/** "No problem" is no no: a longer answer says what its words say together. */
function isInside(phrase: PhraseMatch, around: ReadonlyMap<number, PhraseMatch[]>): boolean {
  const [first] = phrase.words;
  if (first === undefined) return false;
  return (around.get(first) ?? []).some(
    ({ words }) => words.length > phrase.words.length && phrase.words.every((at) => words.includes(at)),
  );
}

export function isGreeting(annotation: Annotation): boolean {
  return annotation.phrases.some((phrase) => phrase.tag === 'greeting');
}

/** The message is nothing but answer words and fillers. */
export function isOnlyAnswer(annotation: Annotation): boolean {
  const answered = new Set<number>();
  for (const phrase of annotation.phrases) {
    if (phrase.tag !== 'confirm' && phrase.tag !== 'decline') continue;
    for (const at of phrase.words) answered.add(at);
  }
  if (answered.size === 0) return false;
  return annotation.pieces.every((piece, at) => {
    if (answered.has(at) || annotation.filler[at]) return true;
    return piece.kind === 'break' || piece.kind === 'join';
  });
}
