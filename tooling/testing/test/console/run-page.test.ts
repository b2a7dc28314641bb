import { type RestClient, waitForEnd, waitForRun } from '@signalbox/demo/rest-client';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { type ConsoleTab, openTab, signInAs } from '../../src/system/open-console.ts';
import { startSystem, type TestSystem } from '../../src/system/start-system.ts';
import { waitUntil } from '../../src/wait-until.ts';

let system: TestSystem;
let browser: Browser;
let tab: ConsoleTab;
let page: Page;
let operator: RestClient;

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
  tab = await openTab(browser, system.url, { expected: [/status of 401 .*session\.me/] });
  page = tab.page;
  await page.goto('/');
  await signInAs(tab, 'operator');
  operator = await system.signIn('operator');
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

interface Timeline {
  readonly from: string;
  readonly to?: string;
  readonly totals: Record<string, number>;
  readonly rows: { label: string; state: string; attempt: number }[];
}

const ws = '/w/ws-default';
const card = (): Locator => page.getByRole('region', { name: 'What is happening, what next' });
const details = (): Locator => page.getByRole('region', { name: 'Details' });
const chart = (): Locator => page.getByRole('region', { name: 'Chart of the timeline' });
const rowOf = (name: RegExp): Locator => chart().getByRole('button', { name });
const openTabName = (): Locator =>
  page.getByRole('navigation', { name: 'Parts of the run' }).locator('[aria-current=page]');

async function capture(input: object = {}): Promise<number> {
  const start = { operation: 'snapshot_capture', tenantId: system.tenantId('contoso'), input };
  const { body } = await operator.post<{ run?: { id: number }; message?: string }>('/v1/runs', start);
  if (body.run === undefined) throw new Error(body.message);
  return body.run.id;
}

/** Opens the page of a run in the status it has to have there. */
async function openRun(id: number, word: string): Promise<void> {
  await page.goto(`${ws}/runs/${id}`);
  await page.getByRole('main').getByText(word, { exact: true }).first().waitFor();
}

/** A few policies of the demo tenant. */
async function policies(limit: number): Promise<{ policyId: string; name: string }[]> {
  const path = `/v1/policies?tenantId=${system.tenantId('contoso')}&kind=deviceConfiguration&limit=${limit}`;
  return (await operator.get<{ items: { policyId: string; name: string }[] }>(path)).items;
}

test('a sync of groups counts truly from the first page to the last, and leads to what it kept', async () => {
  // The third page is on its way while the page of the run is looked at.
  const match = { path: '/groups', query: '$skiptoken', tenant: 'contoso' };
  await system.control.addFault({ match, skip: 1, times: 1, delayMs: 4_000 });
  const start = { operation: 'directory.groups.sync', tenantId: system.tenantId('contoso') };
  const { body } = await operator.post<{ run: { id: number } }>('/v1/runs', start);
  await openRun(body.run.id, 'Running');
  const counts = page.getByRole('region', { name: 'Counts' });
  await counts.getByText('999 of 4,200 groups', { exact: true }).waitFor();
  await counts.getByText('3,201 remaining', { exact: true }).waitFor();
  await counts.getByText('4,200 of 4,200 groups', { exact: true }).waitFor({ timeout: 15_000 });
  const parts = page.getByRole('navigation', { name: 'Parts of the run' });
  expect(await parts.getByRole('link').allTextContents()).not.toContain('Items');
  await card().getByRole('link', { name: 'See the groups' }).click();
  await page.waitForURL(`**${ws}/tenants/${system.tenantId('contoso')}?part=groups`);
  await page.getByRole('heading', { level: 1, name: 'Contoso Ltd' }).waitFor();
});

test('a run that failed as a whole opens on the step that failed, with its cause', async () => {
  const match = { method: 'GET', path: '/deviceConfigurations', tenant: 'contoso' };
  await system.control.addFault({ match, times: 1, status: 400 });
  const id = await capture();
  await waitForEnd(operator, id);
  await openRun(id, 'Failed');
  await card().getByText('provider_refused', { exact: true }).waitFor();
  await card()
    .getByText(/at the step “list policies”/)
    .waitFor();
  expect(await openTabName().textContent()).toBe('Timeline');
  const failed = rowOf(/^List policies, attempt 1; failed/);
  await failed.waitFor();
  expect(await failed.getAttribute('aria-expanded')).toBe('true');
  await chart().getByText('provider_refused').waitFor();
  await failed.click();
  await page.waitForURL(/row=0/);
  expect(await failed.getAttribute('aria-expanded')).toBe('false');
});

