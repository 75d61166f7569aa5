/**
 * One message with what the conversation knows: an open question is answered first, then edits of the cart, then
 * lines, then everything else. A question about a product outranks ordering it.
 */
import { actsOf, answerOf, isGreeting, isOnlyAnswer } from './acts.ts';
import type { Annotation } from './annotate.ts';
import { answerChoice, answerQuantity } from './answers.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import { type Choice, choose, type Preferences } from './choose.ts';
import { contrastEdit, contrastOf } from './contrast.ts';
import { isEdgeTalk, isHeadingLine, withoutEdgeTalk } from './edge-talk.ts';
import { changeBare, changeEntry, type Edit, type EditContext, keptUnit, removeAllBut, removeEntry } from './edits.ts';
import { readEntries } from './entries.ts';
import type { Entries, Entry } from './entry.ts';
import { keepsOnly } from './entry-modes.ts';
import { saidBeforeFormer } from './entry-numbers.ts';
import { fromToEntry } from './from-to.ts';
import { decideIntent, type OutcomeKind } from './intent.ts';
import type { PhraseTag } from './language-table.ts';
import {
  learnedWords,
  lineOutcome,
  numbersOf,
  type Outcome,
  orderOutcome,
  saidFor,
  skuOf,
  unknownOutcome,
  whichOutcome,
} from './lines.ts';
import { type Item, readItem } from './reading.ts';
import type { SaidQuantity } from './said-numbers.ts';
import type { Segment } from './segments.ts';
import { joinFormerParts, numberSwap, swapEntry, withoutFormer } from './swap.ts';
import type {
  Clarify,
  Intent,
  LineAct,
  OrderLine,
  ParsedLine,
  ParseResult,
  ParserState,
  PendingQuestion,
} from './types.ts';
import { isAmount } from './units.ts';

const SURE_WITHOUT_NUMBER = 0.85;
/** Asked for a yes, people say it in words that resemble all kinds of goods. */
const SURE_BESIDE_ANSWER = 0.95;
const CONFIDENCE_ASKING = 0.6;
const TAKES_BACK: readonly PhraseTag[] = ['negate', 'correct', 'former', 'change'];
const ACTS: Record<OutcomeKind, LineAct> = { add: 'add', change: 'set', remove: 'remove', query: 'ask' };

type Gathered = { lines: ParsedLine[]; clarify: Clarify[]; kinds: Set<OutcomeKind> };

/** Collects what the parts of a message come to. */
export class MessageReading {
  private readonly text: string;
  private readonly annotation: Annotation;
  private readonly segments: Segment[];
  private readonly index: CatalogueIndex;
  private readonly state: ParserState;
  private readonly acts: Intent[];
  private readonly preferences: Preferences;
  private readonly gathered: Gathered = { lines: [], clarify: [], kinds: new Set() };
  private readonly reasons: string[] = [];
  /** The no of the message is spent on a variant that is not meant. */
  private contrasted = false;
  /** The products that the last heading of a list may stand for. */
  private heading: ReadonlySet<number> | null = null;

  constructor(text: string, annotation: Annotation, segments: Segment[], index: CatalogueIndex, state: ParserState) {
    this.text = text;
    this.annotation = annotation;
    this.segments = segments;
    this.index = index;
    this.state = state;
    this.acts = actsOf(annotation);
    this.preferences = {
      cart: new Set(
        numbersOf(
          index,
          this.edited().map((line) => line.sku),
        ),
      ),
      usual: new Set(numbersOf(index, state.usual)),
      recent: new Set(
        numbersOf(
          index,
          (state.lastOrder ?? []).map((line) => line.sku),
        ),
      ),
    };
  }

