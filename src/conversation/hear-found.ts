import { assertNever } from '../shared/assert.ts';
import { formatMinor, formatWithCurrency } from '../shared/money.ts';
import { templateReply } from '../templates/template-reply.ts';
import { writeButtonId } from './button-ids.ts';
import { dayOfText, dayText, periodText, whenText } from './dates.ts';
import { dueLines } from './due-lines.ts';
import { balanceLines, whyLines } from './hear-ask.ts';
import { hearOlderOrder } from './hear-older-order.ts';
import { type Draft, quantityText, type Scene, wordsText } from './scene.ts';
import { resume } from './settle.ts';
import { balanceText, type StatementFound, statementLines } from './statement-lines.ts';
import type { ConversationState, DecisionFound, Dues, Found } from './types.ts';

/** Hears what was looked up for the person, in the order in which they asked, and goes on with whatever was open. */
export function hearFound(state: ConversationState, found: readonly Found[], scene: Scene): Draft {
  const [first] = found;
  if (first?.kind === 'statement') return hearStatement(state, first, scene);
  if (first?.kind === 'older_order') return hearOlderOrder(state, first, scene);
  const parts = found.map((one) => linesOf(one, scene));
  return resume(
    state,
    parts.flatMap((lines, at) => (at === 0 ? lines : ['', ...lines])),
    scene,
  );
}

/** The statement as one message: the PDF, and under it what it comes to. What was being asked is asked again after it. */
function hearStatement(state: ConversationState, found: StatementFound, scene: Scene): Draft {
  const { summary, fileId, filename } = found;
  const lines = statementLines(found, scene);
  if (summary === null || fileId === null) return resume(state, lines, scene);
  const draft = { ...resume(state, [], scene), document: { fileId, filename, caption: lines.join('\n') } };
  const full = (minor: bigint): string => formatWithCurrency(minor, summary.currency, scene.locale);
  // The template ends the sentence itself, and has marks of its own.
  const balance = balanceText(summary.closingBalanceMinor, full, scene).replaceAll('*', '').replace(/[.।]$/u, '');
  const outsideWindow = templateReply('statement_ready', {
    language: scene.language,
    values: { shop: scene.facts.retailer?.name ?? '', period: periodText(summary, scene), balance },
    payloads: { send: writeButtonId({ act: 'ask', what: 'statement' }) },
  });
  return { ...draft, outsideWindow };
}

function linesOf(found: Found, scene: Scene): string[] {
  switch (found.kind) {
    case 'dues':
      return [...balanceLines(scene), ...dueLines(found.dues, scene)];
    case 'order':
      return orderFoundLines(found, scene);
    case 'why':
      return decisionLines(found, scene);
    case 'statement':
      return statementLines(found, scene);
    case 'older_order':
      return [];
    default:
      return assertNever(found);
  }
}

/** One order: its lines, what is missing, what was charged and what is kept for the rest. */
function orderFoundLines({ number, order }: Extract<Found, { kind: 'order' }>, scene: Scene): string[] {
  const { account, cancelling } = scene.t;
  const texts = scene.t.money.order;
  if (order === null) return [cancelling.notFound({ number })];
  const lines = [
    account.order({
      number,
      status: account.status({ status: order.status }),
      amount: scene.money(order.amountMinor),
      date: dayOfText(order.placedAt, scene),
    }),
    ...order.lines.map(({ name, unit, quantityMilli }, at) =>
      texts.line({
        position: at + 1,
        product: wordsText(name),
        quantity: quantityText(quantityMilli, unit, scene),
        missing: null,
      }),
    ),
  ];
  if (order.linesLeftOut > 0) lines.push(texts.moreLines({ count: order.linesLeftOut }));
  if (order.chargedMinor > 0n) {
    const due = order.dueOn === null ? null : dayText(order.dueOn, scene);
    lines.push(texts.charged({ amount: scene.money(order.chargedMinor), due }));
  }
  if (order.chargedMinor > 0n && order.heldMinor > 0n) {
    lines.push(texts.kept({ amount: scene.money(order.heldMinor) }));
  }
  return lines;
}

/** Why an order was refused, or not, in the arithmetic of the credit lock; how things stand now where nothing was. */
function decisionLines({ number, decision, dues }: Extract<Found, { kind: 'why' }>, scene: Scene): string[] {
  const { why } = scene.t.money;
  if (decision === null) {
    const none = number === null ? why.nothing : scene.t.cancelling.notFound({ number });
    return [none, ...whyLines(scene)];
  }
  const currency = decision.currency ?? scene.facts.wholesaler.currency;
  const money = (minor: bigint): string => formatMinor(minor, currency, scene.locale);
  const asked = why.asked({ when: whenText(decision.at, scene), amount: money(decision.amountMinor ?? 0n) });
  const sum = sumLine(decision, money, scene);
  if (decision.approved) return [asked, ...sum, why.fits({ number: decision.number })];
  return [asked, ...reasonLines(decision, { sum, money, dues }, scene)];
}

function sumLine(decision: DecisionFound, money: (minor: bigint) => string, scene: Scene): string[] {
  const { limitMinor, owedMinor, heldMinor, availableMinor, overrideMinor, heldFor } = decision;
  if (limitMinor === null || owedMinor === null || heldMinor === null || availableMinor === null) return [];
  const { why } = scene.t.money;
  const orders = heldFor.map((number) => why.order({ number })).join(`${scene.t.comma} `);
  return [
    why.sum({
      limit: money(limitMinor),
      owed: money(owedMinor),
      held: money(heldMinor),
      orders: orders === '' ? null : orders,
      granted: overrideMinor === 0n ? null : money(overrideMinor),
      available: money(availableMinor),
    }),
  ];
}

type Reasons = { sum: string[]; money: (minor: bigint) => string; dues: Dues | null };

function reasonLines(decision: DecisionFound, { sum, money, dues }: Reasons, scene: Scene): string[] {
  const { why } = scene.t.money;
  const wholesaler = scene.facts.wholesaler.name;
  switch (decision.code) {
    case 'INSUFFICIENT_CREDIT':
      return [...sum, ...(decision.shortByMinor === null ? [] : [why.short({ short: money(decision.shortByMinor) })])];
    case 'CREDIT_BLOCKED': {
      if (decision.because !== 'overdue') return [why.onHold({ wholesaler })];
      const overdue = decision.overdueMinor === null ? null : money(decision.overdueMinor);
      // What is past due now and was so then has been so since that day.
      const isSince = dues?.pastSince != null && Date.parse(`${dues.pastSince}T00:00:00Z`) < decision.at.getTime();
      return [why.overdue({ overdue, since: isSince ? dayText(dues.pastSince as string, scene) : null })];
    }
    case 'CREDIT_INACTIVE':
      return [why.inactive({ wholesaler })];
    case 'CREDIT_ACCOUNT_NOT_FOUND':
      return [scene.t.account.missing({ wholesaler })];
    default:
      return [why.otherwise({ wholesaler })];
  }
}
