import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { routes } from '../../src/console/routes.ts';
import {
  expectAccessible,
  expectFitsWidth,
  keepPicture,
  type Scheme,
  type Size,
  testInBrowser,
  useBrowser,
} from '../support/browser.ts';
import { SESSION_SECRET, visitorAs } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { addTenant } from '../support/tenants.ts';
import { type BusyShop, startBusyShop } from './busy-shop.ts';
import { openWith } from './open-as.ts';
import { consoleShop } from './shop.ts';

// Every page of the console as somebody sees it, with much and with nothing to show: no grave problem of accessibility in
// either scheme, and nothing wider than a phone.

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const browser = useBrowser();
let busy: BusyShop;
let empty: { running: TestService; cookie: string };

beforeAll(async () => {
  busy = await startBusyShop();
  const running = await startTestService(consoleShop, { SESSION_SECRET });
  const { wholesalerId } = await addTenant(running.database);
  const { cookie } = await visitorAs(running.database, running.service.url, { wholesalerId, role: 'admin' });
  empty = { running, cookie };
});
afterAll(async () => {
  await busy?.running.stop();
  await empty?.running.stop();
});

/** What is answered with a file, or leads on to another page. */
const NO_PAGES = /\/export\b|export\.csv$|\/statement$|\/photo$|\/payload$|^\/console\/media\/|^\/console\/settings$/;
const PATHS = routes
  .filter(({ method, path, right }) => method === 'GET' && right !== 'public' && !NO_PAGES.test(path))
  .map(({ path }) => path);
/** Other sides of a page: its filters, and other states of what it shows. */
const SIDES = [
  '/console/orders?state=waiting_on_credit',
  '/console/orders/o-done',
  '/console/orders/o-gone',
  '/console/search?q=s',
  '/console/accounts?filter=none',
  '/console/accounts/zaveri',
  '/console/accounts/bare',
  '/console/accounts/shree-lakshmi-narayan-provision-and-general-stores',
  '/console/conversations?only=waiting',
  '/console/payments?q=nothing',
  '/console/payments/claims?state=decided',
  '/console/payments/claims/:refusedClaimId',
  '/console/catalogue/import/:appliedImportId',
  '/console/catalogue/import/:faultyImportId',
  '/console/deliveries?state=parked',
  '/console/outbox?show=waiting',
  '/console/outbox?show=all',
  '/console/outbox/:uncertainId',
];

const fill = (path: string): string | null => {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(busy.ids[name] ?? '?'));
  return filled.includes('%3F') ? null : filled;
};

/** In pictures every look is wanted; else each state is seen in both sizes and in both schemes. */
const all = [
  ['desktop', 'light'],
  ['phone', 'dark'],
  ['desktop', 'dark'],
  ['phone', 'light'],
] as const;
const looksOf = (state: 'busy' | 'empty') =>
  process.env.SCREENSHOTS ? all : state === 'busy' ? all.slice(0, 2) : all.slice(2);

async function look(page: Page, url: string, path: string, name: string): Promise<string | null> {
  await page.goto(`${url}${path}`);
  const picture = `${name}${path.slice('/console'.length).replaceAll(/[^\w]+/g, '-') || '-today'}`;
  await keepPicture(page, picture);
  try {
    await expectAccessible(page);
    await expectFitsWidth(page);
    return null;
  } catch (error) {
    return `${path}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function lookAtAll(page: Page, url: string, paths: readonly string[], name: string): Promise<void> {
  const troubles: (string | null)[] = [];
  for (const path of paths) troubles.push(await look(page, url, path, name));
  expect(troubles.filter((trouble) => trouble !== null)).toEqual([]);
}

const open = (url: string, cookie: string, size: Size, scheme: Scheme): Promise<Page> =>
  openWith(browser, url, { cookie, path: '/console', size, scheme });

for (const [size, scheme] of looksOf('busy')) {
  testInBrowser(`every page with much to show can be read on a ${size} in the ${scheme} scheme`, async () => {
    const { running, cookie } = busy;
    const paths = [...PATHS, ...SIDES].map(fill);
    expect(paths.filter((path) => path === null)).toEqual([]);
    const page = await open(running.service.url, cookie, size, scheme);
    await lookAtAll(
      page,
      running.service.url,
      paths.filter((path) => path !== null),
      `busy-${size}-${scheme}`,
    );
  });
}

for (const [size, scheme] of looksOf('empty')) {
  testInBrowser(`every page of a new wholesaler can be read on a ${size} in the ${scheme} scheme`, async () => {
    const { running, cookie } = empty;
    const page = await open(running.service.url, cookie, size, scheme);
    const paths = PATHS.filter((path) => !path.includes(':'));
    await lookAtAll(page, running.service.url, paths, `empty-${size}-${scheme}`);
  });
}
