import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { assert, mustExist } from '../../src/shared/assert.ts';
import { ServiceError } from '../../src/shared/errors.ts';
import type { FakeGraph } from '../../src/simulator/fake-graph.ts';
import { delivery, messageFrom } from '../../src/simulator/payloads.ts';
import { signBody } from '../../src/whatsapp/signature.ts';
import { line, personOf, type Saying } from './shop.ts';

/** People of several shops who write and wait for the answer before they write again. */
export type Crowd = {
  /** Keeps `inFlight` messages under way for a while; gives the times of all answers and the longest waits. */
  press(options: { inFlight: number; forMs: number }): Promise<Answered[]>;
  /** Writes so many messages a second, however long the answers take. */
  stroll(options: { perSecond: number; forMs: number }): Promise<Answered[]>;
  /** Messages written so far; each was answered once and as it should be, else the bench has failed. */
  written(): number;
  stop(): Promise<void>;
};

export type Answered = { postedAt: number; answeredAt: number };

type CrowdOptions = {
  graph: FakeGraph;
  webhookUrl: string;
  appSecret: string;
  shops: { first: number; count: number };
  say: (shop: number, turn: number) => Saying;
};

type Member = { shop: number; phone: string; turn: number };
type Waiting = { saying: Saying; resolve: (at: number) => void; reject: (error: Error) => void };

/** A person may be sent a burst of 20; beyond it the service rests for Meta's limit, and the bench would measure that. */
const TURNS_MAX = 20;
const CONNECTIONS = 64;
const ANSWER_MS_MAX = 20_000;

/** Fails at the first message that is refused, not answered, answered wrongly or answered twice. */
export function createCrowd({ graph, webhookUrl, appSecret, shops, say }: CrowdOptions): Crowd {
  const url = new URL(webhookUrl);
  const pool = new Pool(url.origin, { connections: CONNECTIONS, pipelining: 1 });
  const idle: Member[] = Array.from({ length: shops.count }, (_, nth) => ({
    shop: shops.first + nth,
    phone: mustExist(personOf(shops.first + nth).phone, 'a phone'),
    turn: 0,
  }));
  const phones = new Set(idle.map(({ phone }) => phone));
  const waiting = new Map<string, Waiting>();
  let failure: Error | undefined;
  let written = 0;

  const stopListening = graph.onSent((reply) => {
    const phone = reply.to ?? '';
    if (!phones.has(phone)) return;
    const asker = waiting.get(phone);
    waiting.delete(phone);
    if (asker === undefined) failure ??= lost(`somebody who asked nothing was told: ${reply.body}`);
    else if (asker.saying.isAnsweredBy(reply)) asker.resolve(performance.now());
    else asker.reject(lost(`${JSON.stringify(asker.saying.content)} was answered with: ${reply.body}`));
  });

  async function writeAndWait(): Promise<Answered> {
    if (failure !== undefined) throw failure;
    const member = idle.shift();
    assert(member !== undefined && member.turn < TURNS_MAX, 'the crowd is large enough for the load');
    const saying = say(member.shop, member.turn);
    member.turn += 1;
    const body = JSON.stringify(delivery(line, { messages: [messageFrom(personOf(member.shop), saying.content)] }));
    const answered = new Promise<number>((resolve, reject) => waiting.set(member.phone, { saying, resolve, reject }));
    const postedAt = performance.now();
    const [answeredAt] = await Promise.all([inTime(answered, saying), post(body)]);
    idle.push(member);
    written += 1;
    return { postedAt, answeredAt };
  }

  async function post(body: string): Promise<void> {
    const response = await pool.request({
      path: url.pathname,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': signBody(body, appSecret) },
      body,
    });
    await response.body.dump();
    if (response.statusCode !== 200) throw lost(`a delivery was answered with status ${response.statusCode}`);
  }

  return {
    async press({ inFlight, forMs }) {
      const until = performance.now() + forMs;
      const answers: Answered[] = [];
      const keepWriting = async (): Promise<void> => {
        do answers.push(await writeAndWait());
        while (performance.now() < until);
      };
      await Promise.all(Array.from({ length: inFlight }, keepWriting));
      return answers;
    },
    async stroll({ perSecond, forMs }) {
      const startAt = performance.now();
      const count = Math.max(1, Math.floor((perSecond * forMs) / 1000));
      const answers: Promise<Answered>[] = [];
      for (let nth = 0; nth < count; nth += 1) {
        const ahead = startAt + (nth * 1000) / perSecond - performance.now();
        if (ahead > 1) await sleep(ahead);
        const answer = writeAndWait();
        answer.catch(() => undefined);
        answers.push(answer);
      }
      return Promise.all(answers);
    },
    written: () => written,
    async stop() {
      stopListening();
      await pool.destroy();
    },
  };
}

async function inTime(answered: Promise<number>, saying: Saying): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const fail = (): void => reject(lost(`${JSON.stringify(saying.content)} was not answered in ${ANSWER_MS_MAX} ms`));
    timer = setTimeout(fail, ANSWER_MS_MAX);
  });
  try {
    return await Promise.race([answered, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A bench that loses work has no figures to show. */
export function lost(message: string): ServiceError {
  return new ServiceError({ code: 'bench_lost_work', message });
}
