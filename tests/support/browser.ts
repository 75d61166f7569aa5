/**
 * Real pages in a real Chromium, driven by playwright-core. A browser test fails on more than its own expectations: an
 * error in the console, an exception in the page, a request that failed or went to another host, and a breach of the
 * content security policy are troubles that end the test they happened in.
 *
 * Without a Chromium the tests are skipped with a word about it, except where somebody counts on them: CI and .ci/run
 * set BROWSER_TESTS=required, and then they fail.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

export type Size = 'desktop' | 'phone';
export type Scheme = 'light' | 'dark';

type OpenOptions = {
  size?: Size;
  scheme?: Scheme;
  /** Troubles that this test brings about on purpose, such as the console's note about an answer 404. */
  allow?: readonly RegExp[];
};

type BrowserSession = {
  /** A page in a fresh context: no cookie, no cache, no storage of anybody else. */
  open(url: string, options?: OpenOptions): Promise<Page>;
  /** What went wrong in the pages opened so far, and forgets it. */
  takeTroubles(): string[];
  /** Closes the contexts; the browser stays. */
  closePages(): Promise<void>;
  stop(): Promise<void>;
};

const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const FLAGS = [
  // Chromium refuses its sandbox to root, which is who runs the tests in containers.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
/** A busy machine draws slowly; a page that hangs must still end the test. */
const ACTION_MS_MAX = 15_000;
const HOW_TO_GET_ONE =
  'Browser tests need a Chromium: on Debian "apt-get update && apt-get install chromium", elsewhere set CHROMIUM_PATH ' +
  'to one (Chrome will do).';

const executable = process.env.CHROMIUM_PATH || USUAL_PLACES.find((place) => existsSync(place));
const isRequired = process.env.CI !== undefined || process.env.BROWSER_TESTS === 'required';
if (executable === undefined && !isRequired) console.warn(`SKIPPED: ${HOW_TO_GET_ONE}`);

/** A test that needs the browser: fails without one where it is required, else is skipped. */
export const testInBrowser = test.skipIf(executable === undefined && !isRequired);

/** Gives a test file its one browser. Every test ends with its pages closed and fails on any trouble in them. */
export function useBrowser(): Pick<BrowserSession, 'open'> {
  let session: BrowserSession | undefined;
  beforeAll(async () => {
    session = await startBrowser();
  });
  afterEach(async () => {
    await session?.closePages();
    expect(session?.takeTroubles() ?? [], 'troubles in the browser').toEqual([]);
  });
  afterAll(() => session?.stop());
  return {
    async open(url, options) {
      if (session === undefined) throw new Error('the browser is started before the tests and not before');
      return session.open(url, options);
    },
  };
}

/** A browser without the hooks of a test file. */
export async function startBrowser(): Promise<BrowserSession> {
  if (executable === undefined) throw new Error(HOW_TO_GET_ONE);
  const browser = await chromium.launch({ executablePath: executable, headless: true, args: FLAGS });
  const contexts: BrowserContext[] = [];
  let troubles: string[] = [];
  return {
    async open(url, options = {}) {
      const context = await newContext(browser, options);
      contexts.push(context);
      const page = await context.newPage();
      watch(page, new URL(url).origin, (trouble) => {
        if (options.allow?.some((allowed) => allowed.test(trouble)) !== true) troubles.push(trouble);
      });
      await page.goto(url);
      return page;
    },
    takeTroubles() {
      const taken = troubles;
      troubles = [];
      return taken;
    },
    async closePages() {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
    },
    stop: () => browser.close(),
  };
}

async function newContext(browser: Browser, { size = 'desktop', scheme = 'light' }: OpenOptions) {
  const context = await browser.newContext({
    viewport: SIZES[size],
    colorScheme: scheme,
    hasTouch: size === 'phone',
    isMobile: size === 'phone',
    locale: 'en-GB',
    // Nothing moves, so nothing has to be waited for.
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(ACTION_MS_MAX);
  return context;
}

/** Breaches of the content security policy are told in the console, as errors. */
function watch(page: Page, origin: string, tell: (trouble: string) => void): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      tell(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => tell(`page error: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== origin) tell(`a request to another host: ${url.href}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'failed';
    // A page that is left breaks off its open stream, and a download takes its request away from the page.
    if (reason !== 'net::ERR_ABORTED') tell(`request failed: ${request.url()} ${reason}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) tell(`answer ${response.status()}: ${response.url()}`);
  });
}

type AxeProblem = { id: string; impact: string | null; help: string; nodes: { html: string; target: string[] }[] };
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Fails when axe-core finds a serious or critical problem of accessibility in the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  const violations = await findAccessibilityProblems(page);
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  if (grave.length === 0) return;
  const told = grave.map(({ id, impact, help, nodes }) =>
    [
      `${impact} ${id}: ${help}`,
      ...nodes.map(({ target, html }) => `    ${target.join(' ')}  ${html.slice(0, 200)}`),
    ].join('\n'),
  );
  throw new Error(`axe-core found on ${page.url()}:\n${told.join('\n')}`);
}

/** Fails when the page is wider than its window, so that a person would have to scroll sideways. */
export async function expectFitsWidth(page: Page): Promise<void> {
  const [inner, needed] = (await page.evaluate('[innerWidth, document.documentElement.scrollWidth]')) as number[];
  const { width } = page.viewportSize() ?? { width: 0 };
  expect({ inner, fits: (needed ?? 0) <= width }, `width of ${page.url()}`).toEqual({ inner: width, fits: true });
}

async function findAccessibilityProblems(page: Page): Promise<AxeProblem[]> {
  // Through the debugger, which the page's content security policy does not concern; a script tag would breach it.
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Runtime.evaluate', { expression: await readFile(axePath, 'utf8') });
  await devtools.detach();
  return page.evaluate('axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations)');
}

/**
 * Keeps a picture of the whole page for a person to look at, in the folder that SCREENSHOTS names; without it, none is made.
 * SCREENSHOTS=1 stands for a folder of its own under the temporary one.
 */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const given = process.env.SCREENSHOTS || undefined;
  if (given === undefined) return;
  const folder = given === '1' ? path.join(tmpdir(), 'orderlock-screens') : given;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled', fullPage: true });
}
