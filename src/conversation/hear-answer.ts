import type { Clarify, LineAct, ParsedLine, ParseResult } from '../parser/index.ts';
import { changeCart, type Wanted } from './cart.ts';
import { noteChoice } from './learning.ts';
import { toOpenQuestion } from './parser-state.ts';
import { judgeQuantity, toMilli, unitOf } from './quantities.ts';
import { soleProduct } from './questions.ts';
import { type Draft, type Scene, wordsText } from './scene.ts';
import { resume, settle } from './settle.ts';
import type { ConversationState, OpenQuestion, Pending } from './types.ts';

type Asked = Extract<Pending, { kind: 'question' }>;

type Said = { sku: string; quantity: number | null; unit: string | null };
type Answer = Said & { act: LineAct };

/** What a message says about the open question, and what it says besides. */
type Reading = {
  /** The product that answers the question; quantity and unit fall back to the remembered ones. */
  answer: Answer | null;
  /** The same question with less doubt: fewer candidates, other words, or only the quantity missing. */
  narrowed: OpenQuestion | null;
  restLines: ParsedLine[];
  restClarify: Clarify[];
};

/** Sorts what was parsed while `question` was open into its answer and the rest. */
export function readAnswer(question: OpenQuestion, parsed: ParseResult): Reading {
  const isCandidate = (sku: string) => question.candidates.includes(sku);
  // A question without candidates ("I can't find ...") is answered by whatever product is ordered next; "change the coke
  // to 7" speaks of the cart.
  const isOpen = question.candidates.length === 0;
  const isOrdered = ({ act }: { act: LineAct }) => isOpen && act === 'add';
  const line = parsed.lines.find(({ sku }) => isCandidate(sku)) ?? parsed.lines.find(isOrdered);
  const restLines = parsed.lines.filter((other) => other !== line);
  if (line !== undefined) return { answer: line, narrowed: null, restLines, restClarify: parsed.clarify };
  const about = parsed.clarify.find(
    (clarify) => isOrdered(clarify) || (clarify.candidates.length > 0 && clarify.candidates.every(isCandidate)),
  );
  if (about === undefined) return { answer: null, narrowed: null, restLines, restClarify: parsed.clarify };
  const restClarify = parsed.clarify.filter((other) => other !== about);
  const [sku] = about.candidates;
  // What goes out goes out whole, where no quantity was said.
  const needsNone = question.quantityMilli !== null || question.act === 'remove';
  if (about.kind === 'quantity' && sku !== undefined && needsNone) {
    return {
      answer: { sku, quantity: null, unit: about.unit, act: about.act },
      narrowed: null,
      restLines,
      restClarify,
    };
  }
  const narrowed = remember(toOpenQuestion(about, question.act), question, isOpen);
  return { answer: null, narrowed, restLines, restClarify };
}

/** A choice by number or tap: the candidate with the quantity that was asked for in the first place. */
export function choose(state: ConversationState, asked: Asked, choice: number, scene: Scene): Draft {
  const sku = asked.question.candidates[choice - 1];
  if (sku === undefined) return resume(state, [], scene);
  return resolve(state, asked, wantedOf(asked.question, { sku, quantity: null, unit: null }), scene);
}

/** "Yes" to the open question: takes the only candidate, the nearest allowed quantity, or the surprising one. */
export function accept(state: ConversationState, asked: Asked, scene: Scene): Draft {
  const { question } = asked;
  const product = soleProduct(question, scene);
  if (product === null || question.quantityMilli === null) {
    const sku = product?.sku;
    // Without a quantity a yes can still settle which product is meant; the quantity is then asked for.
    if (sku === undefined || question.kind === 'quantity') return resume(state, [], scene);
    return resolve(state, asked, wantedOf(question, { sku, quantity: null, unit: null }), scene);
  }
  const unit = unitOf(product, question.unit);
  const { quantityCap: cap } = scene.facts.wholesaler.policies;
  const verdict = judgeQuantity(product, { quantityMilli: question.quantityMilli, unit }, { cap });
  if (verdict.kind === 'impossible') return resume(state, [], scene);
  const taken = verdict.kind === 'off_step' ? verdict.nearest : { quantityMilli: question.quantityMilli, unit };
  const isChecked = question.kind === 'check_quantity';
  // A nearest quantity is one the person has seen and agreed to, but only where it was the question.
  const wanted = isChecked ? taken : { quantityMilli: question.quantityMilli, unit: question.unit };
  return resolve(state, asked, { sku: product.sku, act: question.act, sure: isChecked, ...wanted }, scene);
}

/** "No" to the open question: its line is left out and the next one is asked. */
export function leaveOut(state: ConversationState, asked: Asked, scene: Scene): Draft {
  const note = scene.t.questions.leftOut({ words: wordsText(asked.question.text) });
  const change = changeCart(state.cart, [], scene);
  return settle(
    { ...state, notUnderstood: 0 },
    change,
    { queue: asked.queue, isConfirmed: false, notes: [note] },
    scene,
  );
}

/** What the retailer wants after the question is answered; said quantity and unit win over the remembered ones. */
export function wantedOf(question: OpenQuestion, { sku, quantity, unit }: Said): Wanted {
  const quantityMilli = quantity === null ? question.quantityMilli : toMilli(quantity);
  return { sku, quantityMilli, unit: unit ?? question.unit, act: question.act };
}

function resolve(state: ConversationState, asked: Asked, wanted: Wanted, scene: Scene): Draft {
  const change = changeCart(state.cart, [wanted], scene);
  const chosen = noteChoice({ ...state, notUnderstood: 0 }, asked.question, wanted.sku);
  // A chosen answer leaves no doubt: what the wholesaler lets through when it is clear may go through now.
  const isConfirmed = scene.facts.wholesaler.policies.confirm !== 'always';
  return settle(chosen, change, { queue: asked.queue, isConfirmed }, scene);
}

/** The narrowed question keeps the quantity that was said first, and the words that are in question. */
function remember(next: OpenQuestion, before: OpenQuestion, isOpen: boolean): OpenQuestion {
  const words = isOpen ? next.words : before.words;
  if (next.quantityMilli !== null || before.quantityMilli === null) return { ...next, words };
  return { ...next, words, quantityMilli: before.quantityMilli, unit: next.unit ?? before.unit };
}
