import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { openStart } from '../../src/console/start-page.ts';
import { type ConsoleTab, openTab, signInAs } from '../../src/system/open-console.ts';
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

/** A tab of a member of the demo, on a page. */
async function open(username: string, path: string): Promise<ConsoleTab> {
  const tab = await openTab(browser, system.url, { expected: [/status of 40[019] /] });
  onTestFinished(() => tab.close());
  await tab.page.goto('/');
  await signInAs(tab, username);
  await tab.page.goto(`/w/ws-default${path}`);
  return tab;
}

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

test('a manager mends a blocked start by the links alone, over the page of the provider and back', async () => {
  const { page, tab, verdict, answer, open, foretold, submit } = await openStart(browser, system, {
    username: 'manager',
  });
  onTestFinished(() => tab.close());
  const over = page.getByRole('combobox', { name: 'Provider connection' });
  await open(`?operation=directory.groups.sync&tenant=${system.tenantId('fabrikam')}#connection`);
  await foretold('Blocked');
  expect(await over.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
  expect(await page.getByRole('combobox', { name: /^Groups/ }).inputValue()).toBe('');
  await verdict.getByRole('link', { name: 'Grant admin consent' }).click();

  // The link leads to the very part of the page.
  const consent = section(page, 'Consent');
  await consent.getByText('Missing', { exact: true }).waitFor();
  expect(await consent.evaluate((part) => part === part.ownerDocument.activeElement)).toBe(true);
  for (const part of ['#state', '#permissions', '#check']) expect(await page.locator(part).count()).toBe(1);
  await section(page, 'What works').getByText('5 of 13 operations').waitFor();
  await section(page, 'What to fix').getByRole('button', { name: 'Grant admin consent' }).click();

  // The emulated administrator agrees at once; the way back starts a check, and the page sees what it found.
  await page.getByRole('status').filter({ hasText: 'The administrator agreed' }).waitFor();
  await page
    .getByText('Nothing to fix: credential, consent and permissions are as they should be.')
    .waitFor();
  await section(page, 'What works').getByText('13 of 13 operations').waitFor();
  await section(page, 'Runs through it').getByRole('listitem').nth(1).waitFor();
  await page.getByRole('button', { name: 'Put this away' }).click();
  await page.getByText('The administrator agreed').waitFor({ state: 'detached' });
  expect(new URL(page.url()).search).toBe('');

  await page.getByRole('button', { name: /^Start… on Fabrikam/ }).click();
  await page.getByRole('menuitem').first().waitFor();
  expect(await page.getByRole('menuitem').allTextContents()).toEqual([
    'Sync the policy inventory',
    'Take a compliance snapshot',
    'Check the connection',
  ]);
  await page.getByRole('menuitem', { name: 'Take a compliance snapshot' }).click();
  await foretold('Accepted');
  await submit('Take a compliance snapshot');
  await answer.getByText('Accepted', { exact: true }).waitFor();
  expect(tab.faults).toEqual([]);
});

test('an administrator who refuses, or a link nobody follows, leaves the connection as it was', async () => {
  await system.control.setConsent('fabrikam', false, 'deny');
  const tab = await open('manager', '/connections');
  const { page } = tab;
  await page.getByRole('link', { name: 'Fabrikam Inc Graph' }).click();
  await page.getByRole('button', { name: 'Check now' }).click();
  const answer = section(page, 'The answer to the check');
  await answer.getByText('Accepted', { exact: true }).waitFor();
  await answer.getByText('Succeeded', { exact: true }).waitFor();
  const fix = section(page, 'What to fix');
  await fix.getByText('Consent missing', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Link for an administrator' }).click();
  await page.getByText('Waiting for the administrator').waitFor();
  const link = (await page.getByText(/\/adminconsent\?/).textContent()) ?? '';
  expect(await page.getByText(/for 1[45]:\d\d/).count()).toBeLessThanOrEqual(1);

  // Somebody else opens it, who is not signed in here.
  const other = await openTab(browser, system.url, { expected: [/status of 40[019] /] });
  onTestFinished(() => other.close());
  await other.page.goto(link);
  await other.page.waitForURL(`${system.url}/**`);

  await fix.getByRole('button', { name: 'Grant admin consent' }).click();
  await page.getByRole('status').filter({ hasText: 'The administrator did not agree' }).waitFor();
  await fix.getByText('Consent missing', { exact: true }).waitFor();
  await system.control.setConsent('fabrikam', true, 'grant');
  expect(tab.faults).toEqual([]);
});

test('a connection is made with its tenant, given its secret, renamed, disabled with what that stops, and enabled', async () => {
  const tab = await open('manager', `/start?operation=inventory.sync&tenant=${system.tenantId('northwind')}`);
  const { page } = tab;
  // The step leads to the form that makes one, for that tenant.
  await page.getByRole('link', { name: 'Add a provider connection' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByLabel('Tenant').selectOption({ label: 'A new tenant…' });
  await dialog.getByLabel('Name of the tenant').fill('Litware');
  await dialog.getByLabel('External id').fill('Contoso');
  await dialog.getByLabel('Client id').fill('no guid');
  const secret = 'a-secret-nobody-may-see';
  await dialog.getByLabel('Client secret').fill(secret);
  await dialog.getByLabel('Last day the secret works').fill('2040-06-30');
  expect(await dialog.getByLabel('Label').inputValue()).toBe('Litware Graph');
  await dialog.getByRole('button', { name: 'Add the connection' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('External id').fill('litware.example');
  await dialog.getByRole('button', { name: 'Add the connection' }).click();
  // The tenant is there now; the fault of the connection stands at its field.
  await dialog.getByLabel('Client id').and(page.locator('[aria-invalid=true]')).waitFor();
  await dialog.getByLabel('Client id').fill('b7f6a3de-2a0f-4f1e-9a64-6f0c8d1e5bff');
  await dialog.getByRole('button', { name: 'Add the connection' }).click();

  await page.getByRole('heading', { level: 1, name: 'Litware Graph' }).waitFor();
  await page.getByText('Next: grant admin consent, then check the connection.').waitFor();
  await section(page, 'What to fix').getByText('Never checked', { exact: true }).waitFor();
  const credential = section(page, 'Credential');
  await credential.locator('time[datetime^="2040-06-30T23:59:59"]').waitFor();
  const kept = await page.evaluate(
    'JSON.stringify([localStorage, sessionStorage, history.state, location.href])',
  );
  expect(kept).not.toContain(secret);

  await credential.getByRole('button', { name: 'Rotate' }).click();
  expect(new URL(page.url()).searchParams.get('open')).toBe('rotate');
  await dialog.getByLabel('Client secret').fill('another-secret');
  await dialog.getByRole('button', { name: 'Rotate the credential' }).click();
  await credential.getByText('Not known here').waitFor();

  await page.getByRole('button', { name: 'Rename' }).click();
  await dialog.getByLabel('Label').fill('Litware, read only');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('heading', { level: 1, name: 'Litware, read only' }).waitFor();

  const state = section(page, 'State');
  await state.getByRole('button', { name: 'Disable…' }).click();
  const impact = dialog.getByRole('list', { name: 'What it would mean now' });
  await impact.getByText('No run is under way.').waitFor();
  await impact.getByText(/^It is the default: .* The tenant has no other\.$/).waitFor();
  const disable = dialog.getByRole('button', { name: 'Disable the connection' });
  expect(await disable.getAttribute('title')).toBe('Say why first.');
  await dialog.getByLabel('Reason').fill('The customer moves to another application.');
  await disable.click();
  await state.getByText('The customer moves to another application.').waitFor();
  await section(page, 'What to fix').getByText('Connection disabled', { exact: true }).waitFor();
  await section(page, 'What to fix').getByRole('link', { name: 'Enable the connection' }).click();
  await state.getByRole('button', { name: 'Enable', exact: true }).click();
  await state.getByText('Enabled, default').waitFor();
  expect(tab.faults).toEqual([]);
});

test('who may not change connections sees every control with what is missing, and whom to ask', async () => {
  const tab = await open('viewer', '/connections?open=new');
  const { page } = tab;
  const lacking = 'You lack the capability connection.manage. Managers hold it.';
  const off = async (name: string | RegExp, said: string) => {
    const button = page.getByRole('main').getByRole('button', { name });
    await button.waitFor();
    expect([await button.getAttribute('aria-disabled'), await button.getAttribute('title')]).toEqual([
      'true',
      said,
    ]);
  };
  await off('New connection', lacking);
  expect(await page.getByRole('alertdialog').count()).toBe(0);
  await page.getByRole('link', { name: 'Contoso Ltd Graph' }).click();
  for (const name of ['Rename', 'Rotate', 'Disable…', /^Make default/, /^Grant admin/, /^Link for an/]) {
    await off(name, lacking);
  }
  await off('Check now', 'You lack the capability run.start.provider.connection.check.');
  await section(page, 'State').getByText('manager, admin').waitFor();
  await page.goto('/w/ws-default/tenants');
  await off('New tenant', 'You lack the capability tenant.manage. Managers hold it.');
  await page.getByRole('button', { name: /^Start… on Contoso/ }).click();
  const groups = page.getByRole('menuitem', { name: /^Sync groups/ });
  expect(await groups.getAttribute('aria-disabled')).toBe('true');
  await groups.getByText('Needs run.start.directory.groups.sync').waitFor();
  expect(tab.faults).toEqual([]);
});