  result(): ParseResult {
    // A bare yes or no in any language is that, even where it looks like a mistyped product ("ndio", Nido).
    if (isOnlyAnswer(this.annotation) && this.state.pending !== null) return this.conclude();
    const rest = this.answerPending();
    const answered = this.gathered.lines.length + this.gathered.clarify.length > 0;
    const parts = joinFormerParts(answered ? rest : this.readContrast(rest), this.annotation);
    const entries = readEntries(parts, this.annotation, this.index, this.text);
    entries.entries.forEach((entry, at) => {
      if (!this.headsList(entry, entries.entries[at + 1])) this.readEntry(entry);
    });
    this.readBare(entries);
    if (entries.leftOut) this.reasons.push('left_out');
    if (answered) this.gathered.kinds.add('add');
    return this.conclude();
  }

  /** "Soap" on a line of its own, with lines of soaps below it: what they have in common, and no line itself. */
  private headsList({ item, mode, corrected }: Entry, next: Entry | undefined): boolean {
    if (mode !== 'order' || corrected || next?.mode !== 'order' || next.item.segment.separator !== 'line') return false;
    if (item.numbers.length + item.sizes.length > 0 || !OPENS_LINE.has(item.segment.separator)) return false;
    if (choose(item, this.index, this.preferences).kind !== 'several') return false;
    const [best] = next.item.candidates;
    const kinds = item.candidates.filter(({ coverage }) => coverage >= SURE_WITHOUT_NUMBER);
    if (!best || best.quantity === null || !kinds.some(({ product }) => product === best.product)) return false;
    this.heading = new Set(kinds.map(({ product }) => product));
    this.reasons.push('part_not_understood');
    return true;
  }

  /** Of several products that fit, the only one that the heading above fits too. */
  private underHeading(choice: Choice): Choice {
    if (choice.kind !== 'several' || !this.heading) return choice;
    const [only, ...others] = choice.candidates.filter(({ product }) => this.heading?.has(product));
    if (!only || others.length > 0) return choice;
    return { kind: 'one', candidate: only, confidence: CONFIDENCE_ASKING, reasons: ['under_heading'] };
  }

  /** Lines that edits refer to: the cart, or the last order when it is repeated with differences. */
  private edited() {
    return this.acts.includes('repeat') && this.state.lastOrder ? this.state.lastOrder : this.state.cart;
  }

  private get editContext(): EditContext {
    return {
      annotation: this.annotation,
      index: this.index,
      raw: this.text,
      lines: this.edited(),
      preferences: this.preferences,
    };
  }

  /** Takes the answer to an open question out of the message; the parts that are left are read as usual. */
  private answerPending(): Segment[] {
    const { pending } = this.state;
    // "A de lata", "ya pili": words that only lead up to the answer may stand in a part of their own.
    const leading = this.segments.findIndex((segment) => !segment.at.every((at) => this.annotation.filler[at]));
    const [first, ...rest] = this.segments.slice(Math.max(0, leading));
    if (!first || (pending?.kind !== 'choose_product' && pending?.kind !== 'ask_quantity')) return this.segments;
    if (this.acts.length > 0) return this.segments;
    const contrast = contrastOf(this.segments, this.annotation);
    if (contrast && this.answerWith(contrast.but, pending)) {
      this.contrasted = true;
      return contrast.rest;
    }
    if (pending.kind === 'choose_product' && rest.length === 0 && this.answerNumbered(first, pending)) {
      this.contrasted = true;
      return [];
    }
    if (first.tags.has('decline') || first.tags.has('remove') || contrast?.not === first) return this.segments;
    const positions = this.segments.every((segment) => this.isPositions(segment));
    const segment = positions ? { ...first, at: this.segments.flatMap((part) => part.at) } : first;
    if (!this.answerWith(segment, pending)) return this.segments;
    return positions ? [] : rest;
  }

  /** "No 2": asked which one, the no is short for "number". */
  private answerNumbered({ at, ...segment }: Segment, pending: PendingQuestion): boolean {
    const { pieces, lexicon } = this.annotation;
    const [sign, number] = at;
    if (at.length !== 2 || sign === undefined || number === undefined || number !== sign + 1) return false;
    const isSign = lexicon.closingUnits.has(pieces[sign]?.text ?? '') && pieces[number]?.kind === 'number';
    return isSign && this.answerWith({ ...segment, at: [number] }, pending);
  }

