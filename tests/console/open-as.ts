import type { Page } from 'playwright-core';
import type { Role } from '../../src/staff/index.ts';
import type { Scheme, Size, useBrowser } from '../support/browser.ts';
import { visitorAs } from '../support/console.ts';
import type { TestService } from '../support/service.ts';
import { consoleShop } from './shop.ts';

/** A desktop in the light and a phone in the dark: what every page is looked at in. */
export const looks = [
  ['desktop', 'light'],
  ['phone', 'dark'],
] as const;

/** A page of somebody of the console's shop who is signed in. Answers 409 and 422 are mistakes that tests make. */
export async function openAs(
  browser: ReturnType<typeof useBrowser>,
  running: TestService,
  { role, path, ...look }: { role: Role; path: string; size: Size; scheme: Scheme },
): Promise<Page> {
  const who = { wholesalerId: consoleShop.wholesaler.id, role };
  const { cookie } = await visitorAs(running.database, running.service.url, who);
  return openWith(browser, running.service.url, { cookie, path, ...look });
}

/** A page with this cookie of a session. */
export async function openWith(
  browser: ReturnType<typeof useBrowser>,
  url: string,
  { cookie, path, ...look }: { cookie: string; path: string; size: Size; scheme: Scheme },
): Promise<Page> {
  const [name = '', value = ''] = cookie.split('=');
  const page = await browser.open(`${url}/console/sign-in`, { ...look, allow: [/409|422/] });
  await page.context().addCookies([{ name, value, domain: '127.0.0.1', path: '/console', httpOnly: true }]);
  await page.goto(`${url}${path}`);
  return page;
}
