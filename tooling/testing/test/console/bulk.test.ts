import { readFile } from 'node:fs/promises';
import { type RestClient, runToEnd, waitForRun } from '@signalbox/demo/rest-client';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { withAdmin } from '../../src/postgres/admin.ts';
import { type ConsoleTab, openTab, signInAs } from '../../src/system/open-console.ts';
import { startSystem, type TestSystem } from '../../src/system/start-system.ts';
import { waitUntil } from '../../src/wait-until.ts';

let system: TestSystem;
let browser: Browser;
let tab: ConsoleTab;
let page: Page;
let operator: RestClient;
/** Runs that have ended, by what replaying them will be answered. */
let runs: { accepted: number; deduped: number; busy: number; blocked: number };

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
  operator = await system.signIn('operator');
  const tenantId = system.tenantId('contoso');
  const capture = { operation: 'snapshot_capture', tenantId };
  const accepted = (await runToEnd(operator, capture)).id;
  const deduped = (await runToEnd(operator, capture)).id;
  const busy = (await runToEnd(operator, { operation: 'provider.connection.check', tenantId })).id;
  const { items } = await operator.get<{ items: { id: number }[] }>(
    `/v1/runs?tenantId=${system.tenantId('fabrikam')}`,
  );
  runs = { accepted, deduped, busy, blocked: items[0]?.id ?? 0 };
  await withAdmin(system.databaseUrl, async (sql) => {
    await sql`update connections set enabled = false where tenant_id = ${system.tenantId('fabrikam')}`;
  });
  tab = await openTab(browser, system.url, { expected: [/status of 401 .*session\.me/] });
  page = tab.page;
  await page.goto('/');
  await signInAs(tab, 'operator');
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const dialog = (): Locator => page.getByRole('alertdialog');
const receipt = (): Locator => page.getByRole('region', { name: 'Runs', exact: true });
const progress = (): Locator => page.getByRole('region', { name: 'Progress' });
const row = (run: number): Locator =>
  receipt()
    .getByRole('row')
    .filter({ has: page.locator(`td:first-child a[href$="/runs/${run}"]`) });
const bar = (): Locator => page.getByRole('region', { name: 'Bulk actions', exact: true });

/** Opens the runs list and ticks these runs. */
async function tick(ids: readonly number[]): Promise<void> {
  await page.goto('/w/ws-default/runs');
  for (const id of ids) {
    await page.getByRole('checkbox', { name: `Choose run #${id}`, exact: true }).check();
  }
}

test('a bulk action has an estimate, and a receipt that says what the gate answered to each run', async () => {
  await system.control.addFault({ match: { tenant: 'contoso' }, times: 1_000_000, delayMs: 700 });
  await tick(Object.values(runs));
  await bar().getByText('4 runs chosen').waitFor();
  await bar().getByRole('button', { name: 'Retry failed items' }).click();
  await dialog().getByText('The run has no failed items.').waitFor();
  await dialog().getByRole('button', { name: 'Leave them' }).click();

  await bar().getByRole('button', { name: 'Replay' }).click();
  await dialog().getByRole('heading', { name: 'Replay 4 runs?' }).waitFor();
  await dialog().getByRole('row', { name: 'All 4 4' }).waitFor();
  await dialog().getByLabel('Reason').fill('a drill');
  await dialog().getByRole('button', { name: 'Replay them' }).dblclick();

  await page.getByRole('heading', { level: 1, name: 'Replay 4 runs' }).waitFor();
  await row(runs.accepted).getByText('Accepted', { exact: true }).waitFor();
  await row(runs.deduped).getByText('Deduped', { exact: true }).waitFor();
  await row(runs.busy).getByText('Scope busy', { exact: true }).waitFor();
  await row(runs.busy)
    .getByText(/^Waits for the scope that/)
    .waitFor();
  await row(runs.blocked).getByText('Blocked', { exact: true }).waitFor();
  await row(runs.blocked).getByText('The provider connection is disabled.').waitFor();
  await row(runs.blocked).getByText('Ask a manager of this workspace').waitFor();
  for (const said of ['1 accepted', '1 deduped', '1 scope busy', '1 blocked', '1 waiting']) {
    await progress().getByRole('link', { name: said, exact: true }).waitFor();
  }
  // The double click made one.
  const made = await operator.get<{ items: unknown[] }>('/v1/bulk-actions');
  expect(made.items).toHaveLength(1);
});

test('the receipt shows only the runs that are asked for, and keeps that in its address', async () => {
  await progress().getByRole('link', { name: '1 blocked', exact: true }).click();
  await waitUntil('one row', () => receipt().getByRole('row').count(), { until: (rows) => rows === 2 });
  expect(new URL(page.url()).searchParams.get('outcome')).toBe('blocked');
  await page.reload();
  await row(runs.blocked).waitFor();
  expect(await receipt().getByRole('row').count()).toBe(2);
  await progress().getByRole('link', { name: '1 blocked', exact: true }).click();
  await row(runs.accepted).waitFor();
});