  private answerWith(segment: Segment, pending: PendingQuestion): boolean {
    const input = { annotation: this.annotation, index: this.index, raw: this.text, segment };
    const outcome =
      pending.kind === 'choose_product'
        ? answerChoice(pending, input)
        : pending.kind === 'ask_quantity'
          ? answerQuantity(pending.sku, input)
          : null;
    if (!outcome) return false;
    this.gather(outcome, 'add');
    this.reasons.push('answered_question');
    return true;
  }

  /** "La de lata no, la de 2 litros": with an open question the second part answers it, else it edits the cart. */
  private readContrast(segments: Segment[]): Segment[] {
    const contrast = this.acts.length === 0 ? contrastOf(segments, this.annotation) : null;
    const edit = contrast ? contrastEdit(contrast, this.editContext) : null;
    if (!contrast || !edit) return segments;
    this.contrasted = true;
    this.gatherEdit(edit);
    return contrast.rest;
  }

  private isPositions(segment: Segment): boolean {
    return segment.at.every((at) => this.annotation.pieces[at]?.kind === 'number' || this.annotation.filler[at]);
  }

  private readEntry(read: Entry): void {
    const entry: Entry =
      this.turnsToCart(read) || this.saysInstead(read) ? { ...read, mode: 'change', corrected: null } : read;
    if (EDITS.has(entry.mode) && this.isTalk(entry)) {
      this.reasons.push('part_not_understood');
      return;
    }
    switch (entry.mode) {
      case 'remove':
      case 'negate':
        this.readRemoval(entry);
        if (entry.mode === 'negate' || this.state.cart.length === 0) this.reasons.push('left_out');
        return;
      case 'swap':
      case 'change': {
        const context = this.editContext;
        const kept = (): Entry => (entry.mode === 'swap' ? withoutFormer(entry, context) : entry);
        // "Not 6 taps, 4 only": what is refused there is a number, and no product goes for another.
        const refused = entry.mode === 'change' && entry.corrected !== null && entry.item.segment.tags.has('negate');
        const swapped = refused ? null : (numberSwap(entry, context) ?? swapEntry(entry, context));
        this.gatherEdit(swapped ?? fromToEntry(entry, context) ?? changeEntry(kept(), context));
        return;
      }
      case 'query':
        this.readQuery(entry);
        return;
      case 'aside':
        this.reasons.push('left_out');
        return;
      case 'act':
        // "Paid 5000 ref 123" holds numbers and no lines; a part that is both an act and a clear line is both.
        // A complaint is about what came, whatever it counts.
        if (entry.item.candidates[0]?.unit != null && !entry.item.segment.tags.has('human')) this.readOrder(entry);
        return;
      default:
        this.readAddition(entry);
    }
  }

  private readAddition(entry: Entry): void {
    const placed = this.placeInstead(entry);
    if (placed) {
      this.gatherEdit(placed);
      return;
    }
    const edit = this.correctsCart(entry) ? changeEntry(entry, this.editContext) : fromToEntry(entry, this.editContext);
    if (edit) this.gatherEdit(edit);
    else this.readOrder(entry);
  }

  /** "Remove lux, put lifebuoy instead": what takes the place of a line that was just taken out takes its quantity. */
  private placeInstead({ item, corrected }: Entry): Edit | null {
    const last = this.gathered.lines.at(-1);
    if (!item.segment.tags.has('instead') || corrected || item.numbers.length > 0 || last?.act !== 'remove')
      return null;
    const line = this.edited().find(({ sku }) => sku === last.sku);
    const choice = choose(item, this.index, this.preferences);
    if (!line || choice.kind !== 'one' || choice.candidate.quantity !== null) return null;
    const unit = keptUnit(this.index, choice.candidate.product, line);
    const said = { quantity: line.quantity, unit, minus: false };
    return { ...orderOutcome(this.index, item, choice, said), kind: 'change' };
  }

