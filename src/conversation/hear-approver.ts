import type { OpenApproval } from '../approvals/types.ts';
import { parse } from '../parser/index.ts';
import { templateReply } from '../templates/template-reply.ts';
import { readButtonId, writeButtonId } from './button-ids.ts';
import type { Ask } from './compose.ts';
import { dayOfText } from './dates.ts';
import { numbersIn } from './said-numbers.ts';
import { type Draft, isStale, type Scene, say, wordsText } from './scene.ts';
import type { AboutApprovals, ApprovalAnswer, ConversationEvent, ConversationState } from './types.ts';

/** What approvers are told, and what they answer. */
export function isAboutApprovals(event: ConversationEvent): event is AboutApprovals {
  return event.kind === 'approval_asked' || event.kind === 'approval_lapsed' || event.kind === 'approval_answered';
}

/** Hears what happened to a request, in the chat of an approver. */
export function hearAboutApprovals(state: ConversationState, event: AboutApprovals, scene: Scene): Draft {
  const { approvals } = scene.t;
  // The number may have changed hands since: what is asked, and who asks for it, is for approvers alone.
  if (scene.facts.approver === null) return say(state, []);
  switch (event.kind) {
    case 'approval_asked': {
      const asked = scene.facts.approvals.find(({ id }) => id === event.approvalId);
      return asked === undefined ? say(state, []) : askApprover(state, asked, scene);
    }
    case 'approval_lapsed':
      return say(state, [approvals.lapsedForApprover({ number: event.number, shop: wordsText(event.shop) })]);
    case 'approval_answered':
      return say(state, [answerText(event.answer, scene)]);
  }
}

/**
 * Hears an approver who writes or taps. Null where it is nothing about approvals and the person also has a shop: then it is
 * heard as that shop's. A bare yes or no answers a request only while nothing else is asked in the chat.
 */
export function hearApprover(state: ConversationState, event: ConversationEvent, scene: Scene): Draft | null {
  const { approver, retailer } = scene.facts;
  if (approver === null) return null;
  const word = wordOf(state, event, scene);
  if (word !== null) return answer(state, word, scene);
  return retailer === null ? remind(state, scene) : null;
}

/** `isBare`: a yes or no that says nothing of what it is about. */
type Word = { approve: boolean; approvalId: string | null; number: number | null; isBare?: true };

function wordOf(state: ConversationState, event: ConversationEvent, scene: Scene): Word | null {
  if (event.kind === 'tap') {
    const button = readButtonId(event.id);
    if (button?.act !== 'approve' && button?.act !== 'reject') return null;
    return { approve: button.act === 'approve', approvalId: button.approvalId, number: null };
  }
  if (event.kind !== 'text') return null;
  const said = event.body.trim().toLowerCase();
  const [number = null] = numbersIn(event.body);
  const begins = (title: string): boolean => said === title.toLowerCase() || said.startsWith(`${title.toLowerCase()} `);
  if (begins(scene.t.approvals.approve) || begins('approve')) return { approve: true, approvalId: null, number };
  if (begins(scene.t.approvals.reject) || begins('reject')) return { approve: false, approvalId: null, number };
  if (state.pending !== null || state.cart.length > 0 || scene.facts.approvals.length === 0) return null;
  const { intent } = parse(event.body, {
    index: scene.facts.catalogue.index,
    state: { cart: [], lastOrder: null, pending: { kind: 'confirm_order' }, usual: [] },
    language: scene.language,
    learned: [],
  });
  if (intent !== 'confirm' && intent !== 'decline') return null;
  return { approve: intent === 'confirm', approvalId: null, number, ...(number === null ? { isBare: true } : {}) };
}

function answer(state: ConversationState, { approve, approvalId, number, isBare }: Word, scene: Scene): Draft {
  const open = scene.facts.approvals;
  // In the chat of somebody who orders as well, an "ok" may thank for their own order.
  if (isBare === true && scene.facts.retailer !== null) return remind(state, scene);
  const named = number === null ? open : open.filter((one) => one.number === number);
  const [only] = named;
  const id = approvalId ?? (named.length === 1 ? only?.id : undefined);
  // A tap names its request, also one that is decided already: who did so is then the answer.
  if (id === undefined) return remind(state, scene);
  // What they meant may not be what waits by now, and credit would be granted by a word of an hour ago.
  const asked = open.find((one) => one.id === id);
  if (isStale(scene.facts) && asked !== undefined) {
    return askApprover(state, asked, scene, [scene.t.approvals.sentLongAgo]);
  }
  return { next: state, lines: [], ask: null, effect: { kind: 'decide_approval', approvalId: id, approve } };
}

