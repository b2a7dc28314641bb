import { readFile } from 'node:fs/promises';
import type { RestClient } from '@signalbox/demo/rest-client';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { type ConsoleTab, openTab, signInAs } from '../../src/system/open-console.ts';
import { startSystem, type TestSystem } from '../../src/system/start-system.ts';

let system: TestSystem;
let browser: Browser;
let owner: ConsoleTab;
let operator: RestClient;

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
  // Nobody is signed in at first.
  owner = await openTab(browser, system.url, { expected: [/status of 401 /] });
  await owner.page.goto('/');
  await signInAs(owner, 'admin');
  operator = await system.signIn('operator');
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const create = (codename: string) =>
  operator.post<{ run_id: string }>('/runs', {
    user_intent: { description: 'Deploy a page that says hello', target: 'staging' },
    codename,
    tags: ['web'],
  });
const dialog = ({ page }: ConsoleTab): Locator => page.getByRole('alertdialog');
const region = (name: string): Locator => owner.page.getByRole('region', { name, exact: true });

test('the first deployments are counted by member and by day, each number with the runs it counts', async () => {
  const { page } = owner;
  for (const codename of ['first-light', 'second-wind', 'third-rail']) {
    expect((await create(codename)).status).toBe(201);
  }
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Usage and tier' }).click();
  await page.getByText('of 10 runs used').waitFor();
  await page.getByText('7 runs are left.').waitFor();
  for (const table of ['By member', 'By day']) {
    await region(table).getByRole('link', { name: '3', exact: true }).click();
    await page.getByRole('heading', { name: 'Runs', exact: true }).waitFor();
    const rows = page.getByRole('link', { name: /^Deploy/ });
    await expect.poll(() => rows.count()).toBe(3);
    await page.goBack();
  }
});

test('a deployment that nobody has started says so, shows what was wanted, and can be cancelled', async () => {
  const { page } = owner;
  await page.goto('/w/ws-default/runs?operation=deployment');
  await page
    .getByRole('link', { name: /^Deploy/ })
    .first()
    .click();
  const card = page.getByRole('region', { name: 'What is happening, what next' });
  await card.getByText('Created; not started yet.').first().waitFor();
  await page.getByRole('link', { name: 'Input and output' }).click();
  await page.getByText('Deploy a page that says hello').first().waitFor();
  await page.getByRole('button', { name: 'Cancel it' }).click();
  await dialog(owner).getByLabel('Reason').fill('not needed any more');
  await dialog(owner)
    .getByRole('button', { name: /^Cancel the run/ })
    .click();
  await page.getByRole('link', { name: 'Replay' }).first().click();
  await page.getByText('which counts towards the limit of the month').waitFor();
});

test('near the limit the overview says so, and leads to the page that says the same', async () => {
  const { page } = owner;
  for (let made = 3; made < 8; made++) expect((await create(`more-${made}`)).status).toBe(201);
  await page.goto('/w/ws-default/overview');
  await region('Needs attention')
    .getByText(/^8 of 10 runs are used/)
    .waitFor();
  await region('Now').getByText('Near the limit').waitFor();
  await region('Now').getByRole('link', { name: '8 of 10 runs used' }).click();
  await page.getByRole('heading', { name: 'Usage and tier', exact: true }).waitFor();
  await page.getByText('Near the limit').waitFor();
});

test('at the limit the page counts what was refused, and the list behind the number shows it', async () => {
  const { page } = owner;
  for (const codename of ['ninth', 'tenth']) expect((await create(codename)).status).toBe(201);
  for (const codename of ['eleventh', 'twelfth']) expect((await create(codename)).status).toBe(402);
  await page.reload();
  await page.getByText('Limit reached').waitFor();
  await page.getByRole('link', { name: '2 starts' }).click();
  await page.getByRole('heading', { name: 'Refused starts', exact: true }).waitFor();
  const list = page.getByRole('list', { name: 'Refused starts', exact: true });
  await expect.poll(() => list.getByText('Quota used up').count()).toBe(2);
  await list.getByRole('link', { name: 'Raise the tier' }).first().click();
  await page.getByRole('heading', { name: 'Usage and tier', exact: true }).waitFor();
});

test('an owner raises the tier, which counts at once; the month can be kept as a table', async () => {
  const { page } = owner;
  await page.getByRole('button', { name: 'Change tier' }).click();
  await dialog(owner).getByText('The limit is 1,000 runs a month from the next run on.').waitFor();
  await dialog(owner).getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByText('of 1,000 runs used').waitFor();
  expect((await create('thirteenth')).status).toBe(201);
  await page.reload();
  await page.getByText('of 1,000 runs used').waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^usage-ws-default-\d{4}-\d\d\.csv$/);
  const [head, row] = (await readFile(await file.path(), 'utf8')).split('\r\n');
  expect(head).toBe('day (UTC),by,kind,operation,runs');
  expect(row).toMatch(/^\d{4}-\d\d-\d\d,operator,user,deployment,11$/);
});

test('who may not change the tier or the name is told which capability is missing', async () => {
  const tab = await openTab(browser, system.url);
  await tab.page.goto('/');
  await signInAs(tab, 'manager');
  await tab.page.goto('/w/ws-default/usage');
  for (const [name, capability] of [
    ['Change tier', 'workspace.tier'],
    ['Rename', 'workspace.manage'],
  ] as const) {
    const button = tab.page.getByRole('button', { name });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    expect(await button.getAttribute('title')).toContain(capability);
  }
  await tab.close();
});

test('a new workspace is made from the header, is empty on every page, and is renamed', async () => {
  const { page } = owner;
  await page.getByTitle('Change workspace').click();
  await page.getByRole('menuitem', { name: 'New workspace…' }).click();
  await dialog(owner).getByLabel('Name').fill('Night shift');
  await dialog(owner).getByRole('button', { name: 'Create' }).click();
  await page.waitForURL(/\/w\/ws-[0-9a-f]{16}\/overview$/);
  await page.getByRole('banner').getByText('Night shift').waitFor();
  const ws = /\/w\/([^/]+)/.exec(page.url())?.[1] ?? '';
  for (const path of [
    'overview',
    'runs',
    'bulk',
    'refusals',
    'backup-sets',
    'connections',
    'members',
    'usage',
  ]) {
    await page.goto(`/w/${ws}/${path}`);
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
    expect(await page.getByRole('heading', { name: 'Not found' }).count()).toBe(0);
  }
  await page.getByText('of 10 runs used').waitFor();
  expect(await page.getByText('Nothing was counted this month.').count()).toBe(2);
  await page.getByRole('button', { name: 'Rename' }).click();
  await dialog(owner).getByLabel('Name').fill('Day shift');
  await dialog(owner).getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('banner').getByText('Day shift').waitFor();
  expect(owner.faults).toEqual([]);
});