  /**
   * "Coke 2 no 5": what is corrected stands in the cart with the very quantity that no longer counts. "Coke, better 5":
   * nothing but the cart is there to correct.
   */
  private correctsCart({ item, corrected }: Entry): boolean {
    const old = item.numbers.at(-1);
    const held = this.heldLine(item);
    return corrected !== null && held !== undefined && (!old || held.quantity === old.value);
  }

  /** "Coke 8, no 5", with 5 in the cart: the first number is the one that counts. */
  private turnsToCart({ item, corrected }: Entry): boolean {
    const held = this.heldLine(item);
    const said = item.numbers.at(-1);
    return (
      said !== undefined && held !== undefined && corrected?.value === held.quantity && said.value !== held.quantity
    );
  }

  /** "Nido 10 instead", with nido in the cart and nothing taken out: another number of it. */
  private saysInstead({ item, mode }: Entry): boolean {
    if (mode !== 'order' || !item.segment.tags.has('instead') || item.numbers.length === 0) return false;
    return this.heldLine(item) !== undefined && !this.gathered.lines.some(({ act }) => act === 'remove');
  }

  private readRemoval(entry: Entry): void {
    const others = removeAllBut(entry, this.editContext);
    if (others) this.gatherEdit(others);
    // "Bas maggi rakh do", with no maggi in the cart: there is nothing to keep, and it is to be put there.
    else if (keepsOnly(entry.item)) this.readOrder(entry);
    else this.gatherEdit(removeEntry(entry, this.editContext));
  }

  private heldLine(item: Item): OrderLine | undefined {
    const product = item.candidates[0]?.product;
    if (product === undefined) return undefined;
    const sku = skuOf(this.index, product);
    return this.state.cart.find((line) => line.sku === sku);
  }

  private readOrder(entry: Entry): void {
    const { item } = entry;
    if (isParticle(item) || (entry.corrected === null && isHeadline(item, this.text))) {
      this.reasons.push('part_not_understood');
      return;
    }
    const choice = this.underHeading(choose(item, this.index, this.preferences));
    if (choice.kind !== 'one' && this.isHeading(item)) {
      this.reasons.push('part_not_understood');
      return;
    }
    if (choice.kind === 'none') {
      const rest = withoutEdgeTalk(item, this.annotation, this.index, this.text);
      if (rest && choose(rest, this.index, this.preferences).kind !== 'none') {
        this.reasons.push('part_not_understood');
        this.readOrder({ ...entry, item: rest });
      } else if (
        this.isProductAskedFor(entry) &&
        !isHeadingLine(item, this.annotation) &&
        !isEdgeTalk(item, choice.near, this.annotation, this.segments)
      )
        this.gather(unknownOutcome(this.index, item, choice.near, entry.corrected), 'add');
      else this.reasons.push('part_not_understood');
      return;
    }
    const best = choice.kind === 'one' ? choice.candidate : choice.candidates[0];
    if (!best) return;
    if (choice.kind === 'several' && entry.corrected === null && isHeadingLine(item, this.annotation)) {
      this.reasons.push('part_not_understood');
      return;
    }
    // "Mera order confirm": words of talk order nothing, whatever name they are a little like.
    if (item.numbers.length + item.sizes.length === 0 && this.isTalk(entry) && best.coverage < SURE_OF_TALK) {
      this.reasons.push('part_not_understood');
      return;
    }
    // Without any number a loose likeness is more likely talk than an order ("maybe" is not "maize").
    const sure = this.isAnswering(entry) ? SURE_BESIDE_ANSWER : SURE_WITHOUT_NUMBER;
    if (item.numbers.length === 0 && item.sizes.length === 0 && best.coverage < sure) {
      this.reasons.push('part_not_understood');
      return;
    }
    const said = entry.corrected ? saidFor(this.index, best.product, entry.corrected) : best;
    if (choice.kind === 'several') this.gather(whichOutcome(this.index, item, choice.candidates, said), 'add');
    else this.gather(orderOutcome(this.index, item, choice, said), 'add');
  }

  private isAnswering({ item }: Entry): boolean {
    const { pending } = this.state;
    const asked = pending?.kind === 'confirm_order' || pending?.kind === 'confirm_cancel';
    return asked && !item.segment.tags.has('add') && !item.segment.tags.has('more');
  }

