import { fitTitle } from '../shared/message-limits.ts';
import { formatMinor } from '../shared/money.ts';
import { templateReply } from '../templates/template-reply.ts';
import { writeButtonId } from './button-ids.ts';
import { type Draft, leftMinor, type Scene, say } from './scene.ts';
import type { ConversationState, MoneyNews } from './types.ts';

type Cancelled = Extract<MoneyNews, { kind: 'order_cancelled' }>;

/** Characters of a reason that the shop reads; the ledger has all of it. */
const REASON_MAX = 200;

/** Tells a shop that the wholesaler cancelled its order, why, and what is back on its credit. */
export function cancelledByOthers(state: ConversationState, news: Cancelled, scene: Scene): Draft {
  const { cancellation } = scene.t.money;
  const { retailer, account, wholesaler } = scene.facts;
  const { number, releasedMinor } = news;
  const money = (minor: bigint): string => formatMinor(minor, news.currency, scene.locale);
  const amount = money(news.amountMinor);
  const available = money(leftMinor(news.availableMinor ?? account?.availableMinor ?? 0n));
  // The text ends the sentence itself.
  const reason = fitTitle(news.reason.replaceAll(/\s+/gu, ' '), REASON_MAX).replace(/[.\s]+$/u, '');
  const draft = say(state, [
    cancellation.byWholesaler({ number, amount, reason, wholesaler: wholesaler.name }),
    ...(releasedMinor === null ? [] : [cancellation.back({ released: money(releasedMinor), available })]),
  ]);
  // Outside the 24 hours it costs a template, so there the wholesaler decides whether it goes.
  if (!wholesaler.policies.notices.send.includes('order_cancelled')) return draft;
  const outsideWindow = templateReply('order_cancelled', {
    language: scene.language,
    values: { shop: retailer?.name ?? '', order: String(number), amount, reason, available },
    payloads: { human: writeButtonId({ act: 'ask', what: 'human' }) },
  });
  return { ...draft, outsideWindow };
}
