import type { Page } from 'playwright-core';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, expectFitsWidth, keepPicture, testInBrowser, useBrowser } from '../support/browser.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { waitFor } from '../support/wait-for.ts';

// What a person does with the simulated phones, in a real browser: every message goes through the signed webhook, every
// answer through the fake Graph API.

const product = (sku: string, name: string, priceMinor: number, units: Record<string, number> = { each: 1 }) => {
  const defaultUnit = Object.keys(units).at(-1) ?? 'each';
  return { sku, name, units, defaultUnit, cartUnit: defaultUnit, priceMinor, aliases: [] };
};
const person = (id: string, name: string, phones: string[], limitMinor: number, language = 'en') => ({
  id,
  name,
  language,
  identities: phones.map((value) => ({ kind: 'phone', value })),
  credit: { limitMinor, owedMinor: 0, status: 'active', termsDays: 14 },
});

const SHOP = {
  wholesaler: {
    id: 'page',
    name: 'Corner Wholesale',
    currency: 'INR',
    language: 'en',
    timeZone: 'Asia/Kolkata',
    policies: { confirm: 'always' },
  },
  lines: [{ phoneNumberId: '106540352242911', displayPhoneNumber: '+91 22 5555 0111' }],
  products: [
    product('COKE500', 'Coca-Cola 500ml', 1800, { each: 1, case: 24 }),
    product('SUGAR1', 'Sugar 1kg', 4800),
    product('SUGAR5', 'Sugar 5kg', 23_000),
    product('SUGAR25', 'Sugar 25kg', 110_000),
    product('SUGAR50', 'Sugar 50kg', 215_000),
    product('TEA250', 'Tata Tea 250g', 14_000),
  ],
  retailers: [
    person('asha', 'Asha Stores', ['919800000101'], 10_000_000),
    person('binod', 'Binod Kirana', ['919800000102'], 10_000_000),
    person('ganesh', 'Ganesh Super', ['919800000121', '919800000122'], 1_000_000),
    person('noura', 'بقالة نورة', ['966500000131'], 5_000_000, 'ar'),
    person('lost', 'Lost Answers Mart', ['919800000141'], 5_000_000),
  ],
  approvers: [{ name: 'Ravi', identities: [{ kind: 'phone', value: '919800000199' }] }],
};

