import { formatMinor } from '../shared/money.ts';
import { slipAsk } from './claim-ask.ts';
import { dayOfText } from './dates.ts';
import { understood } from './hear-unknown.ts';
import { readPayment, type SaidPayment } from './read-payment.ts';
import { type Draft, type Scene, say, wordsText } from './scene.ts';
import { resume } from './settle.ts';
import type { ClaimPayment, ConversationEvent, ConversationState, Pending } from './types.ts';

type Asked = Extract<Pending, { kind: 'claim' }>;
type Answered = Extract<ConversationEvent, { kind: 'claim_answered' }>;

const NOTHING_SAID = { method: null, reference: null };

/** Hears that something was paid: passed on to the cashier where it was said how much, else asked for. */
export function hearPaid(state: ConversationState, body: string, scene: Scene): Draft {
  const { account, wholesaler } = scene.facts;
  if (account === null)
    return resume(understood(state), [scene.t.account.missing({ wholesaler: wholesaler.name })], scene);
  const said = readPayment(body, wholesaler.currency);
  const asked = state.pending?.kind === 'claim' ? state.pending : null;
  if (said.amountMinor !== null) return claim(state, said, asked);
  return askHowMuch(understood(state), { ...(asked ?? unasked(scene)), ...known(said, asked) }, [], scene);
}

/** A bare amount is the answer to how much was paid; anything else is read as usual, and the question stays open. */
export function hearHowMuch(state: ConversationState, asked: Asked, body: string, scene: Scene): Draft | null {
  const said = readPayment(body, scene.facts.wholesaler.currency);
  return said.isBare && said.amountMinor !== null ? claim(state, said, asked) : null;
}

/** A picture with words about a payment, or in answer to how much was paid, is its slip. Null: it is about something else. */
export function hearSlip(state: ConversationState, photo: string, caption: string | null, scene: Scene): Draft | null {
  const asked = state.pending?.kind === 'claim' ? state.pending : null;
  if (scene.facts.account === null) return null;
  if (caption !== null)
    return claim(state, readPayment(caption, scene.facts.wholesaler.currency), withPhoto(asked, photo));
  if (asked !== null) return claim(state, { amountMinor: null, ...known(null, asked) }, withPhoto(asked, photo));
  // In the middle of an order a picture is more likely a list of goods.
  if (state.pending !== null || state.cart.length > 0) return null;
  const pending = { ...unasked(scene), photo };
  return say({ ...understood(state), pending }, [], slipAsk(photo, scene));
}

/** Yes, the picture is a slip: the cashier gets it at once, and how much it was is asked. */
export function acceptSlip(state: ConversationState, asked: Asked, scene: Scene): Draft {
  if (asked.photo === null || asked.claimId !== null) return resume(state, [], scene);
  return claim(state, { amountMinor: null, ...known(null, asked) }, asked);
}

/** No slip, or nothing paid after all. What the cashier got already stays with the cashier. */
export function declineSlip(state: ConversationState, asked: Asked, scene: Scene): Draft {
  const isPicture = asked.photo !== null && asked.claimId === null;
  return resume({ ...state, pending: null }, [isPicture ? scene.t.money.claim.noSlip : scene.t.talk.allRight], scene);
}

/** Hears what became of a claim, and goes on with whatever else was open. */
export function hearClaimAnswered(state: ConversationState, { claim: made, answer }: Answered, scene: Scene): Draft {
  const texts = scene.t.money.claim;
  const wholesaler = scene.facts.wholesaler.name;
  const isOpen = state.pending === null || state.pending.kind === 'claim';
  const after = isOpen ? { ...state, pending: null } : state;
  if (answer.kind === 'again') {
    const date = dayOfText(answer.claimedAt, scene);
    return resume(after, [texts.again({ date, state: answer.state, wholesaler })], scene);
  }
  if (made.amountMinor === null) {
    const { method, reference, photo } = made;
    const asked = { ...unasked(scene), method, reference, photo, claimId: answer.claimId };
    return askHowMuch(state, asked, [texts.photoNoted({ wholesaler })], scene);
  }
  const noted = texts.noted({
    amount: formatMinor(made.amountMinor, scene.facts.wholesaler.currency, scene.locale),
    method: methodText(made.method, scene),
    reference: made.reference === null ? null : wordsText(made.reference),
    wholesaler,
  });
  return resume(after, [noted], scene);
}

/** How it was paid, in the retailer's language; the wholesaler's own word as it stands, "none" where nobody said. */
export function methodText(method: string | null, scene: Scene): string {
  return method === null ? 'none' : scene.t.money.claim.method({ method });
}

function askHowMuch(state: ConversationState, asked: Asked, lines: string[], scene: Scene): Draft {
  const { howMuch } = scene.t.money.claim;
  // Another question is not given up for this one: "paid 5000" answers it at any time.
  if (state.pending !== null && state.pending.kind !== 'claim') return resume(state, [...lines, howMuch], scene);
  return say({ ...state, pending: asked }, [...lines, howMuch]);
}

function claim(
  state: ConversationState,
  { amountMinor, method, reference }: { amountMinor: bigint | null; method: string | null; reference: string | null },
  asked: Asked | null,
): Draft {
  const effect: ClaimPayment = {
    kind: 'claim_payment',
    completes: asked?.claimId ?? null,
    amountMinor,
    method: method ?? asked?.method ?? null,
    reference: reference ?? asked?.reference ?? null,
    photo: asked?.photo ?? null,
  };
  return { next: understood(state), lines: [], ask: null, effect };
}

function unasked(scene: Scene): Asked {
  return { kind: 'claim', askedAtMs: scene.facts.now.getTime(), photo: null, claimId: null, ...NOTHING_SAID };
}

function withPhoto(asked: Asked | null, photo: string): Asked {
  return { kind: 'claim', askedAtMs: 0, claimId: null, ...NOTHING_SAID, ...asked, photo: asked?.photo ?? photo };
}

function known(said: SaidPayment | null, asked: Asked | null): Pick<Asked, 'method' | 'reference'> {
  return {
    method: said?.method ?? asked?.method ?? null,
    reference: said?.reference ?? asked?.reference ?? null,
  };
}