test('an abort leaves what was started and tries nothing more', async () => {
  await page.getByRole('button', { name: 'Abort' }).click();
  await dialog().getByText('1 run waits and is never tried.', { exact: false }).waitFor();
  await dialog().getByLabel('Reason').fill('enough');
  await dialog().getByRole('button', { name: 'Abort' }).click();
  await page
    .getByRole('main')
    .getByText(/^Aborted by operator: 2 done, 1 failed, 1 never tried\.$/)
    .waitFor();
  await row(runs.busy).getByText('Aborted', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Abort' }).count()).toBe(0);
  await system.control.clearFaults();
  const { items } = await operator.get<{ items: { source: { id: number }; run?: { id: number } }[] }>(
    `/v1/bulk-actions/${new URL(page.url()).pathname.split('/').at(-1)}/items`,
  );
  const started = items.find(({ source }) => source.id === runs.accepted)?.run?.id ?? 0;
  const ended = await waitForRun(operator, started, ({ finishedAt }) => finishedAt !== undefined);
  expect(ended.status).toBe('succeeded');
  // The page follows the run it made, although the bulk action has ended.
  await row(runs.accepted).getByText('Succeeded', { exact: true }).waitFor();
});

test('the receipt can be kept as a table', async () => {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^bulk-action-\d+\.csv$/);
  const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatch(/^run,codename,operation,tenant,status,outcome,reason,message,new_run/);
  const cells = lines.slice(1).map((line) => line.split(','));
  const answered = Object.fromEntries(cells.map((line) => [line[0], `${line[4]} ${line[5]}`]));
  expect(answered).toEqual({
    [runs.accepted]: 'done accepted',
    [runs.deduped]: 'done deduped',
    [runs.busy]: 'aborted scope_busy',
    [runs.blocked]: 'failed blocked',
  });
});

test('past bulk actions stand in a list that leads to their receipts', async () => {
  await page.getByRole('main').getByRole('link', { name: 'Bulk actions', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Bulk actions' }).waitFor();
  const item = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Replay 4 runs' });
  await item.getByText('Aborted', { exact: true }).waitFor();
  await item.getByText('2 done, 1 failed, 1 aborted').waitFor();
  await item.getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: 'Replay 4 runs' }).waitFor();
  expect(tab.faults).toEqual([]);
});

test('a cancel of many needs a reason, and what has ended meanwhile is skipped with the sentence that says so', async () => {
  await system.control.addFault({ match: { tenant: 'contoso' }, times: 1_000_000, delayMs: 400 });
  const { body } = await operator.post<{ run: { id: number } }>('/v1/runs', {
    operation: 'snapshot_capture',
    tenantId: system.tenantId('contoso'),
  });
  await tick([body.run.id, runs.accepted]);
  await bar().getByRole('button', { name: 'Cancel' }).click();
  await dialog().getByText('The run has already ended.').waitFor();
  const go = dialog().getByRole('button', { name: 'Cancel them' });
  await go.click({ force: true });
  expect(await dialog().isVisible()).toBe(true);
  expect(await go.getAttribute('title')).toBe('Say why first.');
  await dialog().getByLabel('Reason').fill('the tenant is being moved');
  await go.click();
  await page.getByRole('heading', { level: 1, name: 'Cancel 2 runs' }).waitFor();
  await row(runs.accepted).getByText('The run has already ended.').waitFor();
  await row(body.run.id).getByText('Done', { exact: true }).waitFor();
  await system.control.clearFaults();
  const cancelled = await waitForRun(operator, body.run.id, ({ finishedAt }) => finishedAt !== undefined);
  expect(cancelled.status).toBe('cancelled');
});

test('a run that waits for a scope is started by itself when the scope is free', async () => {
  const { body } = await operator.post<{ id: number }>('/v1/bulk-actions', {
    action: 'replay',
    selection: { runIds: [runs.accepted, runs.busy] },
  });
  await page.goto(`/w/ws-default/bulk/${body.id}`);
  await page.getByRole('main').getByText('Completed: 2 done of 2 runs.').waitFor({ timeout: 60_000 });
  await progress().getByRole('link', { name: '2 accepted', exact: true }).waitFor();
  await row(runs.busy).getByText('Succeeded', { exact: true }).waitFor();
});

test('above fifty runs the number is typed before anything is made', async () => {
  await withAdmin(system.databaseUrl, async (sql) => {
    await sql`
      insert into runs (workspace_id, uid, operation, tenant_id, status, input, event_seq, initiator_kind, initiator_name,
        codename, tags, finished_at)
      select 'ws-default', gen_random_uuid(), 'snapshot_capture', ${system.tenantId('contoso')}, 'cancelled', '{}', 0, 'user',
        'operator', 'many-runs', array['many'], now()
      from generate_series(1, 60)`;
  });
  await page.goto('/w/ws-default/runs?tag=many');
  await page.getByRole('checkbox', { name: 'Choose the page' }).check();
  await page.getByRole('button', { name: 'Choose all 60 matching runs' }).click();
  await bar().getByRole('button', { name: 'Replay' }).click();
  const go = dialog().getByRole('button', { name: 'Replay them' });
  await go.click({ force: true });
  expect(await go.getAttribute('title')).toBe('Type 60 first.');
  await dialog().getByLabel('Type 60 to confirm').fill('60');
  expect(await go.getAttribute('aria-disabled')).toBe('false');
  await dialog().getByRole('button', { name: 'Leave them' }).click();
});
