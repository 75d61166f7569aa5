import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { FakeGraph } from '../fake-graph.ts';

// Pages that are open hear of changes by server-sent events. What changes a chat is seen at once (the fake Graph API
// accepted something, a person wrote); what only the database knows (statuses, decisions) is looked for twice a second,
// and only while somebody looks.

const LOOK_EVERY_MS = 500;
/** Fastify cuts connections that are silent for 30 seconds. */
const SIGN_OF_LIFE_MS = 10_000;
const VIEWERS_MAX = 50;

/** The parts of the page that belong to one phone, as HTML by the id of the element that they fill. */
export type Parts = Record<string, string>;

type Viewer = { keys: readonly string[]; response: ServerResponse; known: Map<string, string> };

export type Live = {
  /** Keeps the response open and writes what changes on these phones. False when too many look already. */
  join(response: ServerResponse, keys: readonly string[]): boolean;
  /** Looks now instead of in a moment. */
  poke(): void;
  /** Ends the open pages' streams, and waits for the look that is under way. */
  stop(): Promise<void>;
};

/** Watches the phones that are on somebody's page. */
export function createLive(graph: FakeGraph, render: (key: string) => Promise<Parts>): Live {
  const viewers = new Set<Viewer>();
  let looking: Promise<void> | undefined;
  let isPoked = false;
  let isStopped = false;

  /** One look at a time; what is poked meanwhile looks once more. */
  function look(): void {
    if (viewers.size === 0 || isStopped) return;
    isPoked = true;
    looking ??= lookWhilePoked().finally(() => {
      looking = undefined;
    });
  }

  async function lookWhilePoked(): Promise<void> {
    while (isPoked && !isStopped) {
      isPoked = false;
      await lookOnce();
    }
  }

  async function lookOnce(): Promise<void> {
    for (const key of new Set([...viewers].flatMap(({ keys }) => keys))) {
      if (isStopped) return;
      // The database may be away for a moment while it is being tried out: the next look tells.
      const parts = await render(key).catch(() => undefined);
      if (parts === undefined) continue;
      for (const viewer of viewers) if (viewer.keys.includes(key)) tell(viewer, key, parts);
    }
  }

  const timer = setInterval(look, LOOK_EVERY_MS);
  const life = setInterval(() => {
    for (const { response } of viewers) response.write(': still here\n\n');
  }, SIGN_OF_LIFE_MS);
  const stopListening = graph.onSent((message) => {
    const address = message.to ?? message.recipient ?? '';
    for (const viewer of viewers) write(viewer.response, 'arrived', { address });
    look();
  });

  return {
    join(response, keys) {
      if (viewers.size >= VIEWERS_MAX) return false;
      const viewer: Viewer = { keys, response, known: new Map() };
      viewers.add(viewer);
      response.on('close', () => viewers.delete(viewer));
      look();
      return true;
    },
    poke: look,
    async stop() {
      isStopped = true;
      clearInterval(timer);
      clearInterval(life);
      stopListening();
      for (const { response } of viewers) response.end();
      await looking;
    },
  };
}

/** Only what is not on the page yet. */
function tell(viewer: Viewer, key: string, parts: Parts): void {
  const changed: Parts = {};
  for (const [id, content] of Object.entries(parts)) {
    const mark = createHash('sha1').update(content).digest('base64');
    if (viewer.known.get(id) === mark) continue;
    viewer.known.set(id, mark);
    changed[id] = content;
  }
  if (Object.keys(changed).length > 0) write(viewer.response, 'changed', { key, parts: changed });
}

function write(response: ServerResponse, event: string, data: unknown): void {
  response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
