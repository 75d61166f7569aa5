import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createPhone } from '../../src/simulator/terminal/phone.ts';
import { createPhoneClient } from '../../src/simulator/terminal/phone-client.ts';
import { playScript } from '../../src/simulator/terminal/play-script.ts';
import { runScript } from '../support/run-script.ts';
import { APP_SECRET, startTestService, type TestService } from '../support/service.ts';
import { shop } from './shop.ts';

// The command starts a process of its own, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

let service: TestService;
beforeAll(async () => {
  service = await startTestService(shop);
});
afterAll(() => service.stop());

/** What a phone in the terminal shows when these lines are typed into it. */
async function played(as: string, ...lines: string[]): Promise<{ text: string; isFine: boolean }> {
  const client = createPhoneClient({ origin: service.service.url, appSecret: APP_SECRET });
  const phone = await createPhone(client, { isScreen: false, hasColours: false }, as);
  const shown: string[] = [];
  async function* typed() {
    yield* lines;
  }
  const isFine = await playScript(phone, typed(), (line) => shown.push(line));
  return { text: shown.join('\n'), isFine };
}

test('an order is typed, its buttons are numbered, and a number taps', async () => {
  const { text, isFine } = await played('shop0', '10 ctn coke 500', '1');
  expect(isFine).toBe(true);
  expect(text).toMatchInlineSnapshot(`
    "Shop 0: 10 ctn coke 500
        Test Wholesale: Your order
          1. Coca-Cola 500ml, 10 cases (240) - 4,320.00
          Total *4,320.00*
          Credit left after this: 5,680.00
          [1] Confirm  [2] Change  [3] Cancel
    Shop 0: taps [Confirm]
        Test Wholesale: Order *1001* placed. 4,320.00 on credit, 5,680.00 left."
  `);
  expect(await service.account('shop0')).toMatchObject({ heldMinor: 432_000n });
});

test('the rows of a list stand below each other, and a number chooses one', async () => {
  const { text } = await played('shop1', '5 sugar', '2');
  expect(text).toMatch(/\[1\] .*Sugar.*\n.*\[2\] .*Sugar/);
  expect(text).toMatch(/taps \[.*Sugar.*\]\n.*Your order/);
});

test('a cart, a card, a place and a photo go through the webhook and are answered', async () => {
  const { text, isFine } = await played(
    'shop2',
    '/cart 3 CREDIT100',
    '/contact Ravi +919800000099',
    '/location 19.07 72.87',
    '/photo',
  );
  expect(isFine).toBe(true);
  expect(text.match(/^ {4}Test Wholesale: /gm)).toHaveLength(4);
  expect(text).toContain('Order *1002* placed. 300.00 on credit');
});

test('the phone goes from hand to hand, also to somebody whom nobody knows', async () => {
  const { text } = await played('shop3', 'hi', '/as 919899999998', 'hi', '/as shop 3', 'balance');
  expect(text).toMatch(/Hello Shop 3![\s\S]+-- Somebody, \+919899999998, writes to Test Wholesale --/);
  expect(text).toMatch(/-- Shop 3, \+919700000003[\s\S]+Limit 10,000\.00/);
});

test('a line that means nothing is told, and the script counts as failed', async () => {
  const { text, isFine } = await played('shop4', '/cart nothing', 'balance');
  expect(isFine).toBe(false);
  expect(text).toContain('A cart is written like this');
  expect(text).toContain('Limit 10,000.00');
});

test('npm run chat plays what is piped into it against the service that runs, and ends', async () => {
  const { code, stdout, stderr } = await runScript(
    'chat',
    ['--url', service.service.url, '--person', 'shop5'],
    { WHATSAPP_APP_SECRET: APP_SECRET },
    'balance\n',
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(
    'Shop 5: balance\n    Test Wholesale: Limit 10,000.00, owed 0.00, on order 0.00. Available: *10,000.00*\n',
  );
});
