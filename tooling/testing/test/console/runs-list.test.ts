import { runToEnd } from '@signalbox/demo/rest-client';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { axeFaults } from '../../src/console/axe.ts';
import { withAdmin } from '../../src/postgres/admin.ts';
import { insertManyRuns } from '../../src/run/insert-many-runs.ts';
import { type ConsoleTab, openTab, signInAs } from '../../src/system/open-console.ts';
import { startSystem, type TestSystem } from '../../src/system/start-system.ts';
import { waitUntil } from '../../src/wait-until.ts';

const many = 100_000;
let system: TestSystem;
let browser: Browser;
let tab: ConsoleTab;

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
  await withAdmin(system.databaseUrl, (sql) =>
    insertManyRuns(sql, { workspaceId: 'ws-default', tenantId: system.tenantId('contoso'), count: many }),
  );
  tab = await openTab(browser, system.url, {
    expected: [/status of 401 .*session\.me/, /status of 404 .*run\.get.*999999999/],
  });
  await tab.page.goto('/w/ws-default/runs');
  await signInAs(tab, 'operator');
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const main = (): Locator => tab.page.getByRole('main');
const rows = (): Locator => tab.page.locator('[data-run-row]');
const ids = (): Promise<string[]> =>
  tab.page
    .locator('[data-run-row]')
    .evaluateAll((all) => all.map((row) => row.getAttribute('data-run-row') ?? ''));
const search = (): URLSearchParams => new URL(tab.page.url()).searchParams;
const button = (name: string | RegExp): Locator => main().getByRole('button', { name });

async function open(link = ''): Promise<void> {
  await tab.page.goto(`/w/ws-default/runs${link}`);
  await rows().first().waitFor();
}

/** Waits until the list is another one than before. */
async function another(before: readonly string[]): Promise<string[]> {
  return waitUntil('other rows', ids, { until: (now) => now.length > 0 && now[0] !== before[0] });
}

test('pages lead on and back through a hundred thousand runs, and Back finds the place again', async () => {
  await open('?limit=25');
  const first = await ids();
  expect(first).toHaveLength(25);
  await button('Older').click();
  const second = await another(first);
  expect(second.some((id) => first.includes(id))).toBe(false);
  await button('Older').click();
  await another(second);
  await button('Newer').click();
  await waitUntil('the second page', ids, { until: (now) => now[0] === second[0] });
  expect(await ids()).toEqual(second);

  // From deep in a page to a run and back.
  const row = tab.page.locator(`[data-run-row="${second[20]}"]`);
  await row.scrollIntoViewIfNeeded();
  await row.getByRole('checkbox').check();
  const scrolled = await tab.page.evaluate<number>('scrollY');
  await row.getByRole('link').click();
  await tab.page.getByRole('heading', { level: 1, name: /Capture policies/ }).waitFor();
  await tab.page.goBack();
  await rows().first().waitFor();
  expect(await ids()).toEqual(second);
  await waitUntil('the scroll', () => tab.page.evaluate<number>('scrollY'), { until: (y) => y === scrolled });
  expect(await row.getByRole('checkbox').isChecked()).toBe(true);
  await button('Clear').last().click();
});

test('two hundred rows are a page, but not two hundred elements, and the focus survives the scroll', async () => {
  await open('?limit=200');
  expect(await tab.page.getByRole('table').getAttribute('aria-rowcount')).toBe('201');
  expect(await rows().count()).toBeLessThan(100);
  await tab.page.keyboard.press('j');
  const [first] = await ids();
  const focused = () =>
    tab.page.evaluate<string | null>(
      'document.activeElement?.closest("[data-run-row]")?.dataset.runRow ?? null',
    );
  expect(await focused()).toBe(first);
  await tab.page.evaluate('scrollTo(0, document.body.scrollHeight)');
  await tab.page.locator('[aria-rowindex="201"]').waitFor();
  expect(await rows().count()).toBeLessThan(100);
  expect(await focused()).toBe(first);
});

