import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { type ConsoleTab, openTab, signInAs } from '../../src/system/open-console.ts';
import { startSystem, type TestSystem } from '../../src/system/start-system.ts';

let system: TestSystem;
let browser: Awaited<ReturnType<typeof launchBrowser>>;
let tab: ConsoleTab;
let page: Page;

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
  tab = await openTab(browser, system.url, { expected: [/status of 401 .*session\.me/] });
  page = tab.page;
  await page.goto('/');
  await signInAs(tab, 'manager');
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const main = (): Locator => page.getByRole('main');
const dialog = (): Locator => page.getByRole('alertdialog');
const text = (): Locator => page.getByRole('textbox', { name: 'The settings file' });
const verdict = (): Locator => page.getByRole('region', { name: 'If you start it now' });
const runEnded = (): Locator => main().getByText('Succeeded', { exact: true }).first();

/** Puts a text in the place of the one in the editor, as pasting does. */
async function write(settings: string): Promise<void> {
  await text().click();
  await page.keyboard.press('Control+a');
  await page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', ${JSON.stringify(settings)});
    document.activeElement.shadowRoot.activeElement.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }`);
}

const settings = (plan: string): string =>
  `provider = "local"\nserver_configs = [\n  { name = "gate-01", ${plan}, zone = "local" }\n  { name = "gate-02", plan = "small", zone = "local" }\n]\ntaskservs = ["nginx"]\n`;

test('an infra is made once its settings are right, and each problem is told on its line', async () => {
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await main().getByText('No infras yet').waitFor();
  await main().getByRole('button', { name: 'Make the first infra' }).click();
  await dialog().getByRole('textbox', { name: 'Name' }).fill('gates');
  await write(settings('size = "small"'));
  const problems = dialog().getByRole('list', { name: 'Problems of the settings' });
  await problems.getByRole('button', { name: 'Line 3' }).first().waitFor();
  const make = dialog().getByRole('button', { name: 'Make the infra' });
  expect(await make.getAttribute('title')).toBe('Correct the problems of the settings first.');
  await write(settings('plan = "small"'));
  await problems.waitFor({ state: 'detached' });
  await make.click();
  await page.getByRole('heading', { level: 1, name: 'gates' }).waitFor();
  await main().getByRole('list', { name: 'Servers' }).getByText('not made yet').first().waitFor();
  expect(tab.faults).toEqual([]);
});

test('servers are planned in check mode and then made, and stand on the page of the infra', async () => {
  await main().getByRole('button', { name: 'Create servers' }).click();
  await page.getByRole('combobox', { name: 'Infra' }).waitFor();
  await main().getByRole('list', { name: 'Servers' }).getByText('gate-02').waitFor();
  await page.getByRole('checkbox', { name: 'Check mode' }).check();
  await verdict().getByText('Accepted').waitFor();
  await main().getByRole('button', { name: 'Check: create servers' }).click();
  await runEnded().waitFor();
  await page.goto('/w/ws-default/infras/gates');
  // Nothing was made by planning.
  await main().getByText('Nothing stands yet', { exact: false }).waitFor();
  await main().getByRole('button', { name: 'Create servers' }).click();
  await verdict().getByText('Accepted').waitFor();
  await main().getByRole('button', { name: 'Create servers', exact: true }).click();
  await runEnded().waitFor();
  await page.goto('/w/ws-default/infras/gates');
  await main().getByText('2 servers stand.').waitFor();
  // The plan and the work.
  await main().getByRole('list', { name: 'Newest runs' }).getByRole('listitem').nth(1).waitFor();
});

test('a task service is installed on all servers, and the runs of an infra are a filter of the runs', async () => {
  await main().getByRole('button', { name: 'Install a task service' }).click();
  await page.getByRole('combobox', { name: 'Task service' }).selectOption('nginx');
  await verdict().getByText('Accepted').waitFor();
  await main().getByRole('button', { name: 'Install a task service', exact: true }).click();
  await runEnded().waitFor();
  await page.goto('/w/ws-default/infras/gates');
  await main().getByRole('list', { name: 'Task services of gate-01' }).getByText('nginx').waitFor();
  await main().getByRole('link', { name: 'All of them' }).click();
  await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
  await main()
    .getByRole('link', { name: /^Install a task service/ })
    .first()
    .waitFor();
  expect(new URL(page.url()).search).toBe('?infra=gates');
  expect(
    await main()
      .getByRole('link', { name: /^Create servers/ })
      .count(),
  ).toBe(2);
  await page.goto('/w/ws-default/runs?infra=nowhere');
  await main()
    .getByText(/^(No run matches|0 of .+ runs? match)/)
    .waitFor();
  expect(tab.faults).toEqual([]);
});

test('who only reads sees what stands, and each control off with the capability it needs', async () => {
  const other = await openTab(browser, system.url, { expected: [/status of 401 .*session\.me/] });
  await other.page.goto('/');
  await signInAs(other, 'viewer');
  await other.page.goto('/w/ws-default/infras/gates');
  const there = other.page.getByRole('main');
  await there.getByRole('list', { name: 'Task services of gate-01' }).waitFor();
  const title = (name: string) => there.getByRole('button', { name }).getAttribute('title');
  expect(await title('Create servers')).toBe('You lack the capability run.start.create_servers.');
  expect(await title('Save the settings')).toBe('Needs infra.manage, which your role does not hold');
  expect(await there.getByRole('region', { name: 'The settings file' }).textContent()).toContain('gate-01');
  await other.page.goto('/w/ws-default/start?operation=create_servers&infra=gates');
  await there.getByText('Needs run.start.create_servers', { exact: false }).waitFor();
  expect(other.faults).toEqual([]);
  await other.close();
});
