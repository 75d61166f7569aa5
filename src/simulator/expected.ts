import { z } from 'zod';

const minor = z.union([z.int(), z.bigint()]).transform(BigInt);

const accountSchema = z.strictObject({
  limitMinor: minor,
  owedMinor: minor,
  heldMinor: minor,
  availableMinor: minor,
  /** The kinds of the account's ledger entries, oldest first. */
  entries: z.array(z.string()),
});

const orderSchema = z.strictObject({
  status: z.string(),
  amountMinor: minor,
  lines: z.array(z.strictObject({ sku: z.string(), quantity: z.number(), unit: z.string(), totalMinor: minor })),
});

const replySchema = z.strictObject({
  /** Phone, or BSUID where the person has no phone. */
  to: z.string(),
  kind: z.enum(['text', 'buttons', 'list']),
  /** Pieces of what the person reads; buttons and rows read as [title]. */
  contains: z.array(z.string()),
});

const partSchema = z.strictObject({
  /** By retailer. */
  accounts: z.record(z.string(), accountSchema),
  /** By retailer, in the order of placing. */
  orders: z.record(z.string(), z.array(orderSchema)),
  /** By the number of the delivery that they answer, `news` for those that answer none; people in any order, one person's replies in theirs. */
  replies: z.record(z.string(), z.array(replySchema)),
});

const expectedSchema = partSchema.extend({
  /** What may come out in several ways, because the outcome is a matter of who came first. */
  oneOf: z.array(z.strictObject({ about: z.string(), choices: z.array(partSchema).min(1) })),
});

/** What a day must come to, written by hand: see fixtures/demo-day/README.md. */
export type Expected = z.infer<typeof expectedSchema>;
type ExpectedPart = z.infer<typeof partSchema>;

export type ObservedAccount = z.infer<typeof accountSchema>;
export type ObservedOrder = z.infer<typeof orderSchema>;
export type ObservedReply = {
  /** Phone, or BSUID where it went to that. */
  to: string;
  kind: 'text' | 'buttons' | 'list';
  /** All that the person reads: the body, then each button or row as [title]. */
  text: string;
};
/** What a day came to, in the same shape. */
export type Observed = {
  accounts: Record<string, ObservedAccount>;
  orders: Record<string, ObservedOrder[]>;
  replies: Record<string, ObservedReply[]>;
};

/** Reads expected.json; throws when it is not of that shape, since it is ours to write. */
export function readExpected(text: string): Expected {
  return expectedSchema.parse(JSON.parse(text));
}

/**
 * Compares a day with what was expected of it, and says each difference in one line. None: all is as written. Whatever
 * was seen beyond what is expected is a difference too, a reply that nobody should have got above all.
 */
export function checkExpected(expected: Expected, observed: Observed): string[] {
  const chosen = expected.oneOf.map(({ about, choices }) => {
    const tried = choices.map((part) => ({ part, problems: partProblems(part, observed) }));
    const best = tried.reduce((a, b) => (b.problems.length < a.problems.length ? b : a));
    return { part: best.part, problems: best.problems.map((problem) => `${about}: ${problem}`) };
  });
  return [
    ...partProblems(expected, observed),
    ...chosen.flatMap(({ problems }) => problems),
    ...surplus([expected, ...chosen.map(({ part }) => part)], observed),
  ];
}

function partProblems(part: ExpectedPart, observed: Observed): string[] {
  return [
    ...Object.entries(part.accounts).flatMap(([id, account]) => accountProblems(id, account, observed.accounts[id])),
    ...Object.entries(part.orders).flatMap(([id, orders]) => orderProblems(id, orders, observed.orders[id] ?? [])),
    ...Object.entries(part.replies).flatMap(([number, replies]) =>
      repliesProblems(number, replies, observed.replies[number] ?? []),
    ),
  ];
}

function accountProblems(id: string, expected: ObservedAccount, observed: ObservedAccount | undefined): string[] {
  if (observed === undefined) return [`account ${id} is missing`];
  const figures = (['limitMinor', 'owedMinor', 'heldMinor', 'availableMinor'] as const).filter(
    (figure) => expected[figure] !== observed[figure],
  );
  const problems = figures.map(
    (figure) => `account ${id}: ${figure} is ${observed[figure]}, expected ${expected[figure]}`,
  );
  const [was, should] = [observed.entries.join(', '), expected.entries.join(', ')];
  return was === should ? problems : [...problems, `account ${id}: its entries are ${was}; expected ${should}`];
}

function orderProblems(id: string, expected: ObservedOrder[], observed: ObservedOrder[]): string[] {
  const problems = expected.flatMap((order, at) => {
    const [should, was] = [orderText(order), observed[at] === undefined ? 'missing' : orderText(observed[at])];
    return should === was ? [] : [`order ${at + 1} of ${id} is ${was}; expected ${should}`];
  });
  const more = observed.slice(expected.length).map((order) => `an order of ${id} too many: ${orderText(order)}`);
  return [...problems, ...more];
}

function orderText({ status, amountMinor, lines }: ObservedOrder): string {
  const parts = lines.map(({ sku, quantity, unit, totalMinor }) => `${quantity} ${unit} ${sku} = ${totalMinor}`);
  return `${status} ${amountMinor} (${parts.join(', ')})`;
}

function repliesProblems(number: string, expected: Expected['replies'][string], observed: ObservedReply[]): string[] {
  const people = [...new Set([...expected, ...observed].map((reply) => reply.to))];
  return people.flatMap((person) => {
    const should = expected.filter((reply) => reply.to === person);
    const were = observed.filter((reply) => reply.to === person);
    const problems = should.flatMap((reply, at) => replyProblems(`${number}, to ${person}`, reply, were[at]));
    const more = were
      .slice(should.length)
      .map((reply) => `${number}, to ${person}: a reply too many: ${quoted(reply)}`);
    return [...problems, ...more];
  });
}

function replyProblems(
  where: string,
  expected: Expected['replies'][string][number],
  observed: ObservedReply | undefined,
): string[] {
  if (observed === undefined) return [`${where}: no reply; expected one with ${expected.contains.join(' | ')}`];
  const problems = expected.contains
    .filter((piece) => !observed.text.includes(piece))
    .map((piece) => `${where}: "${piece}" is not in ${quoted(observed)}`);
  return observed.kind === expected.kind
    ? problems
    : [
        `${where}: the reply is a ${observed.kind} message; expected ${expected.kind}: ${quoted(observed)}`,
        ...problems,
      ];
}

const quoted = (reply: ObservedReply): string => JSON.stringify(reply.text);

/** Accounts, orders and replies that no part speaks of. */
function surplus(parts: ExpectedPart[], observed: Observed): string[] {
  const known = (pick: (part: ExpectedPart) => object): Set<string> =>
    new Set(parts.flatMap((part) => Object.keys(pick(part))));
  const accounts = known((part) => part.accounts);
  const orders = known((part) => part.orders);
  const replies = known((part) => part.replies);
  return [
    ...Object.keys(observed.accounts)
      .filter((id) => !accounts.has(id))
      .map((id) => `account ${id} is not expected`),
    ...Object.entries(observed.orders)
      .filter(([id]) => !orders.has(id))
      .flatMap(([id, found]) => orderProblems(id, [], found)),
    ...Object.entries(observed.replies)
      .filter(([number]) => !replies.has(number))
      .flatMap(([number, found]) => repliesProblems(number, [], found)),
  ];
}
