import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FakeGraph, startFakeGraph } from '../../src/simulator/fake-graph.ts';
import { localTemplates } from '../../src/templates/local-templates.ts';
import { templateReply } from '../../src/templates/template-reply.ts';
import { createGraphClient } from '../../src/whatsapp/graph-client.ts';
import { runScript } from '../support/run-script.ts';

const TOKEN = 'EAAtoken1234567890';
const ACCOUNT = '102290129340398';
const ALL = localTemplates().length;
const ENGLISH = localTemplates(['en']).length;

let graph: FakeGraph;
beforeAll(async () => {
  graph = await startFakeGraph({ appSecret: 'secret', token: TOKEN, statusMode: 'none' });
});
beforeEach(() => {
  graph.templates.splice(0);
  graph.limitTemplates(Number.POSITIVE_INFINITY);
  graph.forget();
});
afterAll(() => graph.stop());

const run = (args: string[], settings: Record<string, string> = {}) =>
  runScript('templates', args, {
    WHATSAPP_GRAPH_URL: graph.url,
    WHATSAPP_ACCESS_TOKEN: TOKEN,
    WHATSAPP_BUSINESS_ACCOUNT_ID: ACCOUNT,
    ...settings,
  });
const approveAll = () => {
  for (const one of graph.templates) one.status = 'APPROVED';
};
const english = (template: string) => {
  const found = graph.templates.find(({ name }) => name === `orderlock_${template}`);
  if (found === undefined) throw new Error(`${template} was not created`);
  return found;
};

describe('npm run templates', () => {
  test('submits what is missing, and every text of ours passes the checks of the Graph API', async () => {
    const { code, stdout } = await run(['create', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ failed: [], left: 0 });
    expect(code).toBe(0);
    expect(graph.templates).toHaveLength(ALL);
    approveAll();
    expect((await run(['check'])).stdout).toBe(`${ALL} templates, 0 that cannot be sent as we have them.\n`);
    const again = await run(['create', '--json']);
    expect(JSON.parse(again.stdout)).toEqual({ created: [], failed: [], left: 0 });
  }, 60_000);

  test('lists all, page by page, with what to do about those that are missing', async () => {
    await run(['create', '--language', 'en,hi-Latn']);
    approveAll();
    const { code, stdout } = await run([]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^orderlock_payment_due_soon +en +APPROVED +UTILITY +UNKNOWN$/m);
    expect(stdout).toMatch(/^orderlock_payment_due_soon_latn +hi +APPROVED/m);
    expect(stdout).toMatch(/^orderlock_payment_due_soon +sw +- +- +- +missing\n +> Run: npm run templates -- create$/m);
    expect(stdout).toContain(`${ALL} templates, ${ALL - 2 * ENGLISH} that cannot be sent as we have them.`);
  }, 60_000);

  test('checks text, category, status and quality, says what to do, and exits 1', async () => {
    await run(['create', '--language', 'en']);
    approveAll();
    english('payment_due_soon').status = 'REJECTED';
    english('payment_overdue').category = 'MARKETING';
    english('order_delivered').quality = 'RED';
    english('payment_received').quality = 'YELLOW';
    english('limit_changed').status = 'PAUSED';
    english('account_blocked').status = 'PENDING';
    for (const part of english('approval_request').components) if (part.type === 'BODY') part.text += ' Thanks.';
    for (const part of english('statement_ready').components) if (part.type === 'BUTTONS') part.buttons.pop();
    const { code, stdout } = await run(['check', '--language', 'en', '--json']);
    expect(code).toBe(1);
    const { ok, templates } = JSON.parse(stdout) as { ok: boolean; templates: Record<string, unknown>[] };
    expect(ok).toBe(false);
    const told = templates.filter(({ problems }) => (problems as string[]).length > 0);
    expect(told.map(({ name, good, problems }) => [name, good, problems])).toEqual([
      ['orderlock_payment_due_soon', false, ['the status is REJECTED']],
      ['orderlock_payment_overdue', false, ['Meta made it MARKETING, we file it as UTILITY']],
      ['orderlock_order_delivered', false, ['the quality is RED']],
      ['orderlock_payment_received', true, ['the quality is YELLOW']],
      ['orderlock_limit_changed', false, ['the status is PAUSED']],
      ['orderlock_account_blocked', false, ['the status is PENDING']],
      ['orderlock_approval_request', false, ['the text is not ours']],
      ['orderlock_statement_ready', false, ['the text is not ours']],
    ]);
    for (const { hint } of told) expect(hint).toMatch(/^\S.{20,}/);
  }, 60_000);

  test('stops at the limit per hour and goes on from there when it is run again', async () => {
    graph.limitTemplates(5);
    const first = await run(['create', '--language', 'en']);
    expect(first.code).toBe(1);
    expect(first.stdout).toContain(`${ENGLISH - 6} left: run it again later, it goes on from here.`);
    expect(first.stdout).toContain('5 submitted, 1 failed.');
    graph.limitTemplates(Number.POSITIVE_INFINITY);
    const second = await run(['create', '--language', 'en']);
    expect(second.stdout).toContain(`${ENGLISH - 5} submitted, 0 failed.`);
  }, 60_000);

  test.each([
    ['no account', { WHATSAPP_BUSINESS_ACCOUNT_ID: '' }, /WHATSAPP_BUSINESS_ACCOUNT_ID is not set\./],
    ['no token', { WHATSAPP_ACCESS_TOKEN: '' }, /WHATSAPP_ACCESS_TOKEN is not set\./],
    [
      'a wrong token',
      { WHATSAPP_ACCESS_TOKEN: 'EAAwrong' },
      /refused to list the templates: .*#190[\s\S]*npm run doctor/,
    ],
    ['nobody there', { WHATSAPP_GRAPH_URL: 'http://127.0.0.1:9' }, /did not answer: ECONNREFUSED/],
  ])('with %s it says what to do', async (_what, settings, words) => {
    const { code, stderr } = await run(['check'], settings);
    expect([code, stderr]).toEqual([1, expect.stringMatching(words)]);
    expect(stderr).not.toContain('EAAwrong');
  });

  test('a word or a language that it does not know is answered with its usage', async () => {
    expect((await run(['delete'])).stderr).toMatch(/Usage: npm run templates/);
    expect((await run(['--language', 'klingon'])).stderr).toMatch(/klingon: no such language\.[\s\S]*hi-Latn/);
  });
});