describe('the simulated phones', { timeout: 180_000 }, () => {
  const browser = useBrowser();
  let stage: TestService;
  const at = (...phones: string[]): string => `${stage.service.url}/simulator?phones=${phones.join(',')}`;

  beforeAll(async () => {
    stage = await startTestService(SHOP);
  });
  afterAll(() => stage?.stop());

  testInBrowser(
    'an order by text is confirmed by a tap, read with blue ticks, and shown with its arithmetic',
    async () => {
      const page = await browser.open(at('919800000101'));
      await say(page, '919800000101', '10 case coca-cola, 2 tata tea');
      await tap(page, '919800000101', 'Confirm');
      await newestFrom(page, '919800000101', /placed/);
      const phone = stationOf(page, '919800000101');
      await waitFor('blue ticks', async () => (await phone.locator('.mine .tick.read').count()) === 2);
      const seen = phone.locator('.seen');
      await seen.locator('.decision.good', { hasText: 'approved' }).waitFor();
      await seen.locator('.ledger', { hasText: 'HOLD' }).waitFor();
      await seen.locator('.trace >> .road', { hasText: 'sent → delivered → read' }).first().waitFor();
      expect(await seen.locator('.account .held').innerText()).toContain('4,600.00');
      await seen.locator('summary', { hasText: '10 case coca-cola' }).click();
      const marked = await seen.locator('mark.sure').allInnerTexts();
      expect(marked.map((text) => text.replace(/\d$/, '').trim())).toEqual(['10 case coca-cola', '2 tata tea']);
      expect((await stage.account('asha')).heldMinor).toBe(460_000n);
      await expectAccessible(page);
      await keepPicture(page, 'simulator-order-desktop');
    },
  );

  testInBrowser(
    'a phone-sized window in the dark: list, quote, cart, contact, place, photo and voice note',
    async () => {
      const phone = '919800000102';
      const page = await browser.open(at(phone), { size: 'phone', scheme: 'dark' });
      await say(page, phone, '3 sugar');
      const bubble = await newestFrom(page, phone, /sugar/i);
      await bubble.locator('.choices .choice').click();
      await page.locator('dialog[open] .rows .choice', { hasText: 'Sugar 25kg' }).waitFor();
      await expectAccessible(page);
      await keepPicture(page, 'simulator-list-phone-dark');
      await page.locator('dialog[open] .rows .choice', { hasText: 'Sugar 25kg' }).click();
      const proposal = await newestFrom(page, phone, /Total/);
      await proposal.getByRole('button', { name: 'Reply to this message' }).click();
      await say(page, phone, 'yes');
      await newestFrom(page, phone, /placed/);
      const answer = stationOf(page, phone).locator('.mine', { hasText: 'yes' });
      expect(await answer.locator('.quoted').innerText()).toContain('Sugar 25kg');

      await attach(page, phone, 'Catalogue cart');
      await page.getByLabel('Tata Tea 250g, each').fill('4');
      await page.getByRole('button', { name: 'Send cart' }).click();
      await stationOf(page, phone).locator('.mine', { hasText: '4 × Tata Tea 250g' }).waitFor();
      await newestFrom(page, phone, /placed/);

      await attach(page, phone, 'Voice note');
      await stationOf(page, phone).locator('.mine', { hasText: 'Voice note' }).waitFor();
      await attach(page, phone, 'Photo');
      await stationOf(page, phone).locator('.mine', { hasText: 'Photo' }).waitFor();
      await attach(page, phone, 'Send contact');
      await stationOf(page, phone).locator('.mine', { hasText: 'Contact' }).waitFor();
      await attach(page, phone, 'Send location');
      await stationOf(page, phone).locator('.mine', { hasText: '19.0760, 72.8777' }).waitFor();
      await expectFitsWidth(page);
      await expectAccessible(page);
      await keepPicture(page, 'simulator-phone-dark');
    },
  );

  testInBrowser('two orders at once: exactly one is approved, and the page shows both verdicts', async () => {
    const page = await browser.open(at('919800000121', '919800000122'));
    // Something that one of them left open must not spoil it.
    await say(page, '919800000122', '3 tata tea');
    await newestFrom(page, '919800000122', /Total/);
    await page.getByRole('button', { name: 'Two orders at once' }).click();
    await page.getByRole('button', { name: 'Confirm both now' }).click();
    const result = page.locator('#two-orders-result');
    await waitFor('both verdicts', async () => / of 2 approved/.test(await result.innerText()), 40_000);
    expect(await result.innerText()).toContain('1 of 2 approved.');
    expect(await result.locator('.verdicts .good').count()).toBe(1);
    expect(await result.locator('.verdicts .refused').innerText()).toMatch(/short by/);
    await expectAccessible(page);
    await keepPicture(page, 'simulator-two-orders');
    const { heldMinor, availableMinor } = await stage.account('ganesh');
    expect(heldMinor).toBeGreaterThan(500_000n);
    expect(heldMinor + availableMinor).toBe(1_000_000n);
    const shown = await result.locator('tbody tr', { hasText: 'After' }).innerText();
    expect(shown).toContain(new Intl.NumberFormat('en', { minimumFractionDigits: 2 }).format(Number(heldMinor) / 100));
  });

  testInBrowser('an answer lost on the way back: the message is delivered once and known to be', async () => {
    const phone = '919800000141';
    const page = await browser.open(at(phone), { scheme: 'dark' });
    await page.locator('.faults > summary').click();
    await page.getByRole('button', { name: 'Once: Answer lost' }).click();
    await page.getByText('The next reply will meet this.').waitFor();
    await expectAccessible(page);
    await keepPicture(page, 'simulator-faults-dark');
    await page.locator('.faults > summary').click();
    await say(page, phone, '5 tata tea');
    await newestFrom(page, phone, /Tata Tea/);
    await stationOf(page, phone).locator('.road', { hasText: 'delivered → read' }).waitFor();
    await stage.quiet();
    expect(await stationOf(page, phone).locator('.theirs').count()).toBe(1);
    expect(stage.graph.sentTo(phone)).toHaveLength(1);

    // Another one: an answer that takes seconds, while the phone shows that somebody types.
    stage.graph.faults.next({ kind: 'delay', ms: 2_000 });
    await say(page, phone, 'what do i owe?');
    await stationOf(page, phone).locator('.typing').waitFor();
    await newestFrom(page, phone, /50,000\.00/);
    await stationOf(page, phone).locator('.typing').waitFor({ state: 'detached' });
  });

  testInBrowser('an Arabic shop reads and writes from right to left', async () => {
    const phone = '966500000131';
    const page = await browser.open(at(phone, '919800000199'));
    await say(page, phone, '2 Tata Tea 250g');
    await newestFrom(page, phone, /[؀-ۿ]/);
    const direction = "getComputedStyle([...document.querySelectorAll('.theirs .words')].at(-1)).direction";
    expect(await page.evaluate(direction)).toBe('rtl');
    await expectAccessible(page);
    await keepPicture(page, 'simulator-arabic');
  });

  testInBrowser('a document opens, an unknown person is answered, and news of other phones is told', async () => {
    const page = await browser.open(at('919800000199'));
    await page.waitForSelector('body[data-live]');
    await sendDocument(stage, '919800000199');
    const file = page.locator('.theirs a.card', { hasText: 'statement.pdf' });
    await file.waitFor();
    const answer = await page.request.get(new URL((await file.getAttribute('href')) ?? '', page.url()).href);
    expect(answer.headers()['content-type']).toBe('application/pdf');
    expect((await answer.body()).toString()).toBe(PDF);
    await sendDocument(stage, '919800000101');
    await page.getByText('1 new on other phones, last: 919800000101').waitFor();

    await page.getByLabel('Add a phone').fill('+91 98 1234 5678');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await say(page, '919812345678', 'hello');
    await newestFrom(page, '919812345678', /./);
    await page.getByRole('link', { name: /Put away the phone of Ravi/ }).click();
    await waitFor('the approver to be gone', async () => (await page.locator('.station').count()) === 1);
  });
});