test('an action that is not possible stays in its place and says why to the keyboard', async () => {
  const viewer = await openTab(browser, system.url, { expected: [/status of 401 .*session\.me/] });
  await viewer.page.goto(page.url());
  await signInAs(viewer, 'viewer');
  const replay = viewer.page.getByRole('button', { name: 'Replay…' });
  await replay.waitFor();
  expect(await replay.getAttribute('aria-disabled')).toBe('true');
  await replay.focus();
  await viewer.page.getByText('You lack the capability run.replay.').first().waitFor();
  await viewer.close();
});

test('the keys of the page open its parts, replay it and lead back to the list as it was', async () => {
  await page.goto(`${ws}/runs?status=failed`);
  const list = new URL(page.url()).search;
  await page
    .getByRole('main')
    .getByRole('link', { name: /Capture policies/ })
    .first()
    .click();
  await card().waitFor();
  await page.keyboard.press('l');
  await page.waitForURL(/tab=log/);
  await page.keyboard.press('i');
  await page.waitForURL(/tab=items/);
  await page.keyboard.press('t');
  await page.waitForURL(/tab=timeline/);
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => url.pathname === `${ws}/runs` && url.search === list);
  await page.goBack();
  await card().waitFor();
  await page.keyboard.press('r');
  await page.waitForURL(/\/start\?replay=\d+/);
});

test('a run whose first try failed shows both tries and the wait between them', async () => {
  const match = { path: '/deviceManagement', tenant: 'contoso' };
  await system.control.addFault({ match, times: 1_000_000, dropConnection: true });
  const id = await capture();
  await waitForRun(operator, id, ({ waiting }) => waiting?.gate === 'retry');
  await openRun(id, 'Waiting');
  await card()
    .getByText(/the run goes on by itself\.$/)
    .waitFor();
  await card().getByText('the clock; nobody has to act').waitFor();
  await rowOf(/^List policies, attempt 1; failed/).waitFor();
  await system.control.clearFaults();
  await waitForEnd(operator, id);
  // How many tries it took depends on when the trouble ended.
  await rowOf(/^Read policies, attempt [2-9]; done/).waitFor();
  const { totals, from, to = '' } = await operator.get<Timeline>(`/v1/runs/${id}/timeline`);
  expect(totals.retryMs).toBeGreaterThan(0);
  expect(Object.values(totals).reduce((sum, part) => sum + part, 0)).toBe(Date.parse(to) - Date.parse(from));
});