  /** Whether an unmatched part names a product, or only talks ("we open at 9"). */
  private isProductAskedFor(entry: Entry): boolean {
    const { item } = entry;
    const chat = item.names.filter((name) => this.annotation.lexicon.chatter.has(name)).length;
    const counted = item.numbers.some((number) => number.unit !== null || number.single);
    if (counted) return true;
    // "Paid 5000, ref 123": what stands around an act is about the act.
    if (this.acts.some((act) => act !== 'repeat' && act !== 'cancel' && act !== 'query')) return false;
    if ((chat > 0 && !this.countsThing(item)) || item.names.length > 5 || isShouted(item, this.text)) return false;
    // "2 kilos de coco rallado": an amount wants something as a number does.
    if (item.numbers.length > 0 || item.sizes.some(isAmount)) return true;
    // In a list of lines, a part without quantity is a line too.
    const inList = item.segment.separator !== 'start' || this.segments.length > 1;
    return inList && item.names.length <= 3 && this.gathered.lines.length > 0 && this.acts.length === 0;
  }

  /** "2 car seats": a number in digits that opens a part counts what stands right behind it, if that is no word of talk. */
  private countsThing({ segment: { at, separator }, names }: Item): boolean {
    const { pieces, filler, claimed, lexicon } = this.annotation;
    if (separator === 'flow') return false;
    const [number, thing] = [pieces[at[0] ?? -1], pieces[at[1] ?? -1]];
    if (number?.kind !== 'number' || number.spelled || thing?.kind !== 'word' || names.length > COUNTED_WORDS_MAX)
      return false;
    const position = at[1] ?? -1;
    return !filler[position] && !claimed[position] && !lexicon.chatter.has(thing.text);
  }

  /** "Cleaning:" on a line of its own is what lines below it are about, and none itself. */
  private isHeading({ numbers, sizes, span, segment }: Item): boolean {
    if (numbers.length + sizes.length > 0 || !OPENS_LINE.has(segment.separator)) return false;
    return HEADING_END.test(this.text.slice(span.end, span.end + HEADING_END_LENGTH));
  }

  /** "Make it 4, yesterday I said 2": nothing but words of talk around the number. */
  private isTalk({ item }: Entry): boolean {
    return item.names.length > 0 && item.names.every((name) => this.annotation.lexicon.chatter.has(name));
  }

  private readQuery(entry: Entry): void {
    const choice = withoutQuantity(choose(entry.item, this.index, this.preferences));
    // "Mera bill kitna tha": words of talk ask about no product, whatever name they are a little like.
    if (choice.kind === 'one' && !(this.isTalk(entry) && choice.candidate.coverage < SURE_OF_TALK)) {
      const { span } = entry.item;
      const sku = skuOf(this.index, choice.candidate.product);
      const line = { sku, quantity: null, unit: null, span, confidence: choice.confidence, reasons: choice.reasons };
      this.gather(lineOutcome({ ...line, ...learnedWords(choice.candidate) }), 'query');
    } else if (choice.kind === 'several') {
      this.gather(
        whichOutcome(this.index, entry.item, choice.candidates, { quantity: null, unit: null, minus: false }),
        'query',
      );
    }
    this.gathered.kinds.add('query');
  }

