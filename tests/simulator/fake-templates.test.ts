import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FakeGraph, startFakeGraph } from '../../src/simulator/fake-graph.ts';

const TOKEN = 'EAAtoken';
const LINE = { phoneNumberId: '106540352242922', displayPhoneNumber: '912255550100', wabaId: '102290129340398' };

let graph: FakeGraph;
beforeAll(async () => {
  graph = await startFakeGraph({ appSecret: 'secret', token: TOKEN, lines: [LINE] });
});
beforeEach(() => void graph.templates.splice(0));
afterAll(() => graph.stop());

type Answer = {
  status: number;
  json: {
    id?: string;
    status?: string;
    error?: { code: number; error_subcode?: number };
    data?: { name: string }[];
    paging?: { cursors: { after: string }; next?: string };
  };
};
async function call(method: string, body?: unknown, query = '', account = LINE.wabaId): Promise<Answer> {
  const response = await fetch(`${graph.url}/v26.0/${account}/message_templates${query}`, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: response.status, json: (await response.json()) as Answer['json'] };
}

const TEXT = 'Hello {{shop}}, order {{order}} is on its way to you today.';
const samples = (...names: string[]) => ({
  body_text_named_params: names.map((name) => ({ param_name: name, example: 'x' })),
});
const template = (text = TEXT, example: object | undefined = samples('shop', 'order'), more: object = {}) => ({
  name: 'on_its_way',
  language: 'en',
  category: 'UTILITY',
  parameter_format: 'NAMED',
  components: [{ type: 'BODY', text, example }],
  ...more,
});
const withButtons = (...texts: string[]) => {
  const one = template();
  return {
    ...one,
    components: [...one.components, { type: 'BUTTONS', buttons: texts.map((text) => ({ type: 'QUICK_REPLY', text })) }],
  };
};

test('a good template is taken, waits for approval, and can be removed', async () => {
  expect(await call('POST', withButtons('Track it', 'Call me'))).toMatchObject({
    status: 200,
    json: { status: 'PENDING' },
  });
  expect((await call('GET')).json.data).toMatchObject([{ name: 'on_its_way', status: 'PENDING', category: 'UTILITY' }]);
  expect((await call('DELETE', undefined, '?name=on_its_way')).status).toBe(200);
  expect((await call('GET')).json.data).toEqual([]);
  expect((await call('DELETE', undefined, '?name=on_its_way')).json.error?.code).toBe(100);
});

test('lists come page by page', async () => {
  for (let n = 0; n < 5; n += 1) await call('POST', template(undefined, undefined, { name: `t_${n}` }));
  const names: string[] = [];
  let after = '';
  for (let page = 0; page < 5; page += 1) {
    const { data = [], paging } = (await call('GET', undefined, `?limit=2${after && `&after=${after}`}`)).json;
    names.push(...data.map(({ name }) => name));
    if (paging?.next === undefined) break;
    after = encodeURIComponent(paging.cursors.after);
  }
  expect(names).toEqual(['t_0', 't_1', 't_2', 't_3', 't_4']);
});

describe('what Meta refuses at once', () => {
  test.each<[string, object, number | undefined]>([
    ['a variable at the start', template('{{shop}}, order {{order}} is on its way to you today.'), 2388299],
    ['a variable at the end', template('Hello {{shop}}, on its way to you today is {{order}}.'), 2388299],
    ['a variable without sample', template(TEXT, samples('shop')), 2388043],
    ['a sample without variable', template(TEXT, samples('shop', 'order', 'day')), 2388043],
    ['no samples', template(TEXT, { body_text_named_params: [] }), 2388043],
    ['an empty sample', template(TEXT, { body_text_named_params: [{ param_name: 'shop', example: '' }] }), undefined],
    ['more variables than words', template('Hello {{shop}} and {{order}} too', samples('shop', 'order')), 2388293],
    ['a body of 1,025', template('x'.repeat(1025), samples()), 2388040],
    ['a variable in capitals', template('Hello {{Shop}}, this is on its way.', samples('Shop')), undefined],
    ['a button of 26', withButtons('x'.repeat(26)), 2388040],
    ['11 buttons', withButtons(...Array.from({ length: 11 }, (_, n) => `b${n}`)), 2388040],
    ['a name in capitals', template(undefined, undefined, { name: 'OnItsWay' }), undefined],
    ['a language that Meta has not', template(undefined, undefined, { language: 'hi_Latn' }), undefined],
    ['a category that Meta has not', template(undefined, undefined, { category: 'NEWS' }), undefined],
    ['an unknown part', template(undefined, undefined, { colour: 'red' }), undefined],
  ])('%s', async (_what, body, subcode) => {
    const { status, json } = await call('POST', body);
    expect([status, json.error?.code, json.error?.error_subcode]).toEqual([400, 100, subcode]);
    expect(graph.templates).toEqual([]);
  });

  test('the same name in the same language', async () => {
    await call('POST', template());
    expect((await call('POST', template())).json.error).toMatchObject({ code: 100, error_subcode: 2388024 });
    expect((await call('POST', template(undefined, undefined, { language: 'en_GB' }))).status).toBe(200);
  });

  test('the account of somebody else', async () => {
    expect((await call('GET', undefined, '', '1')).json.error?.code).toBe(100);
  });
});
