import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiRoutes } from '../../src/api/index.ts';
import { testInBrowser, useBrowser } from '../support/browser.ts';
import { type ApiBench, startApi } from './support.ts';

let api: ApiBench;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());
const browser = useBrowser();

test('the page needs no key, and its policy allows no script and nothing from elsewhere', async () => {
  const page = await fetch(`${api.url}/docs`);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'self'");
  const text = await page.text();
  expect(text).not.toContain('<script');
  for (const { id } of apiRoutes) expect(text).toContain(`<article id="${id}">`);
});

testInBrowser.each(['desktop', 'phone'] as const)('a reader finds an operation and its fields: %s', async (size) => {
  const page = await browser.open(`${api.url}/docs`, { size });
  await page.getByRole('navigation').getByRole('link', { name: 'Record money that came' }).click();
  expect(new URL(page.url()).hash).toBe('#recordPayment');
  await page.locator('#recordPayment').getByRole('link', { name: 'RecordPayment' }).click();
  expect(await page.locator('#schema-RecordPayment').innerText()).toContain('The debts to settle');
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8'));
  const found = await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, impact }) => impact + " " + id))',
  );
  expect(found).toEqual([]);
  if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/docs-${size}.png` });
});
