import { readFile } from 'node:fs/promises';
import { auditLabel } from '@signalbox/domain/observability/audit-actions';
import { launchBrowser } from '@signalbox/testing/browser/chromium';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { type ConsoleTab, openTab, signInAs } from '@signalbox/testing/system/open-console';
import { startSystem, type TestSystem } from '@signalbox/testing/system/start-system';
import { waitUntil } from '@signalbox/testing/wait-until';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

let system: TestSystem;
let browser: Browser;
let admin: ReturnType<typeof openAdmin>;

beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem(), launchBrowser()]);
  admin = openAdmin(system.databaseUrl);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await admin.end({ timeout: 5 });
  await system.stop();
});

async function open(username: string, path: string): Promise<ConsoleTab> {
  const tab = await openTab(browser, system.url, { acceptDownloads: true });
  await tab.page.goto('/sign-in');
  await signInAs(tab, username);
  await tab.page.goto(path);
  await tab.page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
  return tab;
}

const log = '/w/ws-default/audit';
const entries = (page: Page) => page.getByRole('list', { name: 'Audit entries' }).getByRole('listitem');
const verdict = (page: Page) => page.getByRole('region', { name: 'Verification' });

/** The worker seals each second; only then is everything under a seal. */
const sealed = () =>
  waitUntil('everything to be sealed', async () => {
    const [row] = await admin<{ open: number }[]>`
      select count(*)::int as open from audit_entries e where e.workspace_id = 'ws-default' and not exists (
        select from audit_seals s where s.workspace_id = e.workspace_id and e.id = any (s.entry_ids))`;
    return row?.open === 0;
  });

test('the log is reached by g l, tells deeds in plain words, and is narrowed in the URL', async () => {
  const tab = await open('admin', log);
  const { page } = tab;
  await page.getByRole('link', { name: 'Overview' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await entries(page).first().waitFor();

  await page.getByRole('combobox', { name: 'Action' }).selectOption('run.created');
  await page.waitForURL(/action=run\.created/);
  await page.getByRole('textbox', { name: 'Who' }).fill('operator');
  await page.keyboard.press('Enter');
  await page.waitForURL(/actor=operator/);
  const row = entries(page)
    .filter({ hasText: `operator ${auditLabel('run.created')}` })
    .first();
  await row.getByRole('link', { name: /^Check the connection on |^Check a connection on / }).waitFor();

  await row.getByRole('button', { name: /^Details of entry/ }).click();
  await page.waitForURL(/entry=\d+/);
  await row.getByText('run.created', { exact: true }).waitFor();
  await row.getByText('Request', { exact: true }).waitFor();
  await page.reload();
  await entries(page).first().getByText('run.created', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Clear' }).click();
  await page.waitForURL((url) => url.search === '');
  await page.goto(`${log}?actor=nobody`);
  await page.getByText('No entry matches').waitFor();
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('verify says that the log is intact with its head, and names the entry that somebody changed', async () => {
  const tab = await open('manager', log);
  const { page } = tab;
  await sealed();
  await page.getByRole('button', { name: 'Verify' }).click();
  await verdict(page).getByText('The log is intact.').waitFor();
  expect(await verdict(page).textContent()).toMatch(/\d+ entries in \d+ seals, all as they were sealed/);
  await verdict(page)
    .getByRole('button', { name: /copy head$/ })
    .waitFor();

  const [row] = await admin<{ id: string; actor_name: string }[]>`
    select id, actor_name from audit_entries where workspace_id = 'ws-default' order by id limit 1`;
  await admin`update audit_entries set actor_name = 'eve' where id = ${row?.id ?? 0}`;
  await page.getByRole('button', { name: 'Verify' }).click();
  await verdict(page).getByText('The log was tampered with.').waitFor();
  await verdict(page).getByText(`Entry ${row?.id} was changed`, { exact: false }).waitFor();
  await admin`update audit_entries set actor_name = ${row?.actor_name ?? ''} where id = ${row?.id ?? 0}`;
  await page.getByRole('button', { name: 'Close the result' }).click();
  await verdict(page).waitFor({ state: 'detached' });
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('export saves the whole log with its seals', async () => {
  const tab = await open('admin', log);
  const { page } = tab;
  await sealed();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('audit-ws-default.ndjson');
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n');
  const kinds = new Set(lines.map((line) => (JSON.parse(line) as { type: string }).type));
  expect([...kinds].toSorted()).toEqual(['entry', 'head', 'seal']);
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('whoever may not read the log learns what is missing, and nothing is asked in vain', async () => {
  const tab = await open('operator', log);
  const { page } = tab;
  await page.getByText('audit.read', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Verify' }).count()).toBe(0);
  expect(tab.faults).toEqual([]);
  await tab.close();
});
