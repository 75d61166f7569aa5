import { afterAll, beforeAll, expect, vi } from 'vitest';
import { expectAccessible, expectFitsWidth, keepPicture, testInBrowser, useBrowser } from '../support/browser.ts';
import { SESSION_SECRET } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { looks, openAs } from './open-as.ts';
import { consoleShop } from './shop.ts';

// On a machine whose cores have other work, a click takes a second.
vi.setConfig({ testTimeout: 120_000 });

const browser = useBrowser();
let running: TestService;

beforeAll(async () => {
  running = await startTestService(consoleShop, { SESSION_SECRET });
});
afterAll(() => running?.stop());

for (const [size, scheme] of looks) {
  testInBrowser(`on a ${size} a product is added, found again and marked as out of stock`, async () => {
    const page = await openAs(browser, running, { role: 'sales', path: '/console/catalogue', size, scheme });
    await expectAccessible(page);
    await expectFitsWidth(page);
    await keepPicture(page, `console-catalogue-${size}-${scheme}`);
    await page.getByRole('link', { name: 'Add a product' }).click();
    await page.getByLabel('SKU').fill(`SOAP-${size}`);
    await page.getByLabel('Name', { exact: true }).fill(`Neem soap ${size}`);
    await page.getByLabel('Price of one', { exact: true }).fill('twelve');
    const carton = page.getByRole('group', { name: 'Unit 2' });
    await carton.getByRole('textbox', { name: /^Unit/ }).fill('carton');
    await carton.getByLabel('Holds').fill('72');
    await carton.getByLabel('usual unit').check();
    await page.getByLabel('What shops call it').fill('neem\ngreen soap');
    await page.getByRole('button', { name: 'Add product' }).click();
    await page.getByRole('alert').waitFor();
    await expectAccessible(page);
    await expectFitsWidth(page);
    await keepPicture(page, `console-product-wrong-${size}-${scheme}`);
    expect(await carton.getByLabel('usual unit').isChecked()).toBe(true);
    expect(await page.getByLabel('What shops call it').inputValue()).toBe('neem\ngreen soap');
    await page.getByLabel('Price of one', { exact: true }).fill('12.50');
    await page.getByRole('button', { name: 'Add product' }).click();
    await page.getByText('The product is in the catalogue.').waitFor();

    await page.goto(`${running.service.url}/console/catalogue`);
    await page.getByRole('main').getByRole('searchbox').fill('green soap');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: `Neem soap ${size}` }).click();
    await page.getByLabel('Stock').selectOption('out');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The product is saved.').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('out of stock');
    await expectAccessible(page);
    await expectFitsWidth(page);
    await keepPicture(page, `console-product-${size}-${scheme}`);
  });

  testInBrowser(`on a ${size} a price list is uploaded, mended, applied and undone`, async () => {
    const page = await openAs(browser, running, { role: 'sales', path: '/console/catalogue/import', size, scheme });
    await expectAccessible(page);
    await expectFitsWidth(page);
    await keepPicture(page, `console-import-${size}-${scheme}`);
    const rows = ['sku,name,price,aliases', 'RICE25,Sona Masoori Rice 25kg,14x0,sona', `NEW-${size},New tea,250,`];
    await page.getByLabel('CSV file').setInputFiles({
      name: 'prices.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(rows.join('\r\n')),
    });
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByRole('heading', { name: 'One thing is to be mended first' }).waitFor();
    await expectAccessible(page);
    await expectFitsWidth(page);
    await keepPicture(page, `console-import-wrong-${size}-${scheme}`);
    await page.getByText('Mend it here').click();
    await page.getByLabel('The file').fill(rows.join('\n').replace('14x0', '1400'));
    await page.getByRole('button', { name: 'Look at it again' }).click();
    await page.getByRole('heading', { name: 'Prices that change' }).waitFor();
    await expectAccessible(page);
    await expectFitsWidth(page);
    await keepPicture(page, `console-import-look-${size}-${scheme}`);
    await page.getByRole('button', { name: 'Apply 2 changes' }).click();
    await page.getByText('The file is applied.').waitFor();
    await page.getByText('Undo this import').click();
    await keepPicture(page, `console-import-applied-${size}-${scheme}`);
    await page.getByRole('button', { name: 'Undo it' }).click();
    await page.getByText('2 products are as before.').waitFor();
    await expectAccessible(page);
    await expectFitsWidth(page);
    await keepPicture(page, `console-import-undone-${size}-${scheme}`);
  });

  testInBrowser(`on a ${size} a shop is added with its credit, and found by the end of its phone`, async () => {
    const path = '/console/accounts';
    const page = await openAs(browser, running, { role: 'credit_controller', path, size, scheme });
    await page.getByRole('link', { name: 'Add a shop' }).click();
    await page.getByLabel('Name', { exact: true }).fill(`Neha ${size}`);
    const number = size === 'phone' ? '98000 00061' : '98000 00062';
    await page.getByLabel('Its WhatsApp number').fill(number);
    await page.getByLabel('Limit').fill('25,000');
    await page.getByRole('button', { name: 'Add shop' }).click();
    await page.getByRole('alert').waitFor();
    await expectAccessible(page);
    await expectFitsWidth(page);
    await keepPicture(page, `console-shop-new-${size}-${scheme}`);
    await page.getByLabel('Its WhatsApp number').fill(`+91 ${number}`);
    await page.getByRole('button', { name: 'Add shop' }).click();
    await page.getByText('The shop is added.').waitFor();
    await page.getByRole('link', { name: 'The shop', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'The shop' }).waitFor();
    await expectAccessible(page);
    await expectFitsWidth(page);
    await keepPicture(page, `console-shop-${size}-${scheme}`);

    // By keyboard alone: "/" goes to the search of the head.
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('find');
    await page.keyboard.type(number.slice(-4));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: `Neha ${size}` }).waitFor();
    await page.goto(`${running.service.url}/console/search?q=e`);
    await expectAccessible(page);
    await expectFitsWidth(page);
    await keepPicture(page, `console-search-${size}-${scheme}`);
    for (const list of ['orders', 'accounts', 'payments']) {
      await page.goto(`${running.service.url}/console/${list}`);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Download CSV' }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(new RegExp(`^${list}-sharma-.*\\.csv$`));
      await file.delete();
    }
  });
}
