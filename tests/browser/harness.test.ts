import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { expectAccessible, expectFitsWidth, startBrowser, testInBrowser } from '../support/browser.ts';

// Tests of pages are worth what the watch over them sees. Each page here has one thing wrong with it.
const HEAD =
  '<!doctype html><html lang="en"><title>Page</title><link rel="icon" href="data:,"><meta name="viewport" content="width=device-width"><main><h1>Page</h1>';
const POLICY = "default-src 'self'; img-src data:";
const PAGES: Record<string, string> = {
  '/good': `${HEAD}<p>All is well.</p>`,
  '/inline-script': `${HEAD}<script>document.title = 'breach'</script>`,
  '/inline-style': `${HEAD}<p style="color: red">breach</p>`,
  '/exception': `${HEAD}<script src="/throws.js"></script>`,
  '/missing': `${HEAD}<script src="/nowhere.js"></script>`,
  '/broken-off': `${HEAD}<script src="/cut.js"></script>`,
  '/elsewhere': `${HEAD}<link rel="stylesheet" href="http://127.0.0.1:9/style.css">`,
  '/wide': `${HEAD}<pre>${'x'.repeat(200)}</pre>`,
  '/unlabelled': `${HEAD}<button></button>`,
};

describe('the watch over pages', () => {
  let server: Server;
  let url: string;
  let browser: Awaited<ReturnType<typeof startBrowser>>;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? '';
      if (path === '/cut.js') return void request.socket.destroy();
      response.setHeader('content-security-policy', POLICY);
      if (path === '/throws.js') {
        return void response.setHeader('content-type', 'text/javascript').end('throw new Error("on purpose")');
      }
      const page = PAGES[path];
      response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html' }).end(page);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.stop();
    server?.closeAllConnections();
    server?.close();
  });

  testInBrowser('a page without fault gives no trouble, at either size and in either scheme', async () => {
    const phone = await browser.open(`${url}/good`, { size: 'phone', scheme: 'dark' });
    await expectFitsWidth(phone);
    expect(await phone.evaluate('matchMedia("(prefers-color-scheme: dark)").matches')).toBe(true);
    const desktop = await browser.open(`${url}/good`);
    expect(await desktop.evaluate('innerWidth')).toBe(1280);
    await expectAccessible(desktop);
    await browser.closePages();
    expect(browser.takeTroubles()).toEqual([]);
  });

  testInBrowser.for([
    ['/inline-script', /Content Security Policy/],
    ['/inline-style', /Content Security Policy/],
    ['/exception', /on purpose/],
    ['/missing', /404/],
    ['/broken-off', /request failed.*cut\.js/],
    ['/elsewhere', /another host/],
  ] as const)('%s is told as a trouble', async ([path, trouble]) => {
    await browser.open(url + path);
    await browser.closePages();
    expect(browser.takeTroubles().join('\n')).toMatch(trouble);
  });

  testInBrowser('a trouble that the test allows is none, and others still are', async () => {
    await browser.open(`${url}/missing`, { allow: [/404/] });
    await browser.open(`${url}/exception`, { allow: [/404/] });
    await browser.closePages();
    expect(browser.takeTroubles()).toEqual([expect.stringMatching(/on purpose/)]);
  });

  testInBrowser('a page that a phone has to scroll sideways is found', async () => {
    const page = await browser.open(`${url}/wide`, { size: 'phone' });
    await expect(expectFitsWidth(page)).rejects.toThrow(/width of/);
    await browser.closePages();
  });

  testInBrowser('a grave problem of accessibility is found under a strict policy', async () => {
    const page = await browser.open(`${url}/unlabelled`);
    await expect(expectAccessible(page)).rejects.toThrow(/button-name/);
    await browser.closePages();
    expect(browser.takeTroubles()).toEqual([]);
  });
});
