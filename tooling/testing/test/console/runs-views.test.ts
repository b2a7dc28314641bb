import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { type ConsoleTab, openTab, signInAs } from '../../src/system/open-console.ts';
import { startSystem, type TestSystem } from '../../src/system/start-system.ts';
import { waitUntil } from '../../src/wait-until.ts';

let system: TestSystem;
let browser: Browser;
let tab: ConsoleTab;

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
  tab = await openAs('operator');
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

async function openAs(username: string): Promise<ConsoleTab> {
  const opened = await openTab(browser, system.url, {
    expected: [/status of 401 .*session\.me/, /status of 409 .*savedView/],
  });
  await opened.page.goto('/w/ws-default/runs');
  await signInAs(opened, username);
  await opened.page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
  return opened;
}

const views = (of: ConsoleTab = tab): Locator => of.page.getByRole('navigation', { name: 'Views' });
const view = (name: string): Locator => views().getByRole('link', { name, exact: true });
const current = (): Promise<string[]> => views().locator('[aria-current=page]').allTextContents();
const search = (): string => new URL(tab.page.url()).search;
const menu = async (name: string, item: string | RegExp): Promise<void> => {
  await tab.page.getByRole('button', { name: `View ${name}` }).click();
  await tab.page.getByRole('menuitem', { name: item }).click();
};

test('the views everybody has lead to their lists, and say which one is shown', async () => {
  expect(await current()).toEqual(['All']);
  for (const [name, link] of [
    ['Mine', '?by=me'],
    ['Needs me', '?status=failed,partial&by=me&ended=24h'],
    ['Failed 24 h', '?status=failed&ended=24h'],
    ['Running', '?status=running'],
    ['Partial', '?status=partial'],
    ['All', ''],
  ] as const) {
    await view(name).click();
    await waitUntil(name, current, { until: (shown) => shown.join() === name });
    expect(Object.fromEntries(new URLSearchParams(search()))).toEqual(
      Object.fromEntries(new URLSearchParams(link)),
    );
  }
});

test('a view is saved, found again, changed, renamed and deleted, and stays relative', async () => {
  const { page } = tab;
  await page.goto('/w/ws-default/runs?status=succeeded&last=24h&limit=25');
  await page.getByRole('button', { name: 'Save view' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Save this view' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Nightly <b>work</b>');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await view('Nightly <b>work</b>').waitFor();
  expect(await current()).toEqual(['Nightly <b>work</b>']);

  // A name is used once; the dialog stays with what was typed.
  await page.goto('/w/ws-default/runs?status=queued');
  await page.getByRole('button', { name: 'Save view' }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Nightly <b>work</b>');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('You have a view of this name.', { exact: false }).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await view('Nightly <b>work</b>').click();
  await waitUntil('the view', search, {
    until: (now) => now.includes('last=24h') && now.includes('limit=25'),
  });
  await page
    .getByRole('list', { name: 'Filter' })
    .getByRole('button', { name: 'Remove status:succeeded' })
    .click();
  await menu('Nightly <b>work</b>', /^Save the changes/);
  await waitUntil('the change', current, { until: (shown) => shown[0] === 'Nightly <b>work</b>' });
  await menu('Nightly <b>work</b>', 'Rename');
  await page.getByRole('alertdialog').getByRole('textbox', { name: 'Name' }).fill('Day and night');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Save' }).click();
  await view('Day and night').waitFor();
  await page.reload();
  await view('Day and night').click();
  await waitUntil('the view', search, {
    until: (now) => now.includes('last=24h') && !now.includes('status'),
  });
});

test('nobody else sees it', async () => {
  const other = await openAs('manager');
  await views(other).getByRole('link', { name: 'Mine' }).waitFor();
  await other.page.waitForLoadState('networkidle');
  expect(await views(other).getByRole('link', { name: 'Day and night' }).count()).toBe(0);
  expect(other.faults).toEqual([]);
  await other.close();
});

test('it is gone when it is deleted', async () => {
  await menu('Day and night', 'Delete');
  await view('Day and night').waitFor({ state: 'detached' });
  expect(tab.faults).toEqual([]);
});
