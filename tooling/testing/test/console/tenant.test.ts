import { runToEnd } from '@signalbox/demo/rest-client';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { axeFaults } from '../../src/console/axe.ts';
import { withAdmin } from '../../src/postgres/admin.ts';
import { openTab, signInAs } from '../../src/system/open-console.ts';
import { startSystem, type TestSystem } from '../../src/system/start-system.ts';

let system: TestSystem;
let browser: Browser;

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const signedIn = async (username: string, expected: readonly RegExp[] = []) => {
  const tab = await openTab(browser, system.url, { expected: [/status of 401 .*session\.me/, ...expected] });
  await tab.page.goto('/');
  await signInAs(tab, username);
  return tab;
};
const part = (page: Page, name: string | RegExp) =>
  page.getByRole('navigation', { name: 'Parts of the tenant' }).getByRole('link', { name });
const groups = (page: Page) => page.getByRole('list', { name: 'groups' }).getByRole('listitem');

test('groups are synced from the page of their tenant, fill it, and are found by what their names really hold', async () => {
  const contoso = system.tenantId('contoso');
  const operator = await system.signIn('operator');
  const tab = await signedIn('operator');
  const { page } = tab;
  await page.goto(`/w/ws-default/tenants/${contoso}`);
  await page.getByRole('region', { name: 'What is known' }).getByText('not synced yet').first().waitFor();
  await part(page, 'Groups').click();
  await page.getByText('No groups yet').waitFor();
  await page.getByRole('button', { name: 'Copy as' }).last().click();
  await page.getByRole('menuitem', { name: 'curl' }).waitFor();
  await page.keyboard.press('Escape');
  const loads = tab.loads();
  // The page is watched while somebody starts the sync from it in another tab.
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByRole('link', { name: 'Sync groups' }).click();
  await other.getByRole('main').getByText('Accepted', { exact: true }).waitFor();
  await other.getByRole('complementary').locator('button[type=submit]').click();
  const accepted = other.getByRole('dialog').filter({ hasText: /^Run #\d+ was accepted/ });
  const runId = Number(/#(\d+)/.exec((await accepted.textContent()) ?? '')?.[1]);
  await other.close();
  await groups(page).first().waitFor({ timeout: 60_000 });
  const run = await operator.get<{ status: string; counts: { total: number }; output: { seen: number } }>(
    `/v1/runs/${runId}`,
  );
  const total = run.counts.total.toLocaleString('en');
  expect([run.status, run.output.seen]).toEqual(['succeeded', run.counts.total]);
  await part(page, `Groups ${total}`).waitFor();
  expect(tab.loads(), 'the list filled without a new document').toBe(loads);

  const groupNamed = await withAdmin(system.databaseUrl, async (sql) => {
    const [row] = await sql<{ name: string }[]>`
      update groups set name = '100% remote' where id = (select max(id) from groups) returning name`;
    return row?.name;
  });
  const find = page.getByRole('searchbox', { name: 'Find groups by name' });
  await find.fill('%');
  await groups(page)
    .filter({ hasText: groupNamed ?? '' })
    .waitFor();
  await page.waitForURL(/text=%25/);
  await expect.poll(() => groups(page).count()).toBe(1);
  await find.fill('_');
  await page.getByText('No groups match').waitFor();
  await page.getByRole('link', { name: 'Clear the filter' }).click();
  await expect.poll(() => groups(page).count()).toBe(100);
  await page.getByRole('combobox', { name: 'Present or removed' }).selectOption('Removed only');
  await page.getByText('No groups match').waitFor();

  await part(page, 'Overview').click();
  const known = page.getByRole('region', { name: 'What is known' });
  await known.getByRole('link', { name: `${total} groups` }).waitFor();
  await known.getByRole('link', { name: `#${runId}` }).waitFor();
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('a snapshot and role definitions are shown with what they say, and a start is offered to who may', async () => {
  const tenantId = system.tenantId('contoso');
  const operator = await system.signIn('operator');
  await runToEnd(operator, { operation: 'compliance.snapshot', tenantId });
  await runToEnd(operator, { operation: 'directory.role_definitions.sync', tenantId });
  const { items } = await operator.get<{ items: { devices: number }[] }>(
    `/v1/compliance-snapshots?tenantId=${tenantId}`,
  );
  const tab = await signedIn('viewer', [/status of 404 /]);
  const { page } = tab;
  await page.goto(`/w/ws-default/tenants/${tenantId}?part=compliance`);
  await page.getByText(`of ${items[0]?.devices.toLocaleString('en')} devices compliant`).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  const take = page.getByRole('button', { name: 'Take a compliance snapshot' });
  expect(await take.getAttribute('title')).toContain('run.start.compliance.snapshot');
  await part(page, /^Roles/).click();
  const role = page.getByRole('list', { name: 'role definitions' }).getByRole('listitem').first();
  await role.locator('summary').click();
  await role.getByRole('list').getByRole('listitem').first().waitFor();
  expect(await axeFaults(page)).toEqual([]);
  for (const unknown of ['999999', 'none']) {
    await page.goto(`/w/ws-default/tenants/${unknown}`);
    await page.getByRole('main').getByRole('heading', { name: 'Not found' }).waitFor();
  }
  expect(tab.faults).toEqual([]);
  await tab.close();
});
