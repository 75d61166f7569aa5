import { z } from 'zod';
import { untilKnown } from '../credit/index.ts';
import { inTransaction, type Tx } from '../db/index.ts';
import { HttpProblem } from '../http/problem.ts';
import { claimKey, claimKeyAlone, forgetKey, keepAnswer, requestHash } from './kept-answers.ts';
import { type ApiRoute, type Ask, done, type Outcome, refuse } from './route.ts';

type AnyAsk = Ask<z.ZodObject, z.ZodObject, z.ZodType>;

const KEY_REUSED = refuse({
  status: 422,
  code: 'IDEMPOTENCY_KEY_REUSED',
  detail: 'This Idempotency-Key was used for another request. Nothing was done; use a new key.',
});

/**
 * Runs a write in one transaction, with its answer kept under its Idempotency-Key: both or neither. A connection lost
 * around COMMIT is tried again, and finds its own answer, or its own key in the ledger.
 */
export function runWrite(route: ApiRoute, ask: AnyAsk): Promise<Outcome<unknown>> {
  return untilKnown(() => inTransaction(ask.deps.db, (tx) => writeOnce(route, { ...ask, tx })));
}

async function writeOnce(route: ApiRoute, ask: AnyAsk): Promise<Outcome<unknown>> {
  if (!ask.isKeyed) return handled(route, ask);
  const claim = claimOf(route, ask);
  const claimed = await claimKey(ask.tx, claim);
  if (claimed.kind === 'other_request') return KEY_REUSED;
  if (claimed.kind === 'answered') return replayOf(route, claimed.answer);
  const outcome = await handled(route, ask);
  if (outcome.kind === 'done') await keepAnswer(ask.tx, claim, withoutSecrets(route, outcome.body));
  else await forgetKey(ask.tx, claim);
  return outcome;
}

function withoutSecrets({ answer, shownOnce = [] }: ApiRoute, body: unknown): object {
  const kept = z.encode(answer, body) as object;
  return { ...kept, ...Object.fromEntries(shownOnce.map((name) => [name, null])) };
}

/** A broken database must not be committed, though the credit library tells it as a value. */
async function handled(route: ApiRoute, ask: AnyAsk): Promise<Outcome<unknown>> {
  const outcome = await route.handle(ask);
  if (outcome.kind === 'refused' && outcome.problem.code === 'DATABASE_ERROR') throw new HttpProblem(outcome.problem);
  return outcome;
}

function replayOf(route: ApiRoute, kept: unknown): Outcome<unknown> {
  const body = { ...(kept as Record<string, unknown>), replayed: true };
  return done(z.decode(route.answer, body), 200);
}

/**
 * Runs a route whose work answers again by an id of its own. Its key only has to stand for one request: no answer is kept,
 * and orders of many callers still leave the desk together.
 */
export async function runOnce(route: ApiRoute, ask: AnyAsk): Promise<Outcome<unknown>> {
  if (ask.isKeyed) {
    const claimed = await claimKeyAlone(ask.tx as Tx, claimOf(route, ask));
    if (claimed.kind === 'other_request') return KEY_REUSED;
  }
  return route.handle(ask);
}

function claimOf(route: ApiRoute, { caller, key, params, body }: AnyAsk) {
  const { wholesalerId } = caller;
  return { wholesalerId, key, requestSha256: requestHash({ route: route.id, params, body }) };
}
