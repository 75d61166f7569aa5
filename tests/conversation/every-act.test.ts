/**
 * Every act inside every state: whatever is being asked, every act that the nine language tables know is answered, and
 * what was asked is asked again with the same choices, so that nobody loses an order over a question of their own.
 */
import { describe, expect, it } from 'vitest';
import { type Scene, sceneOf } from '../../src/conversation/scene.ts';
import { waitingAsk } from '../../src/conversation/settle.ts';
import type { ConversationState, Pending } from '../../src/conversation/types.ts';
import { wordsOf } from '../../src/outbox/index.ts';
import type { LanguageTable } from '../../src/parser/language-table.ts';
import { type ActTag, actTags, phrasesOf, tables, withVerb } from '../parser/table-phrases.ts';
import { type Chat, chat } from './chat.ts';
import { earlierOrder } from './shop.ts';

type Situation = { begin: (asha: Chat) => Chat; waitsFor: string | null; open?: string[] };

/** Chats in which something is going on, with what is waited for and which products are asked about. */
const situations: Record<string, Situation> = {
  idle: { begin: (asha) => asha, waitsFor: null },
  'the order is proposed': { begin: (asha) => asha.says('3 case coke 500'), waitsFor: 'confirm_order' },
  'credit is short': {
    begin: (asha) => asha.account({ availableMinor: 90_000n }).says('3 case coke 500'),
    waitsFor: 'short_of_credit',
  },
  'the proposal ran out': { begin: (asha) => asha.says('3 case coke 500').later(120), waitsFor: 'confirm_order' },
  'which product is asked': {
    begin: (asha) => asha.says('2 case coke 500, 5 sugar'),
    waitsFor: 'question',
    open: ['product'],
  },
  'the question ran out': {
    begin: (asha) => asha.says('2 case coke 500, 5 sugar').later(120),
    waitsFor: 'question',
    open: ['product'],
  },
  'two questions are open': {
    begin: (asha) => asha.says('5 sugar\n3 qwrtzu'),
    waitsFor: 'question',
    open: ['product', 'unknown_product'],
  },
  'how many is asked': { begin: (asha) => asha.says('2 sugar 1kg, maggi'), waitsFor: 'question', open: ['quantity'] },
  'so many is asked': {
    begin: (asha) => asha.says('500000 case coke 500'),
    waitsFor: 'question',
    open: ['check_quantity'],
  },
  'what is not known is asked': {
    begin: (asha) => asha.says('2 case coke 500\n5 qwrtzu'),
    waitsFor: 'question',
    open: ['unknown_product'],
  },
  'whether to cancel is asked': { begin: (asha) => asha.says('cancel'), waitsFor: 'confirm_cancel' },
};

/** A yes places the order, or tries to. */
const YES_PLACES = new Set(['the order is proposed', 'credit is short']);

const PHRASES_PER_ACT = 3;

/** Acts that only want to know: what was asked before is asked again in the same message. */
const INFORMING: readonly ActTag[] = [
  'balance',
  'statement',
  'paid',
  'status',
  'query',
  'total',
  'help',
  'greeting',
  'human',
  'language',
  'why',
];

/** What the table says for the act; words that it also lists as an answer are an answer where something is asked. */
function sayings(table: LanguageTable, tag: ActTag): string[] {
  const answers = new Set(
    (['confirm', 'decline', 'cancel', 'keep'] as const).flatMap((other) => phrasesOf(table, other)),
  );
  const phrases = phrasesOf(table, tag).filter((phrase) => !INFORMING.includes(tag) || !answers.has(phrase));
  return phrases.slice(0, PHRASES_PER_ACT);
}

const inLanguage = (code: string): Chat =>
  chat({
    retailer: { id: 'asha', name: 'Asha Stores', language: code },
    orders: [earlierOrder(1042)],
  });

/** What is asked, apart from when it was. */
function asked({ pending, cart }: ConversationState): unknown {
  const { askedAtMs: _askedAtMs, ...rest } = (pending ?? {}) as Partial<Pending>;
  return { ...rest, cart };
}

