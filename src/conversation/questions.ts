import { minimumOf, stepOf } from '../orders/quantity-rules.ts';
import { fitTitle, INTERACTIVE_BODY_MAX, ROW_DESCRIPTION_MAX, ROW_TITLE_MAX } from '../shared/message-limits.ts';
import { type ButtonId, writeButtonId } from './button-ids.ts';
import type { Ask } from './compose.ts';
import { judgeQuantity, unitOf, unitPrice } from './quantities.ts';
import { countText, productName, quantityText, type Scene, wordsText } from './scene.ts';
import type { CatalogueProduct, ConversationState, OpenQuestion } from './types.ts';

/** More unclear lines than this in one message are not asked one by one: the retailer is told to send them again. */
const QUEUE_MAX = 20;

/** Asks `question` next, keeping `queue` behind it. The same question asked again keeps its numbers and its version. */
export function asking(
  state: ConversationState,
  question: OpenQuestion,
  queue: OpenQuestion[],
  scene: Scene,
): ConversationState {
  const { pending } = state;
  const isSame = pending?.kind === 'question' && JSON.stringify(pending.question) === JSON.stringify(question);
  return {
    ...state,
    cartVersion: isSame ? state.cartVersion : state.cartVersion + 1,
    pending: { kind: 'question', askedAtMs: scene.facts.now.getTime(), question, queue: queue.slice(0, QUEUE_MAX) },
  };
}

/** How many of the questions behind the first are too many to ask. */
export function overflow(queue: readonly OpenQuestion[]): number {
  return Math.max(0, queue.length - QUEUE_MAX);
}

/** The question in words, with what it takes to answer by a tap. */
export function questionAsk(question: OpenQuestion, cartVersion: number, scene: Scene): Ask {
  const sole = soleProduct(question, scene);
  switch (question.kind) {
    case 'quantity':
      return sole === null ? unknownAsk(question, scene) : { kind: 'words', body: howMany(sole, scene) };
    case 'check_quantity':
      return sole === null ? unknownAsk(question, scene) : checkAsk(question, sole, cartVersion, scene);
    case 'product':
    case 'unknown_product':
      if (question.candidates.length === 0) return unknownAsk(question, scene);
      return sole === null ? chooseAsk(question, cartVersion, scene) : didYouMean(question, sole, cartVersion, scene);
  }
}

/** The one product that a question is about; null when it is about several or none. */
export function soleProduct(question: OpenQuestion, scene: Scene): CatalogueProduct | null {
  const [sku, ...others] = question.candidates;
  if (sku === undefined || others.length > 0) return null;
  return scene.facts.catalogue.products.get(sku) ?? null;
}

/** The quantity that a question remembers; null where none was said, or where the repeated words hold it anyway. */
function remembered({ quantityMilli, unit, text }: OpenQuestion, scene: Scene): string | null {
  if (quantityMilli === null) return null;
  const numbers = text.normalize('NFKC').match(/\d+(\.\d+)?/g) ?? [];
  if (numbers.some((number) => Number(number) * 1000 === quantityMilli)) return null;
  return unit === null ? countText(quantityMilli, scene) : quantityText(quantityMilli, unit, scene);
}

function unknownAsk(question: OpenQuestion, scene: Scene): Ask {
  const body = scene.t.questions.unknownProduct({
    words: wordsText(question.text),
    quantity: remembered(question, scene),
  });
  return { kind: 'words', body };
}

function howMany(product: CatalogueProduct, scene: Scene): string {
  return scene.t.questions.howMany({ product: productName(product), units: unitNames(product, scene) });
}

/** The product's units as a choice ("case or piece"); null where there is nothing to choose. */
function unitNames(product: CatalogueProduct, scene: Scene): string | null {
  const units = Object.keys(product.units).map((unit) => scene.t.unitName(unit));
  return units.length > 1 ? choiceFormat(scene.locale).format(units) : null;
}

const choiceFormats = new Map<string, Intl.ListFormat>();

function choiceFormat(locale: string): Intl.ListFormat {
  const known = choiceFormats.get(locale);
  if (known !== undefined) return known;
  const made = new Intl.ListFormat(locale, { type: 'disjunction' });
  choiceFormats.set(locale, made);
  return made;
}

