import { demoTenants } from '@signalbox/emulators/graph/seed/tenants';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { type ConsoleTab, openTab, signInAs } from '../../src/system/open-console.ts';
import { startSystem, type TestSystem } from '../../src/system/start-system.ts';

let system: TestSystem;
let browser: Browser;
/** Holds no capability to take over or to make connections. */
let operator: ConsoleTab;
let manager: ConsoleTab;

/** Error lines of answers that the tests ask for: nobody signed in, and a write under a lock that is lost. */
const expected = [/status of 40[19] /, /net::ERR_FAILED/];

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
  operator = await openTab(browser, system.url, { expected });
  manager = await openTab(browser, system.url, { expected });
  await Promise.all(
    [[operator, 'operator'] as const, [manager, 'manager'] as const].map(async ([tab, username]) => {
      await tab.page.goto('/');
      await signInAs(tab, username);
    }),
  );
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const wizard = (): string => `/w/ws-default/onboarding/${system.tenantId('northwind')}`;
const notes = (page: Page) => page.getByLabel('Notes');
const button = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name });
/** Types on where the notes end. */
async function goOn(page: Page, text: string): Promise<void> {
  await notes(page).press('ControlOrMeta+End');
  await notes(page).pressSequentially(text);
}
/** What the notes say, as soon as the page has heard of it. */
const noted = (page: Page) => expect.poll(() => notes(page).inputValue(), { timeout: 15_000 });
const step = (page: Page, name: string) => page.getByRole('heading', { level: 2, name: new RegExp(name) });

test('a session is opened from the list, and what is typed is there after a reload', async () => {
  const { page } = operator;
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await page.getByRole('heading', { name: 'Onboarding', exact: true }).waitFor();
  await button(page, 'Onboard a tenant').first().click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByLabel('Tenant').selectOption(String(system.tenantId('northwind')));
  await dialog.getByRole('button', { name: 'Open the wizard' }).click();
  await step(page, 'Identify the tenant').waitFor();
  expect(new URL(page.url()).pathname).toBe(wizard());
  // The name belongs to who may manage tenants; the rest of the step does not.
  expect(await page.getByLabel('Name').getAttribute('readonly')).not.toBeNull();
  await notes(page).fill('Their change window is on Sundays.');
  await page.getByText('You are editing, lock ends in').waitFor();
  await page.getByText(/^Saved \d\d:\d\d:\d\d/).waitFor();
  await page.reload();
  await step(page, 'Identify the tenant').waitFor();
  expect(await notes(page).inputValue()).toBe('Their change window is on Sundays.');
});

test('who comes second reads along, and changes nothing', async () => {
  const { page } = manager;
  await page.goto(wizard());
  await page.getByText('operator is editing, lock ends in').waitFor();
  expect(await notes(page).inputValue()).toBe('Their change window is on Sundays.');
  expect(await notes(page).getAttribute('readonly')).not.toBeNull();
  expect(await button(page, 'Continue').getAttribute('title')).toBe('operator is editing.');
  await goOn(operator.page, ' Ask Ada first.');
  await noted(page).toBe('Their change window is on Sundays. Ask Ada first.');
});

test('a takeover loses nothing of what the other was typing, saved or not', async () => {
  const theirs = operator.page;
  // What is typed last never reaches the server before the lock is gone.
  await theirs.route('**/trpc/onboarding.update*', (route) => route.abort());
  await goOn(theirs, ' Half a thou');
  await theirs.getByText('Not saved:').waitFor();

  const { page } = manager;
  await button(page, 'Take over now').click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByLabel('Reason').fill('The night shift goes on');
  await dialog.getByRole('button', { name: 'Take over now' }).click();
  await page.getByText('You are editing, lock ends in').waitFor();

  await theirs.getByText('manager took over the editing.', { exact: true }).waitFor();
  const aside = theirs.getByRole('region', { name: 'Typed by you, not in the form' });
  await aside.getByText(/Half a thou$/).waitFor();
  expect(await notes(theirs).getAttribute('readonly')).not.toBeNull();
  const take = button(theirs, 'Take over now');
  expect(await take.getAttribute('title')).toContain('onboarding.takeover');
  expect(await aside.getByRole('button', { name: 'Put them back' }).getAttribute('aria-disabled')).toBe(
    'true',
  );
  await theirs.unroute('**/trpc/onboarding.update*');

  await notes(page).fill('Rewritten by the night shift.');
  await page.getByText(/^Saved /).waitFor();
  await button(page, 'Stop editing').click();
  await page.getByText('Nobody is editing').waitFor();

  await theirs.getByText('Nobody is editing').waitFor();
  await noted(theirs).toBe('Rewritten by the night shift.');
  await aside.getByRole('button', { name: 'Put them back' }).click();
  await noted(theirs).toMatch(/Ask Ada first\. Half a thou$/);
  await aside.waitFor({ state: 'detached' });
  await noted(page).toMatch(/Half a thou$/);
  await button(theirs, 'Stop editing').click();
  await theirs.getByText('Nobody is editing').waitFor();
});