describe('a template message', () => {
  const send = async (change: object = {}) => {
    const client = createGraphClient({ baseUrl: graph.url, version: 'v26.0', tokens: () => TOKEN });
    const reply = templateReply('payment_due_soon', {
      language: 'en',
      values: { shop: 'Asha Stores', amount: '₹4,320.00', date: '3 December' },
      payloads: { statement: 's', paid: 'p' },
    });
    const message = {
      wholesalerId: 'demo',
      outboxId: 'o',
      phoneNumberId: '1',
      tokenRef: 'T',
      recipient: { phone: '919800000001' },
    };
    const outcome = await client.send({ ...message, reply: { ...reply, ...change } });
    await client.stop(0);
    return outcome;
  };

  test('of ours is what the account knows, and goes out', async () => {
    await run(['create', '--language', 'en']);
    expect(await send()).toMatchObject({ kind: 'refused', metaCode: 132001 });
    approveAll();
    expect(await send()).toMatchObject({ kind: 'accepted' });
    expect(await send({ body: [] })).toMatchObject({ metaCode: 132000 });
    expect(await send({ body: ['shop', 'amount', 'day'].map((name) => ({ name, text: 'x' })) })).toMatchObject({
      metaCode: 132012,
    });
    expect(await send({ language: 'fr' })).toMatchObject({ metaCode: 132001 });
    english('payment_due_soon').status = 'PAUSED';
    expect(await send()).toMatchObject({ metaCode: 132015 });
    english('payment_due_soon').status = 'DISABLED';
    expect(await send()).toMatchObject({ metaCode: 132016 });
  }, 30_000);
});
