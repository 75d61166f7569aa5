import { assertNever } from '../shared/assert.ts';
import { formatMinor, formatWithCurrency } from '../shared/money.ts';
import { templateReply } from '../templates/template-reply.ts';
import { writeButtonId } from './button-ids.ts';
import { cancelledByOthers } from './hear-cancelled.ts';
import { methodText } from './hear-claim.ts';
import { delivered } from './hear-delivered.ts';
import { type Draft, leftMinor, type Scene, say, wordsText } from './scene.ts';
import type { ConversationEvent, ConversationState, MoneyNews } from './types.ts';

const KINDS = ['payment_recorded', 'claim_refused', 'order_delivered', 'order_cancelled'] as const;
/** Debts that a receipt names; the rest is counted. */
const DEBTS_NAMED = 5;

/** Whether an event is about a shop's money. */
export function isMoneyNews(event: ConversationEvent): event is MoneyNews {
  return KINDS.some((kind) => kind === event.kind);
}

/**
 * Tells a shop what happened to its money. Nobody asked, so whatever else is open in the chat stays as it is. Said only to
 * that shop: a number may have changed hands since.
 */
export function hearMoneyNews(state: ConversationState, news: MoneyNews, scene: Scene): Draft {
  if (scene.facts.retailer?.id !== news.retailerId) return say(state, []);
  switch (news.kind) {
    case 'payment_recorded':
      return receipt(state, news, scene);
    case 'claim_refused':
      return say(state, [refusedText(news, scene)]);
    case 'order_delivered':
      return delivered(state, news, scene);
    case 'order_cancelled':
      return cancelledByOthers(state, news, scene);
    default:
      return assertNever(news);
  }
}

type Of<Kind extends MoneyNews['kind']> = Extract<MoneyNews, { kind: Kind }>;

function receipt(state: ConversationState, news: Of<'payment_recorded'>, scene: Scene): Draft {
  const { receipt: texts } = scene.t.money;
  const money = (minor: bigint): string => formatMinor(minor, news.currency, scene.locale);
  const { reference } = news;
  const named = news.debts.slice(0, DEBTS_NAMED);
  const more = news.debts.length - named.length + news.debtsLeftOut;
  const lines = [
    texts.received({
      amount: money(news.amountMinor),
      method: methodText(news.method, scene),
      reference: reference === null ? null : wordsText(reference),
    }),
    ...named.map(({ orderNumber, amountMinor, restMinor }) =>
      texts.paidOff({
        order: orderNumber,
        amount: money(amountMinor),
        rest: restMinor === 0n ? null : money(restMinor),
      }),
    ),
    ...(more > 0 ? [texts.moreDebts({ count: more })] : []),
    ...(news.keptMinor > 0n ? [texts.kept({ amount: money(news.keptMinor) })] : []),
    texts.stands({ owed: money(news.owedMinor), available: money(leftMinor(news.availableMinor)) }),
  ];
  return { ...say(state, lines), ...byTemplate(news, scene) };
}

/** Outside the 24 hours it costs a template, so there the wholesaler decides whether it goes. */
function byTemplate(news: Of<'payment_recorded'>, scene: Scene): Pick<Draft, 'outsideWindow'> {
  if (!scene.facts.wholesaler.policies.notices.send.includes('payment_received')) return {};
  const full = (minor: bigint): string => formatWithCurrency(minor, news.currency, scene.locale);
  const outsideWindow = templateReply('payment_received', {
    language: scene.language,
    values: {
      shop: shopOf(scene),
      amount: full(news.amountMinor),
      owed: full(news.owedMinor),
      available: full(leftMinor(news.availableMinor)),
    },
    payloads: { statement: writeButtonId({ act: 'ask', what: 'statement' }) },
  });
  return { outsideWindow };
}

function refusedText({ amountMinor, currency, reference, reason }: Of<'claim_refused'>, scene: Scene): string {
  return scene.t.money.claim.refused({
    amount: amountMinor === null ? null : formatMinor(amountMinor, currency, scene.locale),
    reference: reference === null ? null : wordsText(reference),
    // The text ends the sentence itself.
    reason: reason.replace(/[.\s]+$/u, ''),
    wholesaler: scene.facts.wholesaler.name,
  });
}

const shopOf = ({ facts }: Scene): string => facts.retailer?.name ?? '';
