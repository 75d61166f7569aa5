import { html } from '@remix-run/html-template';
import { z } from 'zod';
import type { Database } from '../../db/index.ts';
import { HttpProblem } from '../../http/problem.ts';
import type { FastifyInstance } from '../../http/server.ts';
import type { FakeGraph } from '../fake-graph.ts';
import { deliveryOf, phoneActSchema } from '../phone/act.ts';
import { assetAt } from './assets.ts';
import { createFaultSwitches } from './fault-switches.ts';
import { createLive } from './live.ts';
import { offerStubs } from './offer-stubs.ts';
import { pageView, partsOf } from './page-view.ts';
import { type Phone, phoneAt, phonesToBeginWith, readPhones, sharedShops } from './phones.ts';
import { createPostDelivery } from './post-delivery.ts';
import { readProducts } from './products.ts';
import { readStation, type Station } from './station.ts';
import { orderTwice } from './two-orders.ts';
import { twoOrdersView } from './two-orders-view.ts';

type PageDeps = { db: Database; graph: FakeGraph; appSecret: string };

/** Nothing inline and nothing from elsewhere. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PHONES_MAX = 8;
const keys = z
  .string()
  .max(1_000)
  .transform((text) => [...new Set(text.split(',').filter((key) => key !== ''))].slice(0, PHONES_MAX));
const pageQuery = z.object({ phones: keys.optional(), add: z.string().trim().max(200).optional() });
const liveQuery = z.object({ phones: keys });
const actBody = z.object({ phone: z.string().max(200), act: phoneActSchema });
const faultBody = z.discriminatedUnion('change', [
  z.object({ change: z.literal('once'), fault: z.string() }),
  z.object({ change: z.literal('always'), fault: z.string(), isOn: z.boolean() }),
  z.object({ change: z.literal('statuses'), mode: z.enum(['normal', 'none', 'late', 'duplicate', 'reordered']) }),
]);
const shopBody = z.object({ wholesalerId: z.string(), retailerId: z.string() });

/** The phone simulator under /simulator: phones of the shop's people, and what the service saw. Demo and dev only. */
export async function simulatorPage(app: FastifyInstance, { db, graph, appSecret }: PageDeps): Promise<void> {
  const post = createPostDelivery(() => `${app.listeningOrigin}/webhooks/whatsapp`, appSecret);
  const switches = createFaultSwitches(graph);
  offerStubs(graph);
  const live = createLive(graph, async (key) => {
    const phone = phoneAt(await readPhones(db.prisma), key);
    return phone === undefined ? {} : partsOf(await readStation(db, graph, phone));
  });
  app.addHook('preClose', () => live.stop());

  app.get('/simulator', async (request, reply) => {
    const query = read(pageQuery, request.query);
    const phones = await readPhones(db.prisma);
    if (query.add !== undefined) {
      const added = findPhone(phones, query.add);
      const open = [...(query.phones ?? []), ...(added === undefined ? [] : [added.key])];
      return reply.redirect(`/simulator?phones=${[...new Set(open)].map(encodeURIComponent).join(',')}`, 303);
    }
    const open =
      query.phones === undefined
        ? phonesToBeginWith(phones)
        : query.phones.flatMap((key) => phoneAt(phones, key) ?? []);
    const products = new Map<string, Awaited<ReturnType<typeof readProducts>>>();
    for (const { wholesaler } of open) {
      if (!products.has(wholesaler.id)) products.set(wholesaler.id, await readProducts(db.prisma, wholesaler.id));
    }
    const stations: Station[] = [];
    for (const phone of open) stations.push(await readStation(db, graph, phone));
    return reply
      .headers({ 'content-security-policy': POLICY, 'cache-control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send(pageView({ stations, phones, products, switches: switches.state() }));
  });

  app.get('/simulator/assets/:hash/:name', async (request, reply) => {
    const found = assetAt(request.url);
    if (found === undefined) return reply.callNotFound();
    return reply
      .headers({ 'cache-control': 'public, max-age=31536000, immutable' })
      .type(found.contentType)
      .send(found.bytes);
  });

  app.get('/simulator/live', async (request, reply) => {
    const { phones } = read(liveQuery, request.query);
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    reply.raw.write('retry: 1000\n\n');
    if (!live.join(reply.raw, phones)) reply.raw.end();
  });

  app.get('/simulator/files/:mediaId', async (request, reply) => {
    const { mediaId } = read(z.object({ mediaId: z.string() }), request.params);
    const file = graph.uploads().find((one) => one.mediaId === mediaId);
    if (file === undefined) return reply.callNotFound();
    return reply
      .headers({ 'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(file.filename)}` })
      .type(file.mimeType)
      .send(file.bytes);
  });

  app.post('/simulator/act', async (request) => {
    const { phone: key, act } = read(actBody, request.body);
    const phone = mustKnow(phoneAt(await readPhones(db.prisma), key));
    const { wamid, body } = deliveryOf(phone.line, phone, act);
    graph.hears(phone.phone ?? phone.bsuid ?? '');
    const { status } = await post(body);
    live.poke();
    return { wamid, status };
  });

  app.post('/simulator/faults', async (request) => {
    const body = read(faultBody, request.body);
    if (body.change === 'once') switches.once(body.fault);
    else if (body.change === 'always') switches.always(body.fault, body.isOn);
    else switches.statuses(body.mode);
    const { always, statuses } = switches.state();
    return { count: always.size + (statuses === 'normal' ? 0 : 1) };
  });

  app.post('/simulator/two-orders', async (request) => {
    const body = read(shopBody, request.body);
    const shop = mustKnow(
      sharedShops(await readPhones(db.prisma)).find(
        (one) => one.wholesalerId === body.wholesalerId && one.retailerId === body.retailerId,
      ),
    );
    const result = await orderTwice({ db, post }, shop);
    live.poke();
    return {
      html: String(result.kind === 'done' ? twoOrdersView(result.result) : html`<p class="bad">${result.because}</p>`),
    };
  });
}

/** By key, by number, or by the beginning of a name. */
function findPhone(phones: readonly Phone[], wanted: string): Phone | undefined {
  const digits = wanted.replaceAll(/[\s+()-]/g, '');
  const name = wanted.toLowerCase();
  return phoneAt(phones, digits) ?? phones.find((phone) => phone.name.toLowerCase().startsWith(name));
}

function read<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new HttpProblem({ status: 422, code: 'BAD_INPUT', detail: z.prettifyError(parsed.error) });
}

function mustKnow<T>(found: T | undefined): T {
  if (found !== undefined) return found;
  throw new HttpProblem({ status: 404, code: 'NOT_FOUND', detail: 'There is no such phone here.' });
}
