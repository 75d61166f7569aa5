import { afterAll, beforeAll, expect, vi } from 'vitest';
import { expectAccessible, expectFitsWidth, keepPicture, testInBrowser, useBrowser } from '../support/browser.ts';
import { SESSION_SECRET } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { looks, openAs } from './open-as.ts';
import { parkNewestMessage } from './parked.ts';
import { consoleShop } from './shop.ts';

// On a machine whose cores have other work, a click takes a second.
vi.setConfig({ testTimeout: 120_000 });

const browser = useBrowser();
let running: TestService;
const wholesalerId = consoleShop.wholesaler.id;

beforeAll(async () => {
  running = await startTestService(consoleShop, { SESSION_SECRET });
  await running.chat({ name: 'Asha', phone: '919800000001' }).says('2 sona masoori rice and 1 sunflower oil');
  await running.quiet();
});
afterAll(() => running?.stop());

for (const [size, scheme] of looks) {
  const open = (path: string) => openAs(browser, running, { role: 'admin', path, size, scheme });
  const look = async (page: Awaited<ReturnType<typeof open>>, name: string): Promise<void> => {
    await expectAccessible(page);
    await expectFitsWidth(page);
    await keepPicture(page, `console-${name}-${size}-${scheme}`);
  };

  testInBrowser(`on a ${size} a message that could not be processed is found and processed again`, async () => {
    await parkNewestMessage(running, wholesalerId);
    const page = await open('/console');
    await page.getByRole('link', { name: /Messages that could not be processed/ }).click();
    await look(page, 'deliveries');
    await page.getByRole('rowheader').first().getByRole('link').click();
    await page.getByRole('heading', { name: 'It could not be processed' }).waitFor();
    await look(page, 'delivery-parked');
    await page.getByRole('button', { name: 'Process again' }).click();
    // The page looks again by itself until it was worked on.
    await page.getByRole('heading', { name: 'Credit decision' }).waitFor();
    await look(page, 'delivery');
    await page.goto(`${running.service.url}/console/deliveries?kind=status`);
    await look(page, 'deliveries-reports');
    await page.getByRole('rowheader').first().getByRole('link').click();
    await page.getByRole('link', { name: 'The reply that it speaks of' }).click();
    await page.getByRole('heading', { level: 1, name: /^Reply to Asha Stores/ }).waitFor();
    await look(page, 'reply');
  });

  testInBrowser(`on a ${size} a stopped number is tried again, and a reply is parked and sent again`, async () => {
    await running.database.ownerSql(
      `insert into line_pause (wholesaler_id, line_id, until, reason, metacode, tries)
       select wholesaler_id, id, app_clock() + interval '15 minutes', 'line_stopped', 190, 3 from line where wholesaler_id = $1`,
      [wholesalerId],
    );
    await running.database.ownerSql(
      `with said as (update conversation set reply_seq = reply_seq + 1 where wholesaler_id = $1 and phone = '919800000001'
                     returning wholesaler_id, line_id, person_key, reply_seq, phone)
       insert into outbox_message (wholesaler_id, id, line_id, person_key, seq, reply, to_phone)
       select wholesaler_id, gen_random_uuid(), line_id, person_key, reply_seq, '{"kind":"text","body":"Your order is packed."}', phone from said`,
      [wholesalerId],
    );
    const page = await open('/console/outbox?show=waiting');
    await page.getByText('cannot send').waitFor();
    await look(page, 'outbox');
    await page.getByRole('rowheader').first().getByRole('link').click();
    await page.getByText('Park it').click();
    await page.getByRole('button', { name: 'Park' }).click();
    await page.getByRole('alert').waitFor();
    await look(page, 'reply-wrong');
    await page.getByLabel('Why').first().fill('wrong price in it');
    await page.getByRole('button', { name: 'Park' }).click();
    await page.getByText('Parked by staff: wrong price in it').waitFor();
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('It is in its queue again.').waitFor();
    await page.goto(`${running.service.url}/console/outbox`);
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByText('It is tried with the next reply.').waitFor();
    await running.quiet();
    await page.goto(`${running.service.url}/console/outbox?show=all`);
    expect(await page.getByText('cannot send').count()).toBe(0);
    await look(page, 'outbox-all');
  });

  testInBrowser(
    `on a ${size} settings are changed, a mistake mended on the way, and an approver is added`,
    async () => {
      const page = await open('/console/settings/ordering');
      await page.getByLabel('Ask above this quantity').fill('200');
      await page.getByLabel('Minutes to answer a question').fill('99999');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('alert').waitFor();
      expect(await page.getByLabel('Ask above this quantity').inputValue()).toBe('200');
      await look(page, 'settings-wrong');
      await page.getByLabel('Minutes to answer a question').fill(size === 'phone' ? '30' : '90');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved. It holds from the next message on.').waitFor();
      for (const matter of ['business', 'hours', 'people', 'credit', 'notices', 'lines']) {
        await page.goto(`${running.service.url}/console/settings/${matter}`);
        await look(page, `settings-${matter}`);
      }
      await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Approvers' }).click();
      await page.getByLabel('Name').fill(`Ravi of the ${size}`);
      await page.getByLabel('WhatsApp phone').fill(size === 'phone' ? '+91 98000 00098' : '+91 98000 00099');
      await page.getByRole('button', { name: 'Add' }).click();
      await page.getByRole('rowheader', { name: `Ravi of the ${size}` }).waitFor();
      await look(page, 'settings-approvers');
    },
  );

  testInBrowser(`on a ${size} a key is made, shown once and revoked, and an alert is closed`, async () => {
    const page = await open('/console/api-keys');
    await page.getByLabel('For which program').fill('Bookkeeping');
    await page.getByLabel('Look at credit').check();
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.getByText(/^olk_/).waitFor();
    await look(page, 'api-keys');
    // The first press only says what will follow.
    await page.getByText('Revoke', { exact: true }).first().click();
    await page.getByText('It cannot be given back').first().waitFor();
    await look(page, 'api-key-sure');
    await page.getByRole('button', { name: 'Revoke for good' }).first().click();
    await page.getByText('Revoked: its next request is refused.').waitFor();
    await running.database.ownerSql(
      `insert into operator_alert (id, wholesaler_id, kind, key, subject)
       values (gen_random_uuid(), $1, 'template_stopped', $2, '{"template": "order_news", "metaCode": 132015}')`,
      [wholesalerId, size],
    );
    await page.goto(`${running.service.url}/console/alerts`);
    await look(page, 'alerts-open');
    await page.getByRole('button', { name: 'Dealt with' }).first().click();
    await page.getByText('Closed. It comes back if the same happens again.').waitFor();
  });
}