test('a tenant is led from the first step to the last, each opened by what the one before found', async () => {
  const northwind = demoTenants.find(({ alias }) => alias === 'northwind');
  const { page } = manager;
  await button(page, 'Assign to me').click();
  await page.getByLabel('Name').fill('Northwind Traders Europe');
  await button(page, 'Continue').click();

  await step(page, 'Connection and credentials').waitFor();
  expect(await button(page, 'Continue').getAttribute('aria-disabled')).toBe('true');
  await page.getByLabel('Client id').fill(northwind?.clientId ?? '');
  await page.getByLabel(/^Client secret/).fill(northwind?.clientSecret ?? '');
  // The secret is no part of what is kept while one types.
  await page.getByText(/^Saved /).waitFor();
  await button(page, 'Make the connection').click();
  await page.getByRole('radio', { name: /Northwind Traders Europe Graph/ }).waitFor();
  await expect.poll(() => page.getByRole('radio').first().isChecked()).toBe(true);
  await button(page, 'Continue').click();

  await step(page, 'Admin consent').waitFor();
  expect(await button(page, 'Continue').getAttribute('aria-disabled')).toBe('true');
  await button(page, /^Run: Verify/).click();
  await page.getByText('Failing', { exact: true }).waitFor();
  await button(page, 'Make the link').click();
  const popup = page.waitForEvent('popup');
  await page.getByRole('link', { name: /^Open the page of the provider/ }).click();
  const provider = await popup;
  await provider.waitForURL(/consent=granted/);
  await provider.getByRole('link', { name: /^Back to the onboarding of / }).waitFor();
  await provider.close();
  await runUntilOk(page, 1);
  await button(page, 'Continue').click();

  await step(page, 'Verify').waitFor();
  await runUntilOk(page, 4);
  await button(page, 'Evidence').click();
  const drawer = page.getByRole('complementary', { name: 'Evidence' });
  await drawer.getByText('Failing', { exact: true }).waitFor();
  await drawer.getByRole('button', { name: 'Close the evidence' }).click();
  await button(page, 'Continue').click();

  await step(page, 'Bootstrap and complete').waitFor();
  await button(page, /^Start 4 operations/).click();
  await page.getByRole('list', { name: 'First operations' }).getByRole('listitem').nth(3).waitFor();
  await page.getByRole('heading', { name: /is onboarded$/ }).waitFor({ timeout: 60_000 });
  const saved = page.waitForEvent('download');
  await button(page, 'Evidence as CSV').click();
  expect((await saved).suggestedFilename()).toBe('evidence-northwind.csv');
  await page.reload();
  await page.getByRole('heading', { name: 'Northwind Traders Europe is onboarded' }).waitFor();
});

/**
 * Presses the button of the next task until `count` of the board are ok or have no more than a warning. Once more where
 * the scope was busy, with the check that follows a consent.
 */
async function runUntilOk(page: Page, count: number): Promise<void> {
  const rows = page.getByRole('list', { name: 'Tasks' }).getByRole('listitem');
  const good = rows.filter({ hasText: /^(OK|Warning)/ });
  const next = rows.filter({ hasNotText: /^(OK|Warning)/ }).getByRole('button', { name: /^Run/ });
  const press = async (): Promise<number> => {
    const done = await good.count();
    // While a run is under way its row has no button, and the others wait for it.
    const active = await rows.getByText(/^(Queued|Running)$/).count();
    if (done < count && active === 0) await next.first().click();
    return done;
  };
  await rows.first().waitFor();
  await expect.poll(press, { timeout: 40_000, interval: 500 }).toBe(count);
}

test('no tab has seen an error that nobody asked for', () => {
  expect([...operator.faults, ...manager.faults]).toEqual([]);
});
