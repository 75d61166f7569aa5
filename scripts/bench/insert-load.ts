import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';
import { delivery, messageFrom } from '../../src/simulator/payloads.ts';
import { signBody } from '../../src/whatsapp/signature.ts';
import { lost } from './crowd.ts';
import { cartOrder, line, personOf } from './shop.ts';

const CONNECTIONS = 64;

/** Requests a second that the bare route answers, each with an order of its own as its body. */
export async function pressInsert(url: string, appSecret: string, { insertMs }: { insertMs: number }): Promise<number> {
  const pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1 });
  const startAt = performance.now();
  let answered = 0;
  const keepPosting = async (): Promise<void> => {
    while (performance.now() - startAt < insertMs) {
      const shop = answered % CONNECTIONS;
      const message = messageFrom(personOf(shop), cartOrder(shop, 0).content);
      const body = JSON.stringify(delivery(line, { messages: [message] }));
      const response = await pool.request({
        path: '/',
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': signBody(body, appSecret) },
        body,
      });
      await response.body.dump();
      if (response.statusCode !== 200) throw lost(`the bare route answered with status ${response.statusCode}`);
      answered += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, keepPosting));
    return (answered * 1000) / (performance.now() - startAt);
  } finally {
    await pool.destroy();
  }
}