  /** Quantities without a product edit the cart, when the message says so or nothing else can be meant. */
  private readBare(entries: Entries): void {
    const [first, ...others] = entries.bare;
    if (!first) return;
    const added = this.addedBare(first.item);
    if (added) {
      this.gather(added, 'add');
      this.askAboutBare(entries, others);
      return;
    }
    const isEdit = first.mode === 'change' || first.correction;
    const isAlone = entries.entries.length === 0 && !others.some(isLineOfItsOwn);
    if (this.state.cart.length === 0 || this.acts.length > 0 || (!isAlone && !isEdit)) {
      this.askAboutBare(entries, entries.bare);
      return;
    }
    // "Tin 100x", and on the next line "2 tin": two lines without a name are no "not 100 but 2".
    this.askAboutBare(entries, others.filter(isLineOfItsOwn));
    const second = others.find((other) => !isLineOfItsOwn(other));
    // "2 no 3" ends in what shall be, "3 not 2" in what it was.
    const backwards = second?.item.segment.tags.has('former') === true;
    const last = second && !backwards ? second : first;
    const former = last.item.segment.tags.has('former') ? saidBeforeFormer(last.item, this.annotation) : null;
    const said = former ?? last.item.numbers.at(-1);
    if (!said) return;
    const isPair = second !== undefined || first.item.numbers.length === 2;
    const was = backwards ? second : first;
    const old = former ? this.otherNumber(last.item, former) : isPair ? (was.item.numbers[0] ?? null) : null;
    // "They are 8, not 5", with 5 in the cart: the 5 is what it was.
    const turned = old !== null && this.isInCart(said.value) && !this.isInCart(old.value);
    this.gatherEdit(changeBare(last.item, turned ? old : said, turned ? said : old, this.editContext));
  }

  /** "Add 2 cases 500": the number without a unit tells which line of the cart is meant, and sets no quantity. */
  private addedBare(item: Item): Outcome | null {
    const { tags } = item.segment;
    const adds = tags.has('add') || tags.has('more');
    if (!adds || TAKES_BACK.some((tag) => tags.has(tag))) return null;
    if (item.numbers.length !== 2 || item.numbers.filter(({ unit }) => unit !== null).length !== 1) return null;
    const held = numbersOf(
      this.index,
      this.state.cart.map(({ sku }) => sku),
    );
    const { candidates } = readItem(item.segment, this.annotation, this.index, this.text, held);
    const told = candidates.filter(
      ({ numbersTold, quantity, unit }) => numbersTold === 1 && quantity !== null && unit !== null,
    );
    const [candidate] = told;
    if (!candidate || told.length > 1) return unknownOutcome(this.index, item, []);
    const choice: Choice = { kind: 'one', candidate, confidence: 0.8, reasons: ['cart_line'] };
    return orderOutcome(this.index, item, choice, candidate);
  }

  /** What has no name is asked about where it has a unit, or where nothing but such lines stand beside a cart. */
  private askAboutBare({ entries, bare }: Entries, asked: Entries['bare']): void {
    const isOfCart = this.state.cart.length > 0 && this.acts.length === 0;
    const isAll = isOfCart && entries.length === 0 && bare.length > 1;
    for (const { item } of asked) {
      const [said] = item.numbers;
      // "And 1 of ...", ", te 1/2 5": whoever says "and", or a size and a count, wants one thing more.
      const more = item.segment.separator === 'join' || item.numbers.length > 1;
      const isMore = more && entries.length > 0 && this.acts.length === 0;
      if (said?.unit || said?.single || isAll || isMore) this.gather(unknownOutcome(this.index, item, []), 'add');
      else if (isOfCart && entries.length > 0) this.reasons.push('number_not_understood');
    }
  }

  private otherNumber(item: Item, number: SaidQuantity): SaidQuantity | null {
    return item.numbers.find((other) => other !== number) ?? null;
  }

  private isInCart(quantity: number): boolean {
    return this.state.cart.some((line) => line.quantity === quantity);
  }

  private gatherEdit(edit: Edit): void {
    this.gather(edit, edit.kind);
    // "Take out the gloves and leave the rest": leaving what is nothing adds nothing.
    if (edit.kind !== 'add') this.gathered.kinds.add(edit.kind);
  }

  private gather(outcome: Outcome, kind: OutcomeKind): void {
    const act = ACTS[kind];
    // A change may be a swap, or end at nothing: what is left without a quantity goes out.
    for (const line of outcome.lines) {
      this.gathered.lines.push({ ...line, act: act === 'set' && line.quantity === null ? 'remove' : act });
    }
    for (const question of outcome.clarify) this.gathered.clarify.push({ ...question, act });
    if (outcome.lines.length + outcome.clarify.length > 0) this.gathered.kinds.add(kind);
  }

