import { AxeBuilder } from '@axe-core/playwright';
import { type RunView, runToEnd } from '@signalbox/demo/rest-client';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { openTab, signInAs } from '../../src/system/open-console.ts';
import { startSystem, type TestSystem } from '../../src/system/start-system.ts';

let system: TestSystem;
let browser: Browser;
let partial: RunView;

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
  const match = { method: 'GET', path: '/deviceConfigurations/', tenant: 'contoso' };
  await system.control.addFault({ match, times: 1, status: 404 });
  const operator = await system.signIn('operator');
  const tenantId = system.tenantId('contoso');
  partial = await runToEnd(operator, { operation: 'snapshot_capture', tenantId });
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

/** Addresses nobody should write, each with a text of the page that must come instead of a crash. */
const hostile: readonly (readonly [path: string, shows: RegExp])[] = [
  ['/w/ws-default/runs?status=nonsense&tenant=abc&operation=%3Cscript%3E&by=[]&cursor={}', /^Runs$/],
  ['/w/ws-default/runs?status[]=1&status=%7B%22a%22:1%7D&tenant=1&tenant=2&__proto__=1', /^Runs$/],
  ['/w/ws-default/runs?tenant=99999999999999999999&connection=-1', /^Runs$/],
  ['/w/ws-default/runs?cursor=AAAA', /Go to the newest runs/],
  ['/w/ws-default/runs?%E0%A4%A=%', /^Runs$/],
  ['/w/ws-default/runs/999999', /Not found/],
  ['/w/ws-default/runs/abc', /Not found/],
  ['/w/ws-default/runs/1e3', /Not found/],
  ['/w/ws-default/runs/99999999999999999999', /Not found/],
  ['/w/ws-default/runs/1?tab=evil&outcome=%22&level=[]&q=%00%FF', /Check the connection/],
  ['/w/ws-default/start?operation=__proto__&tenant=constructor&set=NaN&preview=-1', /Choose an operation/],
  ['/w/ws-default/start?operation=snapshot_capture&tenant=999999', /Not found|no such/i],
  ['/w/ws-default/start?operation=restore_execute&tenant=1&preview=999999', /preview/],
  ['/w/ws-default/connections/0', /Not found/],
  ['/w/ws-default/connections/424242', /Not found/],
  ['/w/ws-default/backup-sets/x', /Not found/],
  ['/w/ws-default/backup-sets/424242', /Not found/],
  ['/w/ws-default/no/such/page', /Not found/],
  ['/w/ws-other/runs', /Not found/],
  ['/w/toString/runs/1', /Not found/],
];

test('no address crashes a page, however hostile its parts', async () => {
  // What the server refuses, the browser and the router report too: that much is expected here.
  const expected = [/status of 40[0134] /, /^console: TRPCClientError: There is no such thing/];
  const tab = await openTab(browser, system.url, { expected });
  await tab.page.goto('/');
  await signInAs(tab, 'operator');
  for (const [path, shows] of hostile) {
    await tab.page.goto(path);
    const shown = tab.page.getByRole('main').getByText(shows).first();
    await shown.waitFor().catch(async (cause: unknown) => {
      throw new Error(`${path} shows:\n${await tab.page.locator('body').ariaSnapshot()}`, { cause });
    });
  }
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('sign-in leads to no other site, whatever the link says', async () => {
  const tab = await openTab(browser, system.url, { expected: [/status of 401 /] });
  for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example/', 'javascript:alert(1)']) {
    await tab.page.context().clearCookies();
    await tab.page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await signInAs(tab, 'operator');
    expect(new URL(tab.page.url()).origin).toBe(system.url);
  }
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test.each(['light', 'dark'] as const)(
  'the pages have no accessibility fault in the %s theme',
  async (theme) => {
    const tab = await openTab(browser, system.url, { colorScheme: theme, expected: [/status of 401 /] });
    const { page } = tab;
    const check = async (what: string): Promise<void> => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, help, nodes }) => ({
        id,
        help,
        nodes: nodes.map(({ html }) => html),
      }));
      expect.soft(found, `${what}, ${theme}`).toEqual([]);
    };
    // A blank page has no faults either, so each check waits for what the page is about.
    await page.goto('/');
    await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    expect(await page.locator('html').evaluate((root) => root.classList.contains('dark'))).toBe(
      theme === 'dark',
    );
    await page.getByRole('region', { name: 'This is a demo. Sign in as' }).waitFor();
    await check('sign-in');
    await signInAs(tab, 'operator');
    await page.getByRole('main').getByRole('row').nth(2).waitFor();
    await check('runs');
    await page.goto(`/w/ws-default/runs/${partial.id}`);
    await page.getByRole('main').getByText('Partial', { exact: true }).waitFor();
    await page.getByRole('region', { name: 'Item results' }).getByRole('listitem').first().waitFor();
    await check('run detail, items');
    await page.goto(`/w/ws-default/runs/${partial.id}?tab=log`);
    await page.getByRole('main').getByRole('log').waitFor();
    await check('run detail, log');
    await page.goto(`/w/ws-default/start?operation=snapshot_capture&tenant=${system.tenantId('fabrikam')}`);
    await page.getByRole('main').getByText('Blocked', { exact: true }).waitFor();
    await check('start, blocked');
    await page.goto('/w/ws-default/start?operation=backup_set_add_policies&tenant=1');
    await page.getByRole('main').getByText('Accepted', { exact: true }).waitFor();
    await page.getByRole('main').getByRole('checkbox').first().waitFor();
    await check('start, accepted');
    expect(tab.faults).toEqual([]);
    await tab.close();
  },
);