/** The questions that are open, first to last. */
function openQuestions({ pending }: ConversationState): string[] {
  return pending?.kind === 'question' ? [pending.question, ...pending.queue].map(({ kind }) => kind) : [];
}

describe.each(tables.map((table) => [table.code, table] as const))('in %s', (code, table) => {
  describe.each(Object.entries(situations))('while %s', (name, { begin, waitsFor, open = [] }) => {
    it('is waited for what the test is about', () => {
      const state = begin(inLanguage(code)).state();
      expect([state.pending?.kind ?? null, openQuestions(state)]).toEqual([waitsFor, open]);
    });

    it('every act is answered, and what was asked is asked again', () => {
      for (const tag of actTags) {
        const phrases = sayings(table, tag);
        expect([tag, phrases.length > 0]).toEqual([tag, true]);
        for (const phrase of phrases) {
          const asha = begin(inLanguage(code));
          const before = asha.state();
          asha.says(phrase);
          const said = `${tag} "${phrase}": ${asha.text()}`;
          expect(asha.replies().length, said).toBeGreaterThan(0);
          // Only a yes to the order that was shown places it.
          expect(asha.placed().length, said).toBe(tag === 'confirm' && YES_PLACES.has(name) ? 1 : 0);
          if (!INFORMING.includes(tag)) continue;
          expect(asha.state().notUnderstood, said).toBe(0);
          if (name.includes('ran out')) continue;
          // "I have paid" is asked how much where nothing else is asked.
          const isAskedHowMuch = tag === 'paid' && name === 'idle' && asha.state().pending?.kind === 'claim';
          if (!isAskedHowMuch) expect(asked(asha.state()), said).toEqual(asked(before));
          expectAskedAgain(asha, before, said);
        }
      }
    });

    it('what is ordered or changed besides is done, and no question is forgotten', () => {
      const besides: Array<[says: string, sku: string, quantityMilli: number | null]> = [
        ['4 bag sona masoori', 'SONA25', 4000],
        [withVerb(table, 'add', 'sona masoori 4'), 'SONA25', 4000],
        [withVerb(table, 'change', 'coke 500 7'), 'COKE500', 7000],
        [withVerb(table, 'remove', 'coke 500'), 'COKE500', null],
      ];
      for (const [says, sku, quantityMilli] of besides) {
        const asha = begin(inLanguage(code)).says(says);
        const said = `"${says}": ${asha.text()}`;
        const line = asha.state().cart.find((one) => one.sku === sku);
        const isAskedAbout = name === 'so many is asked' && sku === 'COKE500';
        if (!isAskedAbout) expect(line?.quantityMilli ?? null, said).toBe(quantityMilli);
        expect(asha.placed(), said).toEqual([]);
        // "I can't find that" is answered by whatever is named next.
        const isAnswer = name === 'what is not known is asked' && quantityMilli !== null;
        if (name.includes('ran out') || isAskedAbout || isAnswer) continue;
        expect(openQuestions(asha.state()), said).toEqual(open);
      }
    });
  });
});

/** The last message ends with what was waited for, and its buttons are the ones that still count. */
function expectAskedAgain(asha: Chat, before: ConversationState, said: string): void {
  const scene: Scene = sceneOf(asha.facts(), asha.state());
  const ask = waitingAsk(before, scene);
  if (ask === null) return;
  const last = asha.replies().at(-1);
  const isProposal = before.pending?.kind === 'confirm_order' || before.pending?.kind === 'short_of_credit';
  // A proposal may be shown whole instead of being called to mind.
  if (!isProposal) expect(last && wordsOf(last).endsWith(ask.body), said).toBe(true);
  const ids = (choices: readonly { id: string }[]): string[] => choices.map(({ id }) => id);
  if (ask.kind === 'buttons') expect(last?.kind === 'buttons' && ids(last.buttons), said).toEqual(ids(ask.buttons));
  if (ask.kind === 'list') expect(last?.kind === 'list' && ids(last.rows), said).toEqual(ids(ask.rows));
}