  private conclude(): ParseResult {
    const { lines, kinds } = this.gathered;
    const clarify = this.gathered.clarify.filter((question) => !isCounted(question, lines));
    const { intent, alsoIntents } = decideIntent({
      kinds,
      hasContent: [...lines, ...clarify].some(({ act }) => act !== 'ask'),
      answeredQuestion: this.reasons.includes('answered_question'),
      acts: this.acts,
      answer: this.contrasted ? null : answerOf(this.annotation, this.state),
      greeting: isGreeting(this.annotation),
      state: this.state,
    });
    const least = Math.min(1, ...lines.map((line) => line.confidence));
    const confidence = intent === 'unknown' ? 0 : clarify.length > 0 ? Math.min(least, CONFIDENCE_ASKING) : least;
    return { intent, alsoIntents, lines, clarify, confidence, reasons: [...new Set(this.reasons)] };
  }
}

/** "J'ai plus de chargeurs. Envoyez 10 chargeurs": how many is said in another part. */
function isCounted({ kind, candidates, act }: Clarify, lines: readonly ParsedLine[]): boolean {
  if (kind !== 'quantity' || act !== 'add') return false;
  return lines.some((line) => line.act === 'add' && line.quantity !== null && candidates.includes(line.sku));
}

const EDITS: ReadonlySet<Entry['mode']> = new Set(['remove', 'negate', 'change']);

const OPENS_LINE: ReadonlySet<Segment['separator']> = new Set(['start', 'line']);
const HEADING_END = /^[\s*_]*[:：][\s*_]*\n/u;
const HEADING_END_LENGTH = 12;

const COUNTED_WORDS_MAX = 3;
const PARTICLE_LENGTH_MAX = 2;
/** Stars, spaces and a colon around the words of a heading. */
const HEADLINE_MARKS = 6;
const SURE_OF_TALK = 0.95;

/** "Metformin 8 strip ya": what is left behind a quantity, and shorter than any name, orders nothing. */
function isParticle({ segment, names, numbers, sizes }: Item): boolean {
  if (segment.separator !== 'flow' || numbers.length + sizes.length > 0) return false;
  return names.every((name) => name.length <= PARTICLE_LENGTH_MAX);
}

/** "Spices:", "*SPICES*" on a line of its own, with nothing counted: what the lines below have in common. */
function isHeadline({ numbers, sizes, span }: Item, text: string): boolean {
  if (numbers.length + sizes.length > 0) return false;
  const before = text.slice(Math.max(0, span.start - HEADLINE_MARKS), span.start);
  const behind = text.slice(span.end, span.end + HEADLINE_MARKS);
  if (!/(^|\n)[*_ ]*$/.test(before)) return false;
  return /^[*_ ]*[:：][*_ ]*\r?\n/.test(behind) || (/[*_] *$/.test(before) && /^[*_] *\r?\n/.test(behind));
}

/** "NUTS" on a line of its own, where the rest of the message is in small letters: a heading, or a name that asks nothing. */
function isShouted({ numbers, sizes, span, text: said }: Item, text: string): boolean {
  if (numbers.length + sizes.length > 0 || /\p{Ll}/u.test(said) || !/\p{Lu}/u.test(said)) return false;
  return (span.start === 0 || text[span.start - 1] === '\n') && text[span.end] === '\n' && /\p{Ll}/u.test(text);
}

/** "How much is a box of crayons 24": nobody asks for a price of 24 boxes, so the number is part of the name. */
function withoutQuantity(choice: Choice): Choice {
  if (choice.kind !== 'several') return choice;
  const named = choice.candidates.filter((candidate) => candidate.quantity === null);
  if (named.length !== 1 || !named[0]) return choice;
  return {
    kind: 'one',
    candidate: named[0],
    confidence: CONFIDENCE_ASKING,
    reasons: [...choice.reasons, 'number_in_name'],
  };
}

function isLineOfItsOwn({ item: { segment }, correction }: Entries['bare'][number]): boolean {
  return segment.separator === 'line' && !correction && !segment.tags.has('former');
}
