import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { testInBrowser, useBrowser } from '../support/browser.ts';
import { addStaff, SESSION_SECRET } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { looks } from './open-as.ts';
import { consoleShop } from './shop.ts';

// What moves money, done with Tab, Enter and letters alone: each thing that is needed can be reached, and shows where one is.

vi.setConfig({ testTimeout: 120_000 });

const browser = useBrowser();
let running: TestService;
let url: string;
const wholesalerId = consoleShop.wholesaler.id;
/** More stops than any page has before what is wanted. */
const STOPS_MAX = 80;

beforeAll(async () => {
  running = await startTestService(consoleShop, { SESSION_SECRET });
  url = running.service.url;
});
afterAll(() => running?.stop());

/** Goes from where the focus is to the target, one Tab after the other; every stop on the way can be seen. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < STOPS_MAX; stop += 1) {
    await page.keyboard.press('Tab');
    const [name, outline] = (await page.evaluate(FOCUS)) as [string, number];
    expect(outline, `the outline of ${name}`).toBeGreaterThanOrEqual(2);
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
  }
  throw new Error(`no Tab leads to ${target}`);
}

/** A day ahead, as it is typed whichever of day and month comes first: the next whose two are the same number. */
function soon(): string {
  const now = new Date();
  const month = now.getUTCMonth() + (now.getUTCDate() > now.getUTCMonth() ? 1 : 0);
  const number = String((month % 12) + 1).padStart(2, '0');
  return `${number}${number}${now.getUTCFullYear() + (month > 11 ? 1 : 0)}`;
}

const FOCUS = `(() => {
  const { activeElement: at } = document;
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  // Past its last stop the focus leaves the page.
  if (at === document.body) return ['the page', 2];
  return [at.outerHTML.slice(0, 120), outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth)];
})()`;

for (const [size, scheme] of looks) {
  testInBrowser(`by keys alone somebody signs in on a ${size}, takes a payment, and decides about credit`, async () => {
    const who = { wholesalerId, role: 'credit_controller', email: `keys-${size}@a.example` } as const;
    const { email, password } = await addStaff(running.database, who);
    const page = await browser.open(`${url}/console/accounts/asha/payment`, { size, scheme });
    const keys = page.keyboard;
    const fill = async (field: string, words: string): Promise<void> => {
      await tabTo(page, page.locator(`#f-${field}`));
      await keys.type(words);
    };
    const said = (words: string): Promise<void> => page.getByRole('status').getByText(words).waitFor();

    // The first field has the focus already.
    await keys.type(email);
    await fill('password', password);
    await keys.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Record a payment' }).waitFor();
    await keys.type('1,000');
    await fill('reference', `KEYS-${size}`);
    await keys.press('Enter');
    await said('The payment is recorded.');

    await page.goto(`${url}/console/accounts/asha`);
    await tabTo(page, page.getByText('Change the limit'));
    await keys.press('Enter');
    await tabTo(page, page.getByLabel('New limit'));
    await keys.press('ControlOrMeta+a');
    await keys.type('1,00,000');
    await fill('limitReason', 'as agreed');
    await keys.press('Enter');
    await said('The limit is changed.');

    await tabTo(page, page.getByText('Let one order pass the limit'));
    await keys.press('Enter');
    await fill('overrideOrder', `phoned-${size}`);
    await fill('above', '5,000');
    await fill('overrideUntil', soon());
    await fill('overrideReason', 'a wedding');
    await keys.press('Enter');
    await said('This one order may pass the limit now.');

    await running.quiet();
    const chat = running.chat({ phone: '919800000001', name: 'Asha' });
    await chat.says('70 sona masoori rice');
    await chat.taps('Ask for approval');
    await running.quiet();
    await page.goto(`${url}/console/approvals`);
    await tabTo(page, page.getByRole('button', { name: 'Reject' }));
    await keys.press('Enter');
    await said('Rejected: the shop was told.');
  });
}