describe('without the simulator', () => {
  test('a service that is not given the pages has none of their doors', async () => {
    const stage = await startTestService(SHOP, {}, { withPhones: false });
    try {
      const json = { 'content-type': 'application/json' };
      const doors = [
        ['GET', '/simulator'],
        ['GET', '/simulator/live?phones=1'],
        ['POST', '/simulator/act'],
        ['POST', '/simulator/faults'],
        ['POST', '/simulator/two-orders'],
      ] as const;
      for (const [method, path] of doors) {
        const answer = await request(
          stage.service.url + path,
          method === 'GET' ? {} : { method, headers: json, body: '{}' },
        );
        await answer.body.dump();
        expect({ path, status: answer.statusCode }).toEqual({ path, status: 404 });
      }
    } finally {
      await stage.stop();
    }
  });
});

const stationOf = (page: Page, phone: string) => page.locator(`.station[data-phone="${phone}"]`);

async function say(page: Page, phone: string, words: string): Promise<void> {
  const typed = stationOf(page, phone).locator('textarea');
  await typed.fill(words);
  await typed.press('Enter');
}

async function tap(page: Page, phone: string, title: string): Promise<void> {
  await stationOf(page, phone).locator('.theirs .choice', { hasText: title }).last().click();
}

async function attach(page: Page, phone: string, what: string): Promise<void> {
  await stationOf(page, phone).getByRole('button', { name: 'Send something else' }).click();
  await page.locator('#attach').getByRole('button', { name: what }).click();
}

/** The newest bubble, once it is the business's and says this. */
async function newestFrom(page: Page, phone: string, words: RegExp) {
  const newest = stationOf(page, phone).locator('.log > .bubble:not(.typing)').last();
  await waitFor(
    `${phone} to read ${words}`,
    async () => {
      const isTheirs = ((await newest.getAttribute('class')) ?? '').includes('theirs');
      return isTheirs && words.test(await newest.innerText());
    },
    20_000,
  );
  return newest;
}

const PDF = '%PDF-1.4\n%%EOF\n';

/** As the service sends one: the file is uploaded, then named in a message. */
async function sendDocument({ graph, line }: TestService, to: string): Promise<void> {
  const authorization = 'Bearer test-access-token';
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', 'application/pdf');
  form.set('file', new File([PDF], 'statement.pdf', { type: 'application/pdf' }));
  const base = `${graph.url}/v26.0/${line.phoneNumberId}`;
  const uploaded = await fetch(`${base}/media`, { method: 'POST', headers: { authorization }, body: form });
  const { id } = (await uploaded.json()) as { id: string };
  const sent = await fetch(`${base}/messages`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({
      messaging_product: 'whatsapp',
      to,
      type: 'document',
      document: { id, filename: 'statement.pdf', caption: 'Your statement' },
    }),
  });
  expect(sent.status).toBe(200);
}
