import { afterAll, beforeAll, expect, test } from 'vitest';
import { fitReply } from '../../src/outbox/reply-fit.ts';
import { wordsOf } from '../../src/outbox/reply-words.ts';
import { type FakeGraph, startFakeGraph } from '../../src/simulator/fake-graph.ts';
import { createGraphClient, type GraphClient } from '../../src/whatsapp/graph-client.ts';
import { makeTextStorable } from '../../src/whatsapp/storable-json.ts';
import { anyReply } from '../outbox/any-reply.ts';
import fc from '../support/properties.ts';

const TOKEN = 'EAAtoken1234567890';
const recipient = fc.constantFrom(
  { phone: '919800000001' },
  { bsuid: 'IN.1349120865530' },
  { bsuid: 'IN.ENT.1349120865530' },
  { phone: '+919800000001', bsuid: 'IN.1349120865530' },
);

let graph: FakeGraph;
let client: GraphClient;
let mediaId: string;
beforeAll(async () => {
  graph = await startFakeGraph({ appSecret: 'secret', token: TOKEN, statusMode: 'none' });
  mediaId = await upload();
  client = createGraphClient({ baseUrl: graph.url, version: 'v26.0', tokens: () => TOKEN });
});
afterAll(async () => {
  await client.stop(0);
  await graph.stop();
});

/** A file that the fake knows, so that documents have something to name. */
async function upload(): Promise<string> {
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', 'application/pdf');
  form.set('file', new Blob(['%PDF-1.7'], { type: 'application/pdf' }), 'May.pdf');
  const answer = await fetch(`${graph.url}/v26.0/106540352242922/media`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}` },
    body: form,
  });
  return ((await answer.json()) as { id: string }).id;
}

// The fake Graph API checks by rules of its own, written down a second time: a limit misread here is refused there.
test('whatever is said, every message of it passes the checks of the Graph API', async () => {
  const kinds = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(anyReply, recipient, async (reply, to) => {
      graph.forget();
      const messages = fitReply(reply).map((content, at) => ({
        wholesalerId: 'demo',
        outboxId: `o-${at}`,
        phoneNumberId: '106540352242922',
        tokenRef: 'WHATSAPP_ACCESS_TOKEN',
        recipient: to,
        reply: {
          ...(content.kind === 'document' ? { ...content, file: { mediaId } } : content),
          quotes: 'wamid.HBgM==',
        },
      }));
      for (const message of messages) {
        expect(await client.send(message)).toMatchObject({ kind: 'accepted' });
        kinds.set(message.reply.kind, (kinds.get(message.reply.kind) ?? 0) + 1);
      }
      expect(graph.sent()).toHaveLength(messages.length);
      if (reply.kind === 'text') {
        const heard = graph
          .sent()
          .map(({ body }) => body)
          .join('');
        expect(heard.replace(/\s/g, '')).toBe(makeTextStorable(wordsOf(reply)).replace(/\s/g, ''));
      }
    }),
    { numRuns: 400 },
  );
  expect([...kinds.keys()].sort(), 'every kind was tried').toEqual([
    'buttons',
    'contact_request',
    'document',
    'link',
    'list',
    'product',
    'product_list',
    'reaction',
    'template',
    'text',
  ]);
}, 60_000);
