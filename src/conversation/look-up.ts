import { readDecisions, readDues, readSummary } from '../credit/index.ts';
import type { Tx } from '../db/index.ts';
import { findOrderOf, orderNumbersOf, readOrderByNumber } from '../orders/index.ts';
import { promiseStatement } from './statement-files.ts';
import type { Dues, Found, LookUp } from './types.ts';

/** Orders that are named as what held the credit. */
const HELD_FOR_MAX = 3;
const MOVEMENTS_SHOWN = 5;
/** A statement in a chat is drawn by the process that sends: 5,000 lines take it ten seconds, these about one. */
const STATEMENT_LINES_MAX = 500;

export type Asking = { eventId: string; retailerId: string; lookUps: LookUp[] };

/** Answers what the people of a set asked for, by event. Dues are read for all of them at once. */
export async function lookUp(tx: Tx, wholesalerId: string, asking: Asking[]): Promise<Map<string, Found[]>> {
  const owing = asking.filter(({ lookUps }) => lookUps.some(({ kind }) => kind !== 'order' && kind !== 'older_order'));
  const dues = new Map(
    (
      await readDues(
        tx,
        owing.map(({ retailerId }) => ({ wholesalerId, retailerId })),
      )
    ).map(({ wholesalerId: _wholesaler, retailerId, ...rest }) => [retailerId, rest]),
  );
  const found = new Map<string, Found[]>();
  for (const { eventId, retailerId, lookUps } of asking) {
    const answers: Found[] = [];
    for (const one of lookUps) {
      answers.push(await answer(tx, one, { wholesalerId, retailerId, dues: dues.get(retailerId) ?? null }));
    }
    found.set(eventId, answers);
  }
  return found;
}

type Whose = { wholesalerId: string; retailerId: string; dues: Dues | null };

async function answer(tx: Tx, asked: LookUp, { wholesalerId, retailerId, dues }: Whose): Promise<Found> {
  switch (asked.kind) {
    case 'dues':
      return { kind: 'dues', dues };
    case 'order': {
      const { number } = asked;
      return { kind: 'order', number, order: await readOrderByNumber(tx, { wholesalerId, retailerId, number }) };
    }
    case 'older_order': {
      const { act, by } = asked;
      const order = await findOrderOf(tx, { wholesalerId, retailerId, ...by });
      return { kind: 'older_order', act, number: 'number' in by ? by.number : null, order };
    }
    case 'statement':
      return statement(tx, asked, { wholesalerId, retailerId, dues });
    case 'why':
      return why(tx, asked.number, { wholesalerId, retailerId, dues });
  }
}

async function statement(
  tx: Tx,
  { from, to, filename, language, at }: Extract<LookUp, { kind: 'statement' }>,
  { wholesalerId, retailerId, dues }: Whose,
): Promise<Found> {
  const query = { wholesalerId, retailerId, from, to };
  const summary = await readSummary(tx, query, {
    movements: MOVEMENTS_SHOWN,
    countedMax: STATEMENT_LINES_MAX + 1,
  });
  const none: Found = { kind: 'statement', summary: null, dues, filename, fileId: null };
  if (summary.kind === 'refused') return none;
  if (summary.count > STATEMENT_LINES_MAX) return { ...none, summary };
  const made = { retailerId, from, to, untilSeq: summary.closingSeq, language, at };
  return { ...none, summary, fileId: await promiseStatement(tx, wholesalerId, filename, made) };
}

async function why(tx: Tx, number: number | null, { wholesalerId, retailerId, dues }: Whose): Promise<Found> {
  const order = number === null ? null : await readOrderByNumber(tx, { wholesalerId, retailerId, number });
  const none: Found = { kind: 'why', number, decision: null, dues };
  if (number !== null && order === null) return none;
  const about = order === null ? { refusedOnly: true } : { orderId: order.id };
  const [decision] = await readDecisions(tx, { wholesalerId, retailerId, ...about }, 1);
  if (decision === undefined) return none;
  const { id: _id, key: _key, actor: _actor, source: _source, cause: _cause, heldFor, orderId, ...figures } = decision;
  const holders = heldFor.slice(0, HELD_FOR_MAX).map((held) => held.orderId);
  const numbers = await orderNumbersOf(tx, wholesalerId, [...holders, ...(orderId === null ? [] : [orderId])]);
  return {
    kind: 'why',
    number,
    dues,
    decision: {
      ...figures,
      number: orderId === null ? null : (numbers.get(orderId) ?? null),
      heldFor: holders.flatMap((id) => numbers.get(id) ?? []),
    },
  };
}