test('a run with failed items opens on them, says why, and retries them on the page', async () => {
  const chosen = await policies(5);
  for (const { policyId } of chosen.slice(0, 2)) {
    const match = { method: 'GET', path: `/deviceConfigurations/${policyId}`, tenant: 'contoso' };
    await system.control.addFault({ match, times: 1, status: 400 });
  }
  const id = await capture({ policyIds: chosen.map(({ policyId }) => policyId) });
  await waitForEnd(operator, id);
  await openRun(id, 'Partial');
  await card().getByText('2 of 5 items failed. 3 succeeded and keep their results.').waitFor();
  await card().getByText('2 ×').waitFor();
  expect(await openTabName().textContent()).toBe('Items');
  await details()
    .getByText(chosen[0]?.name ?? '', { exact: true })
    .waitFor();
  expect(
    await details()
      .getByText(chosen[4]?.name ?? '', { exact: true })
      .count(),
  ).toBe(0);

  await card().getByRole('button', { name: 'Retry these 2 items' }).click();
  const answer = page.getByRole('region', { name: 'The gate answered' });
  await answer.getByText('Accepted', { exact: true }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`${ws}/runs/${id}`);
  await answer.getByRole('link', { name: /^Open run #\d+/ }).click();
  await page.getByRole('main').getByText('Succeeded', { exact: true }).first().waitFor();
});

test('a running run shows its step, its progress and that it lives; its timeline goes on over a takeover', async () => {
  await system.control.addFault({ match: { tenant: 'contoso' }, times: 1_000_000, delayMs: 400 });
  const id = await capture();
  await openRun(id, 'Running');
  await rowOf(/^Read policies, attempt 1; running/).waitFor();
  await card()
    .getByText(/^Running: read policies, \d+ of 240/)
    .waitFor();
  await card().getByText('Last heartbeat').waitFor();
  await card()
    .getByText(/^Read \S/)
    .waitFor();
  await card().getByRole('link', { name: 'Follow the log' }).waitFor();
  await rowOf(/^List policies, attempt 1; done/).waitFor();

  const whole = () => details().locator('dl > div').last().textContent();
  const before = await whole();
  await waitUntil('a later time', whole, { until: (text) => text !== before });
  await page.getByRole('button', { name: 'Pause live updates' }).click();
  const held = await whole();
  await page.getByRole('button', { name: 'Resume live updates' }).click();
  await waitUntil('a later time after the pause', whole, { until: (text) => text !== held });

  await system.replaceWorker();
  await rowOf(/^Read policies, attempt 1; interrupted/).waitFor({ timeout: 30_000 });
  await rowOf(/^Read policies, attempt 1; running/).waitFor({ timeout: 30_000 });
  await system.control.clearFaults();
  await waitForEnd(operator, id);
  await card().getByText('Capture policies: done. Nothing is left to do.').waitFor();
  await card().getByText('captured', { exact: true }).waitFor();
  await card().getByRole('link', { name: 'See the results' }).waitFor();
  await rowOf(/^Read policies, attempt 1; done/).waitFor();

  const { from, to = '', totals, rows } = await operator.get<Timeline>(`/v1/runs/${id}/timeline`);
  const parts = Object.values(totals).reduce((sum, part) => sum + part, 0);
  expect(parts).toBe(Date.parse(to) - Date.parse(from));
  expect(rows.map(({ state }) => state)).toEqual(['done', 'interrupted', 'done']);
  expect(await chart().getByRole('button').count()).toBe(rows.length);

  await details().getByRole('link', { name: 'Table' }).click();
  const table = details().getByRole('table');
  await table.getByRole('row').nth(rows.length).waitFor();
  expect(await table.getByRole('columnheader', { name: 'Began' }).getAttribute('aria-sort')).toBe(
    'ascending',
  );
  await table.getByRole('link', { name: 'Step' }).click();
  await page.waitForURL(/sort=label/);
  expect(await table.getByRole('columnheader', { name: 'Step' }).getAttribute('aria-sort')).toBe('ascending');
  expect(tab.faults).toEqual([]);
});

test('a queued run says what stands before it, and a cancelled one by whom and why', async () => {
  await system.killWorker();
  const id = await capture();
  await openRun(id, 'Queued');
  await card().getByText('The run is admitted and starts as soon as a worker is free.').waitFor();
  await card().getByText('nothing; it is next').waitFor();
  expect(await openTabName().textContent()).toBe('Timeline');
  await chart().getByText('The whole run').waitFor();

  await card().getByRole('button', { name: 'Cancel it' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('wrong tenant');
  await dialog.getByRole('button', { name: 'Cancel the run' }).click();
  await card().getByText('Cancelled by operator: “wrong tenant”.').waitFor();
  const again = card().getByRole('link', { name: 'Run it again' });
  expect(await again.getAttribute('href')).toBe(`${ws}/start?replay=${id}`);
});

test('a throttled run says who holds it and until when', async () => {
  await system.startWorkerAgain();
  const match = { method: 'GET', path: '/deviceConfigurations', tenant: 'contoso' };
  await system.control.addFault({ match, times: 1, status: 429, retryAfter: 600 });
  const id = await capture();
  await waitForRun(operator, id, ({ waiting }) => waiting?.gate === 'provider');
  await openRun(id, 'Waiting');
  await card().getByText('The provider has asked us to wait before the next request.').waitFor();
  await card().getByText('Held by').waitFor();
  await card().getByText('Until').waitFor();
  await card().getByRole('link', { name: 'Open the connection' }).waitFor();
  expect(tab.faults).toEqual([]);
});