test('a filter is typed, offered, applied, shown and taken away, by keyboard alone', async () => {
  await open();
  const unfiltered = await ids();
  await tab.page.keyboard.press('/');
  const field = tab.page.getByRole('combobox', { name: 'Filter runs' });
  await tab.page.keyboard.type('stat');
  await tab.page.getByRole('option', { name: /^status:/ }).waitFor();
  await tab.page.keyboard.press('ArrowDown');
  await tab.page.keyboard.press('Enter');
  await tab.page.getByRole('option', { name: /^status:partial/ }).waitFor();
  await tab.page.keyboard.type('partial');
  await tab.page.keyboard.press('Enter');
  await waitUntil('the filter', () => search().get('status'), { until: (status) => status === 'partial' });
  await another(unfiltered);
  await tab.page.keyboard.type('tag:rare colour:red');
  await tab.page.keyboard.press('Enter');
  await main()
    .getByText(/^“colour” is nothing runs can be filtered by.* It has no effect\.$/)
    .waitFor();
  expect(search().get('unread')).toBe('colour:red');
  expect(search().get('tag')).toBe('rare');
  const chips = tab.page.getByRole('list', { name: 'Filter' }).getByRole('listitem');
  expect(await chips.count()).toBe(3);
  await field.press('Backspace');
  await field.press('Backspace');
  await waitUntil('one chip', () => chips.count(), { until: (count) => count === 1 });
  await chips.getByRole('button', { name: 'Remove status:partial' }).press('Enter');
  await waitUntil('no filter', () => tab.page.url(), { until: (url) => !url.includes('status') });
});

test('statuses are counted up to a hundred, and the rest is an estimate that is asked for', async () => {
  await open();
  const statuses = main().getByRole('list', { name: 'Statuses' });
  await statuses.getByRole('button', { name: /failed 100\+/i }).waitFor();
  await button('How many in all?').click();
  await main()
    .getByText(/^about (9\d|10\d|11\d) k in all$/)
    .waitFor();
  await statuses.getByRole('button', { name: /partial/i }).click();
  await waitUntil('the filter', () => search().get('status'), { until: (status) => status === 'partial' });
});

test('a filter that matches nothing says of how many, and which term to clear', async () => {
  await tab.page.goto('/w/ws-default/runs?tag=nowhere&status=failed');
  await main()
    .getByText(/^0 of about [\d.]+ k runs match$/)
    .waitFor();
  await main().getByRole('link', { name: 'Clear tag:nowhere' }).click();
  await rows().first().waitFor();
  expect(search().get('status')).toBe('failed');
});

test('rows are chosen by keys and ranges, over pages, up to all that match', async () => {
  await open('?limit=25&status=failed');
  const page = await ids();
  await tab.page.keyboard.press('j');
  await tab.page.keyboard.press('x');
  for (let at = 0; at < 3; at += 1) await tab.page.keyboard.press('j');
  await tab.page.keyboard.press('Shift+X');
  const bar = tab.page.getByRole('region', { name: 'Bulk actions' });
  await bar.getByText('4 runs chosen').waitFor();
  await button('Older').click();
  await another(page);
  await bar.getByText('4 runs chosen').waitFor();
  await tab.page.getByRole('checkbox', { name: 'Choose the page' }).check();
  await bar.getByText('29 runs chosen').waitFor();
  await button(/Choose all about [\d.]+ k matching runs/).waitFor();
  await button(/Choose all about [\d.]+ k matching runs/).click();
  await bar.getByText('All matching runs chosen').waitFor();
  await bar.getByRole('button', { name: 'Clear' }).click();
});

test('Space looks at a run beside the list without leaving it, and the panel is in the URL', async () => {
  await open('?limit=25&unread=colour:red');
  const [, second] = await ids();
  await tab.page.keyboard.press('j');
  await tab.page.keyboard.press('x');
  await tab.page.keyboard.press('j');
  await tab.page.keyboard.press('Space');
  const panel = tab.page.getByRole('complementary', { name: `Run #${second}` });
  await panel.getByRole('link', { name: 'Open the run' }).waitFor();
  expect(search().get('peek')).toBe(second);
  expect(await axeFaults(tab.page)).toEqual([]);
  await tab.page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  await tab.page.locator(`[data-run-row="${second}"]`).getByRole('button').click();
  await panel.getByRole('button', { name: 'Close the panel' }).click();
  await panel.waitFor({ state: 'detached' });
  await tab.page.keyboard.press('j');
  await tab.page.keyboard.press('k');
  await tab.page.keyboard.press('Enter');
  await tab.page.waitForURL((url) => url.pathname.endsWith(`/runs/${second}`));
});

