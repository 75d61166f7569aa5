import type { Database } from '../db/index.ts';
import { mustExist } from '../shared/assert.ts';
import { acquireBatchAlone } from './acquire-batch.ts';
import { createGate, type Gate } from './gate.ts';
import { refused } from './refused.ts';
import type { AcquireRequest, Verdict } from './types.ts';
import { untilKnown } from './until-known.ts';

/** The gate in front of single requests for credit, on the database that is opened at the first of them. */
export function createAcquireGate(database: () => Promise<Database>): Gate<AcquireRequest, Verdict> {
  return createGate<AcquireRequest, Verdict>({
    accountOf: ({ wholesalerId, retailerId }) => JSON.stringify([wholesalerId, retailerId]),
    call: async (requests, wait) => acquireBatchAlone((await database()).statements, requests, { wait }),
    isBusy: (verdict) => verdict.kind === 'busy',
    alone: async (request) => {
      const { statements } = await database();
      const [verdict] = await untilKnown(() => acquireBatchAlone(statements, [request], { wait: 'promised' }));
      return mustExist(verdict, 'a verdict');
    },
    late: () => refused('MAX_RETRIES_EXCEEDED'),
  });
}