/** What waits for this approver: the request itself where it is one, else how many. */
function remind(state: ConversationState, scene: Scene): Draft {
  const { approvals } = scene.t;
  const [first, ...others] = scene.facts.approvals;
  if (first === undefined) return say(state, [approvals.none]);
  if (others.length === 0) return askApprover(state, first, scene);
  const lines = scene.facts.approvals.map(({ number, shop, amountMinor }) => {
    return `${number}: ${wordsText(shop)}, ${scene.money(amountMinor)}`;
  });
  const count = scene.facts.approvals.length;
  return say(state, [approvals.several({ count, number: first.number }), ...lines]);
}

function askApprover(state: ConversationState, asked: OpenApproval, scene: Scene, notes: string[] = []): Draft {
  const { approvals } = scene.t;
  const { id: approvalId, number } = asked;
  const figures = {
    shop: wordsText(asked.shop),
    amount: scene.money(asked.amountMinor),
    short: scene.money(asked.shortMinor),
    limit: scene.money(asked.limitMinor),
    owed: scene.money(asked.owedMinor),
    held: scene.money(asked.heldMinor),
  };
  const lines = [...notes, approvals.ask({ ...figures, number })];
  if (asked.overdueMinor > 0n) lines.push(approvals.overdue({ amount: scene.money(asked.overdueMinor) }));
  lines.push(...historyLines(asked, scene));
  const approve = writeButtonId({ act: 'approve', approvalId });
  const reject = writeButtonId({ act: 'reject', approvalId });
  const ask: Ask = {
    kind: 'buttons',
    body: lines.join('\n'),
    buttons: [
      { id: approve, title: approvals.approve },
      { id: reject, title: approvals.reject },
    ],
  };
  const outsideWindow = templateReply('approval_request', {
    language: scene.language,
    values: { approver: wordsText(scene.facts.approver?.name ?? ''), order: String(number), ...figures },
    payloads: { approve, reject },
  });
  return { ...say(state, [], ask), outsideWindow };
}

function historyLines({ lastOrders, lastPayments }: OpenApproval, scene: Scene): string[] {
  const { approvals, account } = scene.t;
  if (lastOrders.length === 0 && lastPayments.length === 0) return [approvals.noHistory];
  const orders = lastOrders.map(({ number, status, amountMinor, placedAt }) => {
    const said = { number, status: account.status({ status }), amount: scene.money(amountMinor) };
    return account.order({ ...said, date: dayOfText(placedAt, scene) });
  });
  const payments = lastPayments.map(({ amountMinor, receivedAt }) =>
    approvals.payment({ date: dayOfText(receivedAt, scene), amount: scene.money(amountMinor) }),
  );
  return [
    ...(orders.length === 0 ? [] : [`${approvals.lastOrders}:`, ...orders]),
    ...(payments.length === 0 ? [] : [`${approvals.lastPayments}:`, ...payments]),
  ];
}

const WHY: Readonly<Record<string, 'blocked' | 'inactive' | 'short'>> = {
  CREDIT_BLOCKED: 'blocked',
  CREDIT_INACTIVE: 'inactive',
  INSUFFICIENT_CREDIT: 'short',
};

function answerText(answered: ApprovalAnswer, scene: Scene): string {
  const { approvals } = scene.t;
  if (answered.kind === 'not_found') return approvals.none;
  const { number, amountMinor } = answered;
  const shop = wordsText(answered.shop);
  switch (answered.kind) {
    case 'approved':
      return approvals.youApproved({ number, shop, amount: scene.money(amountMinor) });
    case 'rejected':
      return approvals.youRejected({ number, shop });
    case 'refused':
      return approvals.lockRefused({ number, shop, why: WHY[answered.code] ?? 'other' });
    case 'already':
      return approvals.decided({ number, shop, outcome: answered.state, by: answered.by });
  }
}