test('columns are chosen and ordered by ticks and buttons, in the URL', async () => {
  await open();
  await button('Columns').click();
  const panel = tab.page.getByRole('dialog', { name: 'Columns' });
  await panel.getByRole('checkbox', { name: 'Tags' }).check();
  await panel.getByRole('checkbox', { name: 'Tenant' }).uncheck();
  await panel.getByRole('button', { name: 'Move Run up' }).click();
  await waitUntil('the columns', () => search().get('cols'), {
    until: (cols) => cols === 'status,run,type,progress,by,created,duration,tags',
  });
  const heads = await tab.page.getByRole('columnheader').allTextContents();
  expect(heads.slice(1, -1)).toEqual([
    'Status',
    'Run',
    'Operation',
    'Items',
    'Started by',
    'Created',
    'Duration',
    'Tags',
  ]);
  await tab.page.keyboard.press('Escape');
});

test('the list stays where it is while runs start and end, says how many are new, and holds still when paused', async () => {
  const operator = await system.signIn('operator');
  const check = (alias: string) =>
    runToEnd(operator, { operation: 'provider.connection.check', tenantId: system.tenantId(alias) });
  const tenant = system.tenantId('contoso');
  await open(`?tenant=${tenant}&limit=25`);
  await tab.page.getByRole('banner').getByText('Live', { exact: true }).waitFor();
  const before = await ids();
  await check('contoso');
  await check('fabrikam');
  const pill = tab.page.getByRole('button', { name: '1 new run' });
  await pill.waitFor();
  expect(await ids()).toEqual(before);

  await tab.page.getByRole('button', { name: 'Pause live updates' }).click();
  const quiet = await ids();
  const asked: string[] = [];
  const watch = (request: { url(): string }) => asked.push(request.url());
  tab.page.on('request', watch);
  await check('contoso');
  await tab.page.evaluate('dispatchEvent(new Event("visibilitychange")); dispatchEvent(new Event("focus"))');
  expect(await ids()).toEqual(quiet);
  expect(asked.filter((url) => url.includes('run.list'))).toEqual([]);
  tab.page.off('request', watch);
  await tab.page.getByRole('button', { name: 'Resume live updates' }).click();
  // What was missed is counted, and still nothing has moved.
  await tab.page.getByRole('button', { name: '2 new runs' }).click();
  await waitUntil('the new runs', ids, { until: (now) => now[2] === before[0] });
});

test('a row that no longer matches the filter stays, marked, until the list is asked for anew', async () => {
  await system.control.addFault({ match: { tenant: 'contoso' }, times: 1_000_000, delayMs: 400 });
  const operator = await system.signIn('operator');
  const { body } = await operator.post<{ run: { id: number } }>('/v1/runs', {
    operation: 'snapshot_capture',
    tenantId: system.tenantId('contoso'),
  });
  const { id } = body.run;
  await waitUntil('the run to be at work', () => operator.get<{ status: string }>(`/v1/runs/${id}`), {
    until: ({ status }) => status === 'running',
  });
  await open('?status=running');
  expect(await ids()).toEqual([String(id)]);
  await operator.post(`/v1/runs/${id}/cancel`, {});
  const row = tab.page.locator(`[data-run-row="${id}"]`);
  await row.getByText('Cancelled', { exact: true }).waitFor();
  await row.getByText('no longer matches').waitFor();
  await system.control.clearFaults();
});

test('a narrow screen shows cards, few of them at once, and nothing moves sideways', async () => {
  await tab.page.setViewportSize({ width: 320, height: 640 });
  await open('?limit=200&status=failed&unread=colour:red&peek=999999999');
  await tab.page.getByRole('complementary').waitFor();
  expect(await tab.page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  expect(await rows().count()).toBeLessThan(100);
  await tab.page.setViewportSize({ width: 1440, height: 900 });
});

test('nothing went wrong in the tab', () => {
  expect(tab.faults).toEqual([]);
});
