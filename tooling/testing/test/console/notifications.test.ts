import { type RestClient, runToEnd } from '@signalbox/demo/rest-client';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { type ConsoleTab, openTab, signInAs } from '../../src/system/open-console.ts';
import { startSystem, type TestSystem } from '../../src/system/start-system.ts';

let system: TestSystem;
let browser: Browser;
let operator: RestClient;

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
  operator = await system.signIn('operator');
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

async function signedIn(username: string, path: string): Promise<ConsoleTab> {
  const tab = await openTab(browser, system.url, { expected: [/status of 401 .*session\.me/] });
  await tab.page.goto('/');
  await signInAs(tab, username);
  await tab.page.goto(path);
  await tab.page.getByRole('banner').getByText('Live', { exact: true }).waitFor();
  return tab;
}

const bell = (page: Page, unread: number | 'none') =>
  page.getByRole('banner').getByRole('button', { name: `Notifications, ${unread} unread`, exact: true });
/** What ended is told in a toast with a way to the run. */
const toasts = (page: Page) => page.getByRole('dialog').filter({ hasText: /Open run #/ });
const entries = (page: Page) =>
  page.getByRole('list', { name: 'Your runs that ended' }).getByRole('listitem');
const readAll = async (): Promise<void> => {
  const { items } = await operator.get<{ items: { id: number }[] }>('/v1/notifications');
  await operator.post('/v1/notifications/read-all', { upTo: items[0]?.id });
};
/** Starts a check the way a person does, while no worker is there to take it, and stands at the page of its run. */
async function startHeld({ page }: ConsoleTab): Promise<number> {
  await system.killWorker();
  const contoso = system.tenantId('contoso');
  await page.goto(`/w/ws-default/start?operation=provider.connection.check&tenant=${contoso}`);
  await page.getByRole('main').getByText('Accepted', { exact: true }).waitFor();
  await page.getByRole('complementary').locator('button[type=submit]').click();
  const accepted = page.getByRole('dialog').filter({ hasText: /^Run #\d+ was accepted/ });
  const runId = Number(/#(\d+)/.exec((await accepted.textContent()) ?? '')?.[1]);
  await accepted.getByRole('link', { name: 'Open it' }).click();
  await page.waitForURL(`**/runs/${runId}`);
  return runId;
}

test('whoever started a run and went elsewhere is told once, and nobody else is', async () => {
  await readAll();
  const other = await signedIn('admin', '/w/ws-default/runs');
  const tab = await signedIn('operator', '/w/ws-default/overview');
  const { page } = tab;
  const runId = await startHeld(tab);
  await page.getByRole('link', { name: 'Backup sets' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Backup sets' }).waitFor();
  await bell(page, 'none').waitFor();
  await system.startWorkerAgain();
  await toasts(page).getByText(`Open run #${runId}`).waitFor();
  await bell(page, 1).waitFor();
  expect(await toasts(page).count()).toBe(1);
  // The other person sees the run end, and is told nothing.
  await other.page.getByRole('row').filter({ hasText: 'Succeeded' }).first().waitFor();
  await bell(other.page, 'none').click();
  await other.page.getByText(/^Nothing yet\./).waitFor();
  expect(await toasts(other.page).count()).toBe(0);
  await other.close();

  // A stream that is opened again, and what ended meanwhile.
  await toasts(page).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Pause live updates' }).click();
  const tenantId = system.tenantId('contoso');
  const meanwhile = await runToEnd(operator, { operation: 'provider.connection.check', tenantId });
  await page.getByRole('button', { name: 'Resume live updates' }).click();
  await bell(page, 2).waitFor();
  await toasts(page).getByText(`Open run #${meanwhile.id}`).waitFor();
  expect(await toasts(page).getByText(`Open run #${runId}`).count()).toBe(0);

  await bell(page, 2).press('Enter');
  await entries(page).first().waitFor();
  expect(await entries(page).count()).toBe(4);
  const mine = entries(page).filter({ hasText: `#${runId},` });
  expect(await mine.count()).toBe(1);
  await mine.getByRole('link', { name: /Check/ }).click();
  await page.waitForURL(`**/runs/${runId}`);
  await bell(page, 1).waitFor();
  // The number falls before the server has answered.
  const unread = async () => {
    const path = '/v1/notifications?only=unread';
    const { items } = await operator.get<{ items: { run: { id: number } }[] }>(path);
    return items.map(({ run }) => run.id);
  };
  await expect.poll(unread).toEqual([meanwhile.id]);
  await bell(page, 1).click();
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await bell(page, 'none').waitFor({ state: 'attached' });
  await page.keyboard.press('Escape');
  await bell(page, 'none').and(page.locator(':focus')).waitFor();
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('whoever watches their run end is not told of it a second time', async () => {
  await readAll();
  const tab = await signedIn('operator', '/w/ws-default/overview');
  const { page } = tab;
  const runId = await startHeld(tab);
  const read = page.waitForResponse((response) => response.url().includes('notification.read'));
  await system.startWorkerAgain();
  await page.getByRole('main').getByText('Succeeded', { exact: true }).first().waitFor();
  expect((await read).ok()).toBe(true);
  await bell(page, 'none').waitFor();
  expect(await toasts(page).count()).toBe(0);
  const told = await operator.get<{ items: { readAt?: string }[] }>(`/v1/notifications?runId=${runId}`);
  expect(told.items).toEqual([expect.objectContaining({ readAt: expect.any(String) })]);
  expect(tab.faults).toEqual([]);
  await tab.close();
});
