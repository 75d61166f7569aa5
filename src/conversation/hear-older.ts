/**
 * Answers to a message of ours that is not the newest. "2" and "yes" mean what they mean there, so they are held against
 * that message and never against what is being asked now; and since it is over, they are answered and not obeyed.
 */
import { parse } from '../parser/index.ts';
import { type ButtonId, readButtonId } from './button-ids.ts';
import { choicesOf } from './compose.ts';
import { askToCancel } from './hear-cancel.ts';
import { hearTap } from './hear-tap.ts';
import { understood } from './hear-unknown.ts';
import { toParserState } from './parser-state.ts';
import { type Draft, type Scene, say } from './scene.ts';
import { resume, waitingAsk } from './settle.ts';
import type { ConversationState, OrderSummary, Quoted } from './types.ts';

/** "2", "4 cases": an answer to a question, wherever it was asked. */
const BARE_NUMBER = /^\P{L}{0,3}\p{Nd}+(?:[.,]\p{Nd}+)?\s*\p{L}{0,12}\P{L}{0,3}$/u;

/** The older message that is answered; null where none is, or where it asks what is being asked now. */
export function olderQuoted(state: ConversationState, scene: Scene): Quoted | null {
  const { quoted } = scene.facts;
  if (quoted === null || quoted.ours?.isNewest === true) return null;
  return isBeingAsked(quoted, state, scene) ? null : quoted;
}

/** Whether a message asks what is being asked now. */
export function isBeingAsked({ ours }: Quoted, state: ConversationState, scene: Scene): boolean {
  const ask = waitingAsk(state, scene);
  if (ask === null || ours === null) return false;
  const [first] = choicesOf(ask);
  return first === undefined ? ours.body.endsWith(ask.body) : ours.choices.includes(first.id);
}

/** Hears a yes, a no, a number or a cancel that belongs to `quoted`; null for anything that speaks for itself. */
export function hearOlder(state: ConversationState, body: string, quoted: Quoted, scene: Scene): Draft | null {
  const isNumber = BARE_NUMBER.test(body.trim());
  const parserState = { ...toParserState(state, scene.facts), pending: null };
  const { index } = scene.facts.catalogue;
  const parsed = parse(body, { index, state: parserState, language: scene.language });
  const saysMore = parsed.lines.length > 0 || parsed.clarify.length > 0;
  if (!isNumber && (saysMore || !['confirm', 'decline', 'cancel'].includes(parsed.intent))) return null;
  const buttons = (quoted.ours?.choices ?? []).map(readButtonId).filter((button) => button !== null);
  const order = orderOf(quoted, buttons, scene);
  if (order !== undefined && parsed.intent === 'cancel') return askToCancel(understood(state), order, scene);
  const tapped = order === undefined ? undefined : quoted.ours?.choices.find(isConfirm);
  // A yes to a proposal that became an order: the order is named, and nothing is ordered twice.
  if (tapped !== undefined && parsed.intent === 'confirm') return hearTap(state, tapped, scene);
  return nothingDone(understood(state), scene);
}

function isConfirm(id: string): boolean {
  return readButtonId(id)?.act === 'confirm';
}

/** The order that the message is about: the one its buttons proposed, asked about, or the only one that it names. */
function orderOf(quoted: Quoted, buttons: readonly ButtonId[], scene: Scene): OrderSummary | undefined {
  const { orders } = scene.facts;
  const ids = buttons.flatMap((button) => ('orderId' in button ? [button.orderId] : []));
  const byButton = orders.find(({ id }) => ids.includes(id));
  if (byButton !== undefined || ids.length > 0) return byButton;
  const numbers = (quoted.ours?.body.match(/\d+/g) ?? []).map(Number);
  const named = orders.filter(({ number }) => numbers.includes(number));
  return named.length === 1 ? named[0] : undefined;
}

function nothingDone(state: ConversationState, scene: Scene): Draft {
  const note = scene.t.older.nothingDone;
  const isIdle = state.pending === null && state.cart.length === 0;
  return isIdle ? say(state, [note]) : resume(state, [note], scene);
}