function checkAsk(question: OpenQuestion, product: CatalogueProduct, cartVersion: number, scene: Scene): Ask {
  const { questions } = scene.t;
  const unit = unitOf(product, question.unit);
  const quantityMilli = question.quantityMilli ?? 0;
  const verdict = judgeQuantity(product, { quantityMilli, unit }, { cap: scene.facts.wholesaler.policies.quantityCap });
  const asked = quantityText(quantityMilli, unit, scene);
  const name = productName(product);
  if (verdict.kind === 'impossible') {
    const quantity = quantityText(quantityMilli, unit, scene);
    return {
      kind: 'words',
      body: questions.badQuantity({ product: name, quantity, units: unitNames(product, scene) }),
    };
  }
  if (verdict.kind === 'off_step') {
    const nearest = quantityText(verdict.nearest.quantityMilli, verdict.nearest.unit, scene);
    const body = questions.notAllowed({ product: name, asked, ...rulesText(product, scene), nearest });
    return yesOrNo(body, nearest, cartVersion, scene);
  }
  return yesOrNo(questions.reallySoMany({ product: name, quantity: asked }), asked, cartVersion, scene);
}

function rulesText(product: CatalogueProduct, scene: Scene): { minimum: string | null; step: string | null } {
  const inDefault = (milli: number) => (milli === 0 ? null : quantityText(milli, product.defaultUnit, scene));
  return { minimum: inDefault(minimumOf(product)), step: inDefault(stepOf(product)) };
}

function didYouMean(question: OpenQuestion, product: CatalogueProduct, cartVersion: number, scene: Scene): Ask {
  const body = scene.t.questions.didYouMean({
    words: wordsText(question.text),
    product: productName(product),
    quantity: remembered(question, scene),
  });
  return yesOrNo(body, scene.t.buttons.yes, cartVersion, scene);
}

function yesOrNo(body: string, yes: string, cartVersion: number, scene: Scene): Ask {
  const id = (act: Extract<ButtonId, { act: 'accept' | 'leave_out' }>['act']) => writeButtonId({ act, cartVersion });
  return {
    kind: 'buttons',
    body,
    buttons: [
      { id: id('accept'), title: yes },
      { id: id('leave_out'), title: scene.t.buttons.leaveOut },
    ],
  };
}

function chooseAsk(question: OpenQuestion, cartVersion: number, scene: Scene): Ask {
  const { questions, buttons } = scene.t;
  const options = question.candidates.map((sku, at) => optionOf(sku, at + 1, question, scene));
  const rows = options.map(({ name, price, position }) => {
    return { id: writeButtonId({ act: 'choose', cartVersion, choice: position }), ...rowOf(name, price, position) };
  });
  // The numbers stand in the body too: a typed "2" needs something to count on without opening the list.
  const bodyWith = (nameMax: number, withPrice: boolean) => {
    const numbered = options.map(({ position, name, price }) =>
      questions.option({ position, product: fitTitle(name, nameMax), price: withPrice ? price : null }),
    );
    return [chooseHeading(question, scene), ...numbered, questions.howToAnswer].join('\n');
  };
  const full = bodyWith(60, true);
  const body = full.length <= INTERACTIVE_BODY_MAX ? full : bodyWith(48, false);
  return { kind: 'list', body, button: buttons.choose, rows };
}

function chooseHeading(question: OpenQuestion, scene: Scene): string {
  const { questions } = scene.t;
  const words = wordsText(question.text);
  if (question.act === 'remove') return questions.whichToRemove({ words });
  const said = { words, quantity: remembered(question, scene) };
  return question.kind === 'unknown_product' ? questions.perhaps(said) : questions.whichProduct(said);
}

type Option = { position: number; name: string; price: string | null };

function optionOf(sku: string, position: number, question: OpenQuestion, scene: Scene): Option {
  const product = scene.facts.catalogue.products.get(sku);
  if (product === undefined) return { position, name: wordsText(sku), price: null };
  const unit = unitOf(product, question.unit);
  const each = unitPrice(product, unit);
  const price =
    each === null ? null : scene.t.questions.price({ amount: scene.money(each), unit: scene.t.unitName(unit) });
  return { position, name: productName(product), price };
}

/** A product as the row of a list: its number, where it has one, and its name; under it the price. */
export function rowOf(
  name: string,
  price: string | null,
  position: number | null,
): { title: string; description: string | undefined } {
  const title = position === null ? name : `${position}. ${name}`;
  return { title, description: title.length <= ROW_TITLE_MAX ? (price ?? undefined) : rowDescription(name, price) };
}

/** The full name where the title cuts it, and the price; a name too long for both gives way to the price. */
function rowDescription(name: string, price: string | null): string {
  if (price === null) return name;
  return `${fitTitle(name, Math.max(1, ROW_DESCRIPTION_MAX - price.length - 3))} - ${price}`;
}
