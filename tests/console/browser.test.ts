import { afterAll, beforeAll, expect, vi } from 'vitest';
import { expectAccessible, expectFitsWidth, keepPicture, testInBrowser, useBrowser } from '../support/browser.ts';
import { addStaff, placeOrder, SESSION_SECRET } from '../support/console.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { looks, openAs, openWith } from './open-as.ts';
import { consoleShop } from './shop.ts';

// On a machine whose cores have other work, a click takes a second.
vi.setConfig({ testTimeout: 120_000 });

const browser = useBrowser();
let running: TestService;
let url: string;
const wholesalerId = consoleShop.wholesaler.id;

beforeAll(async () => {
  running = await startTestService(consoleShop, { SESSION_SECRET });
  url = running.service.url;
});
afterAll(() => running?.stop());

for (const [size, scheme] of looks) {
  testInBrowser(`somebody signs in on a ${size}, mends a mistake, and comes to the page they asked for`, async () => {
    const { email, password } = await addStaff(running.database, {
      wholesalerId,
      role: 'admin',
      email: `${size}@a.example`,
    });
    // The refusal of the wrong password is an answer 422, which the console notes.
    const page = await browser.open(`${url}/console/me`, { size, scheme, allow: [/422/] });
    expect(page.url()).toContain('/console/sign-in?next=');
    await expectAccessible(page);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('not my password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('E-mail').inputValue()).toBe(email);
    expect(await page.evaluate('document.activeElement.className')).toBe('errors');
    await expectAccessible(page);
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'admin of sharma' }).waitFor();
    expect(page.url()).toBe(`${url}/console/me`);
    await expectAccessible(page);

    if (size === 'phone') await page.getByText('Menu').click();
    await page.getByRole('navigation').getByRole('link', { name: 'Today' }).click();
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    await expectAccessible(page);
    await expectFitsWidth(page);
    await keepPicture(page, `console-today-${size}-${scheme}`);

    // By keyboard alone: the first Tab offers to skip the menu.
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content');

    await page.getByText('admin of sharma').first().click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('status').waitFor();
    expect(await page.getByRole('status').textContent()).toBe('You are signed out.');
    await page.goto(`${url}/console`);
    expect(page.url()).toContain('/console/sign-in');
  });

  testInBrowser(
    `on a ${size} an order is delivered in part and a limit is changed, mistakes mended on the way`,
    async () => {
      const orderId = `o-${size}`;
      await placeOrder(running.database, wholesalerId, orderId, 500_000n);
      const page = await openAs(browser, running, { role: 'admin', path: '/console/orders', size, scheme });
      await expectAccessible(page);
      await expectFitsWidth(page);
      await keepPicture(page, `console-orders-${size}-${scheme}`);
      await page.getByRole('rowheader').first().getByRole('link').click();
      await page.getByRole('heading', { level: 1, name: /^Order \d+/ }).waitFor();
      await page.getByLabel('A part; the rest follows').check();
      await page.getByLabel(/Amount of the part/).fill('12.345');
      await page.getByRole('button', { name: 'Book delivery' }).click();
      await page.getByRole('alert').waitFor();
      await expectAccessible(page);
      await keepPicture(page, `console-order-wrong-${size}-${scheme}`);
      expect(await page.getByLabel('A part; the rest follows').isChecked()).toBe(true);
      await page.getByLabel(/Amount of the part/).fill('');
      await page.getByLabel('Sona Masoori Rice 25kg').fill('0.8');
      await expectAccessible(page);
      await keepPicture(page, `console-order-lines-${size}-${scheme}`);
      await page.getByRole('button', { name: 'Book delivery' }).click();
      await page.getByText('The delivery is booked on the account.').waitFor();
      await expectFitsWidth(page);
      await keepPicture(page, `console-order-${size}-${scheme}`);

      await page.getByRole('main').getByRole('link', { name: 'Asha Stores' }).click();
      await page.getByText('Change the limit').click();
      await page.getByLabel('New limit').fill('1,50,000');
      await page.getByRole('button', { name: 'Change limit' }).click();
      await page.getByText('Say why').first().waitFor();
      await page.getByRole('textbox', { name: 'Why' }).first().fill('a good season');
      await page.getByRole('button', { name: 'Change limit' }).click();
      await page.getByText('The limit is changed.').waitFor();
      expect(await page.getByText('a good season').count()).toBeGreaterThan(0);
      await expectAccessible(page);
      await expectFitsWidth(page);
      await keepPicture(page, `console-account-${size}-${scheme}`);
      await page.goto(`${url}/console/accounts`);
      await expectAccessible(page);
      await expectFitsWidth(page);
      await keepPicture(page, `console-accounts-${size}-${scheme}`);
    },
  );

  testInBrowser(`what was typed on a ${size} when the session ended is there again after signing in`, async () => {
    const email = `late-${size}@example.com`;
    const limit = size === 'phone' ? '77,000' : '78,000';
    const { password, token } = await addStaff(running.database, { wholesalerId, role: 'credit_controller', email });
    const page = await openWith(browser, url, {
      cookie: `orderlock_session=${token}`,
      path: '/console/accounts/noor',
      size,
      scheme,
    });
    await page.getByText('Change the limit').click();
    await page.getByLabel('New limit').fill(limit);
    await page.getByRole('textbox', { name: 'Why' }).first().fill('a "good" season');
    await running.database.ownerSql(`delete from staff_session s using staff_user u
       where u.id = s.staff_id and u.email = '${email}'`);
    await page.getByRole('button', { name: 'Change limit' }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.getByText('What you wrote is here again').waitFor();
    expect(new URL(page.url()).pathname).toBe('/console/accounts/noor');
    expect(await page.getByLabel('New limit').inputValue()).toBe(limit);
    expect(await page.getByRole('textbox', { name: 'Why' }).first().inputValue()).toBe('a "good" season');
    expect(await page.evaluate("sessionStorage.getItem('orderlock-form')")).toBe(null);
    await expectAccessible(page);
    await keepPicture(page, `console-session-ended-${size}-${scheme}`);
    await page.getByRole('button', { name: 'Change limit' }).click();
    await page.getByText('The limit is changed.').waitFor();
    // What was sent is not put back a second time.
    await page.goto(`${url}/console/accounts/noor`);
    expect(await page.getByText('What you wrote is here again').count()).toBe(0);
  });

  testInBrowser(`on a ${size} a payment is recorded, somebody is added, and every list can be read`, async () => {
    const page = await openAs(browser, running, { role: 'admin', path: '/console/accounts/asha', size, scheme });
    await page.getByRole('link', { name: 'Record a payment' }).click();
    await page.getByLabel('Amount').fill('1,000');
    await page.getByLabel('How it was paid').selectOption('upi');
    await page.getByRole('button', { name: 'Record payment' }).click();
    await page.getByRole('alert').waitFor();
    await expectAccessible(page);
    await keepPicture(page, `console-payment-wrong-${size}-${scheme}`);
    await page.getByLabel('Reference').fill(`UPI-${size}`);
    await page.getByRole('button', { name: 'Record payment' }).click();
    await page.getByRole('heading', { level: 1, name: 'Receipt' }).waitFor();
    await expectAccessible(page);
    await expectFitsWidth(page);
    await keepPicture(page, `console-receipt-${size}-${scheme}`);
    await page.goto(`${url}/console/staff`);
    await page.getByLabel('Name', { exact: true }).fill('Om');
    await page.getByLabel('E-mail').fill(`om-${size}@example.com`);
    await page.getByLabel('Role', { exact: true }).selectOption('cashier');
    await page.getByRole('button', { name: 'Save and make a link' }).click();
    await page.getByText('Send this link').waitFor();
    await expectAccessible(page);
    await expectFitsWidth(page);
    await keepPicture(page, `console-staff-${size}-${scheme}`);
    await page.goto(`${url}/console/payments`);
    await page.getByRole('link', { name: 'Cash sheet' }).click();
    await page.getByRole('heading', { level: 1, name: 'Cash sheet' }).waitFor();
    await page.getByLabel('Cashier').selectOption({ label: 'admin of sharma' });
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('all cashiers').waitFor({ state: 'detached' });
    await expectAccessible(page);
    await page.getByText(/the drawer of admin of sharma/).waitFor();
    if (!(await page.getByLabel('Cash counted').isVisible())) await page.getByText(/Count again the drawer/).click();
    await page.getByLabel('Cash counted').fill('twelve');
    await page.getByRole('button', { name: 'Keep the count' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Cash counted').fill('12.50');
    await page.getByRole('button', { name: 'Keep the count' }).click();
    await page.getByText('What was counted is kept.').waitFor();
    expect(await page.getByText('12.50 too much').count()).toBe(1);
    await expectAccessible(page);
    await expectFitsWidth(page);
    await keepPicture(page, `console-cash-sheet-${size}-${scheme}`);
    for (const place of ['ageing', 'payments', 'people', 'alerts', 'audit']) {
      await page.goto(`${url}/console/${place}`);
      await expectAccessible(page);
      await expectFitsWidth(page);
      await keepPicture(page, `console-${place}-${size}-${scheme}`);
    }
  });
}
