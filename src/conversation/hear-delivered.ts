import { formatMinor } from '../shared/money.ts';
import { templateReply } from '../templates/template-reply.ts';
import { writeButtonId } from './button-ids.ts';
import { dayText } from './dates.ts';
import { type Draft, leftMinor, quantityText, type Scene, say, wordsText } from './scene.ts';
import { setApart } from './texts/right-to-left.ts';
import type { ConversationState, GoodsLine, MoneyNews } from './types.ts';

type Delivered = Extract<MoneyNews, { kind: 'order_delivered' }>;

/** Tells a shop what came of its order, what of it is charged, and what became of the rest. */
export function delivered(state: ConversationState, news: Delivered, scene: Scene): Draft {
  const { delivery } = scene.t.money;
  const { number, outcome } = news;
  const amount = moneyOf(news, scene, news.amountMinor);
  const due = news.dueOn === null ? null : dayText(news.dueOn, scene);
  const draft =
    outcome === 'whole'
      ? say(state, [delivery.whole({ number, amount, due })])
      : say(state, [delivery.part({ number, amount, due }), ...partLines(news, scene)]);
  return { ...draft, ...byTemplate(news, scene) };
}

function partLines(news: Delivered, scene: Scene): string[] {
  const { delivery, receipt } = scene.t.money;
  const rest = moneyOf(news, scene, news.restMinor);
  const listed = (lines: readonly GoodsLine[], leftOut: number): string[] => [
    ...lines.map((line) => delivery.missingLine(goodsOf(line, scene))),
    ...(leftOut > 0 ? [receipt.moreDebts({ count: leftOut })] : []),
  ];
  return [
    ...(news.came.length === 0 ? [] : [delivery.came, ...listed(news.came, news.cameLeftOut)]),
    ...(news.missing.length === 0
      ? [`${delivery.missing} ${delivery.missingAmount({ amount: rest })}`]
      : [delivery.missing, ...listed(news.missing, news.missingLeftOut)]),
    news.outcome === 'rest_kept' ? delivery.kept({ amount: rest }) : delivery.released({ amount: rest }),
  ];
}

/** Outside the 24 hours it costs a template, so there the wholesaler decides whether it goes. */
function byTemplate(news: Delivered, scene: Scene): Pick<Draft, 'outsideWindow'> {
  const { retailer, wholesaler } = scene.facts;
  if (!wholesaler.policies.notices.send.includes('order_delivered')) return {};
  const { language } = scene;
  const money = (minor: bigint): string => moneyOf(news, scene, minor);
  const common = { shop: retailer?.name ?? '', order: String(news.number), amount: money(news.amountMinor) };
  const available = money(leftMinor(news.availableMinor));
  const payloads = { human: writeButtonId({ act: 'ask', what: 'human' }) };
  switch (news.outcome) {
    case 'whole': {
      const values = { ...common, owed: money(news.owedMinor), available };
      return { outsideWindow: templateReply('order_delivered', { language, values, payloads: {} }) };
    }
    case 'rest_kept': {
      const values = { ...common, missing: missingOf(news, scene), held: money(news.restMinor) };
      return { outsideWindow: templateReply('order_part_open', { language, values, payloads }) };
    }
    case 'rest_released': {
      const values = { ...common, missing: missingOf(news, scene), available };
      return { outsideWindow: templateReply('order_part_closed', { language, values, payloads }) };
    }
  }
}

/** What is missing, on one line. */
function missingOf(news: Delivered, scene: Scene): string {
  const { delivery, receipt } = scene.t.money;
  if (news.missing.length === 0) return delivery.missingAmount({ amount: moneyOf(news, scene, news.restMinor) });
  const lines = news.missing.map((line) => {
    const { product, quantity } = goodsOf(line, scene);
    return `${setApart(product, scene.locale)} (${quantity})`;
  });
  const more = news.missingLeftOut > 0 ? [receipt.moreDebts({ count: news.missingLeftOut })] : [];
  return new Intl.ListFormat(scene.locale, { type: 'unit', style: 'short' }).format([...lines, ...more]);
}

const goodsOf = ({ name, unit, quantityMilli }: GoodsLine, scene: Scene) => ({
  product: wordsText(name),
  quantity: quantityText(quantityMilli, unit, scene),
});

const moneyOf = ({ currency }: Delivered, { locale }: Scene, minor: bigint): string =>
  formatMinor(minor, currency, locale);
