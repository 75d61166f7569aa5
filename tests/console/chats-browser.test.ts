import { afterAll, beforeAll, expect, vi } from 'vitest';
import { delivery, messageFrom, text } from '../../src/simulator/payloads.ts';
import type { Role } from '../../src/staff/index.ts';
import { expectAccessible, expectFitsWidth, keepPicture, testInBrowser, useBrowser } from '../support/browser.ts';
import { SESSION_SECRET } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { looks, openAs } from './open-as.ts';
import { consoleShop } from './shop.ts';

// The pages on which staff deal with what shops write: chats, requests for approval, claimed payments.

// On a machine whose cores have other work, a click takes a second.
vi.setConfig({ testTimeout: 120_000 });

const browser = useBrowser();
let running: TestService;
const asha = { phone: '919800000001', name: 'Asha' };
/** One red pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

beforeAll(async () => {
  const shop = {
    ...consoleShop,
    approvers: [{ name: 'Ravi', identities: [{ kind: 'phone', value: '919800000099' }] }],
  };
  running = await startTestService(shop, { SESSION_SECRET });
  running.graph.downloads.offer('SLIP', { bytes: PNG, mimeType: 'image/png' });
});
afterAll(() => running?.stop());

for (const [size, scheme] of looks) {
  const open = (role: Role, path: string) => openAs(browser, running, { role, path, size, scheme });

  testInBrowser(
    `on a ${size} a chat is read, taken over, answered while the shop goes on writing, and given back`,
    async () => {
      await running.quiet();
      const chat = running.chat(asha);
      await chat.says('2 sona masoori rice, 3 case sunflower oil');
      await chat.says('talk to a person');
      await running.quiet();
      const page = await open('sales', '/console/conversations');
      await expectAccessible(page);
      await expectFitsWidth(page);
      await keepPicture(page, `console-conversations-${size}-${scheme}`);
      await page
        .getByRole('main')
        .getByRole('link', { name: /Asha Stores/ })
        .click();
      await page.getByRole('heading', { level: 1, name: 'Asha Stores' }).waitFor();
      const reading = page.getByText(/^Read as an order/).last();
      await reading.click();
      expect(
        await page
          .getByText(/= .*: approved/)
          .last()
          .isVisible(),
      ).toBe(true);
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Take over' }).click();
      await page.getByText('The chat is yours').waitFor();
      await reading.click();
      await page.getByLabel('Your message').fill(`The van comes at four.\nSales, ${size}`);
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText(`Sales, ${size}`).waitFor();
      await reading.click();

      // What is being typed and what was opened stay as they are while the page asks for itself.
      await page.getByLabel('Your message').fill('half a sent');
      await running.post(delivery(running.line, { messages: [messageFrom(asha, text(`thank you ${size}`))] }));
      await page.getByText(`thank you ${size}`).waitFor();
      expect(await page.getByLabel('Your message').inputValue()).toBe('half a sent');
      expect(
        await page
          .getByText(/= .*: approved/)
          .last()
          .isVisible(),
      ).toBe(true);
      await page
        .getByText(/sales of sharma, .*(sent|delivered|read)/)
        .last()
        .waitFor();
      await expectAccessible(page);
      await expectFitsWidth(page);
      await keepPicture(page, `console-chat-${size}-${scheme}`);

      await page.getByRole('button', { name: 'Hand back' }).click();
      await page.getByText('The assistant answers this chat.').waitFor();
      await running.quiet();
    },
  );

  testInBrowser(`on a ${size} an order above the credit is decided on, and one sees who was first`, async () => {
    await running.quiet();
    const chat = running.chat(asha);
    await chat.says('90 sona masoori rice');
    await chat.taps('Ask for approval');
    await running.quiet();
    const page = await open('credit_controller', '/console/orders?state=waiting_for_approval');
    await page
      .getByText(/ short$/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await expectFitsWidth(page);
    await page.goto(`${running.service.url}/console/approvals`);
    await expectAccessible(page);
    await expectFitsWidth(page);
    await keepPicture(page, `console-approvals-${size}-${scheme}`);
    const late = await open('admin', '/console/approvals');
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByText('Rejected: the shop was told.').waitFor();
    await late.getByRole('button', { name: 'Approve' }).click();
    await late.getByText(/was rejected already by credit_controller of sharma/).waitFor();
    await expectAccessible(late);
    await expectFitsWidth(late);
    await keepPicture(late, `console-approvals-late-${size}-${scheme}`);
  });

  testInBrowser(
    `on a ${size} a claimed payment is checked against its picture and recorded`,
    async () => {
      await running.quiet();
      const chat = running.chat(asha);
      await chat.sends({ type: 'image', image: { id: 'SLIP', mime_type: 'image/png' } });
      await chat.taps('Yes, a payment');
      await chat.says(`I paid 1500 by UPI, ref SLIP${size}`);
      await running.quiet();
      const page = await open('cashier', '/console/payments');
      await page.getByRole('link', { name: /Claimed, to check/ }).click();
      await expectAccessible(page);
      await expectFitsWidth(page);
      await keepPicture(page, `console-claims-${size}-${scheme}`);
      await page.getByRole('rowheader').getByRole('link', { name: 'Asha Stores' }).click();
      const picture = page.getByAltText('The picture that the shop sent of its payment');
      const isShown = async (): Promise<boolean> =>
        (await picture.isVisible()) &&
        (await picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)) === 1;
      await vi.waitFor(
        async () => {
          // A page that came before the picture was fetched does not fetch it by itself.
          if (!(await isShown())) await page.reload();
          expect(await isShown()).toBe(true);
        },
        { timeout: 60_000, interval: 250 },
      );
      await page.getByLabel('Reference').fill('');
      await page.getByRole('button', { name: 'Record payment' }).click();
      await page.getByRole('alert').waitFor();
      await expectAccessible(page);
      await expectFitsWidth(page);
      await keepPicture(page, `console-claim-${size}-${scheme}`);
      await page.getByLabel('Reference').fill(`SLIP${size}`);
      await page.getByRole('button', { name: 'Record payment' }).click();
      await page.getByText('The payment is recorded and the shop gets its receipt.').waitFor();
      expect(await page.getByText('1,500.00').first().isVisible()).toBe(true);
    },
    120_000,
  );
}
