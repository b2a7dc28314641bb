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

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
  // A visitor who is not signed in is told so by a 401 of the question who they are.
  tab = await openTab(browser, system.url, { expected: [/status of 401 .*session\.me/] });
  page = tab.page;
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const refusal = 'The provider refused: it conflicts with what is there or under way.';

const gate = (): Locator => page.getByRole('complementary');
const verdict = (): Locator => page.getByRole('region', { name: 'If you start it now' });
const answer = (): Locator => page.getByRole('region', { name: 'The gate answered' });
const counts = (): Locator => page.getByRole('region', { name: 'Items', exact: true });
const card = (): Locator => page.getByRole('region', { name: 'What is happening, what next' });
const heading = (name: string | RegExp): Locator => page.getByRole('heading', { level: 1, name });
const path = (): string => new URL(page.url()).pathname;

/** The status that heads the page of a run. */
const status = (word: string): Promise<void> =>
  page.getByRole('main').getByText(word, { exact: true }).first().waitFor({ timeout: 60_000 });

/** Opens the start form from the header and chooses what to start, and where. */
async function choose(operation: RegExp, tenant: string): Promise<void> {
  await page.getByRole('banner').getByRole('link', { name: 'Start a run' }).click();
  await heading('Start a run').waitFor();
  await page.getByRole('option', { name: operation }).click();
  await page.getByRole('combobox', { name: 'Tenant' }).selectOption({ label: tenant });
}

/** Starts what the verdict says would be accepted, and opens the run. */
async function start(button: string): Promise<void> {
  await verdict().getByText('Accepted', { exact: true }).waitFor();
  await gate().getByRole('button', { name: button, exact: true }).click();
  await answer().getByText('Accepted', { exact: true }).waitFor();
  await answer()
    .getByRole('link', { name: /^Open run #\d+/ })
    .click();
  await heading(`${button} · Contoso Ltd`).waitFor();
}

/** How many items of the run have a result, as the page says. */
async function itemsDone(): Promise<number> {
  const [, done = '0'] =
    /(\d+) of \d+ items/.exec((await counts().textContent({ timeout: 1_000 })) ?? '') ?? [];
  return Number(done);
}

async function openBackupSet(): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Backup sets', exact: true })
    .click();
  await page.getByRole('main').getByRole('link', { name: 'nightly' }).click();
  await heading(/^nightly/).waitFor();
}

test('an operator goes from sign-in to a finished restore, and the console tells the truth at every step', async () => {
  await page.goto('/');
  await signInAs(tab, 'operator');
  await heading('Overview').waitFor();
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Runs', exact: true })
    .click();
  await heading('Runs').waitFor();
  const check = page.getByRole('row', { name: /Check the connection contoso/ });
  await check.getByText('Succeeded', { exact: true }).waitFor();

  // Before the click, who may not start learns why and what to do.
  await choose(/^Capture policies/, 'Fabrikam Inc (fabrikam)');
  await verdict().getByText('Blocked', { exact: true }).waitFor();
  await verdict().getByText('An administrator of the tenant has not granted consent yet.').waitFor();
  await verdict().getByRole('link', { name: 'Check the connection again' }).waitFor();
  await page.getByRole('combobox', { name: 'Tenant' }).selectOption({ label: 'Contoso Ltd (contoso)' });

  // Slow answers keep the capture at work for as long as the test looks on.
  await system.control.addFault({ match: { tenant: 'contoso' }, times: 1_000_000, delayMs: 500 });
  const loaded = tab.loads();
  await start('Capture policies');
  const capture = path();
  await status('Running');
  const early = await waitUntil('the first results', itemsDone, { timeoutMs: 30_000 });
  await waitUntil('more results', itemsDone, { until: (done) => done > early && done < 240 });

  await choose(/^Capture policies/, 'Contoso Ltd (contoso)');
  await verdict().getByText('Deduped', { exact: true }).waitFor();
  await gate().getByRole('button', { name: 'Capture policies' }).click();
  await answer().getByText('Deduped', { exact: true }).waitFor();
  await answer()
    .getByRole('link', { name: /^Open run #\d+/ })
    .click();
  await heading('Capture policies · Contoso Ltd').waitFor();
  expect(path()).toBe(capture);
  await system.control.clearFaults();
  await status('Succeeded');
  await counts().getByText('240 of 240 items').waitFor();
  await card().getByText('Capture policies: done. Nothing is left to do.').waitFor();
  expect(tab.loads()).toBe(loaded);

  const operator = await system.signIn('operator');
  const { items: chosen } = await operator.get<{ items: { policyId: string; name: string }[] }>(
    `/v1/policies?tenantId=${system.tenantId('contoso')}&kind=deviceConfiguration&limit=5`,
  );
  await openBackupSet();
  await page.getByRole('link', { name: 'Add policies' }).click();
  for (const { name } of chosen) {
    await page.getByRole('checkbox', { name: `${name} Device configuration`, exact: true }).check();
  }
  await start('Add policies to a backup set');
  await status('Succeeded');
  await counts().getByText('5 succeeded').waitFor();

  await openBackupSet();
  for (const { name } of chosen) await counts().getByText(name, { exact: true }).waitFor();
  const places = chosen.map(
    ({ policyId: id }) => ({ tenant: 'contoso', segment: 'deviceConfigurations', id }) as const,
  );
  for (const place of places.slice(1)) {
    await system.control.editPolicy(place, { description: 'Changed by hand' });
  }
  await page.getByRole('link', { name: 'Preview a restore' }).click();
  await start('Preview a restore');
  await status('Succeeded');
  await page.getByRole('link', { name: 'Preview', exact: true }).click();
  await page
    .getByText('A restore of nightly would create 0, update 4 and leave 1 as they are; 0 in conflict.')
    .waitFor();

  for (const { id } of places.slice(-2)) {
    const match = { method: 'PATCH', path: `/deviceConfigurations/${id}`, tenant: 'contoso' };
    await system.control.addFault({ match, times: 1, status: 409 });
  }
  await choose(/^Restore policies/, 'Contoso Ltd (contoso)');
  await start('Restore policies');
  await status('Partial');
  const restore = path();
  await card().getByText('2 of 5 items failed. 2 succeeded and keep their results.').waitFor();
  await counts().getByRole('link', { name: '2 failed' }).click();
  const results = page.getByRole('region', { name: 'Item results' });
  for (const { name } of chosen.slice(-2)) {
    await results.getByRole('listitem').filter({ hasText: name }).getByText(refusal).waitFor();
  }
  await page.getByRole('button', { name: 'Retry 2 failed' }).click();
  await answer().getByText('Accepted', { exact: true }).waitFor();
  await answer()
    .getByRole('link', { name: /^Open run #\d+/ })
    .click();
  await page.waitForURL((url) => url.pathname !== restore);
  await status('Succeeded');
  await counts().getByText('2 of 2 items').waitFor();
  await counts().getByRole('link', { name: '2 succeeded' }).waitFor();

  await page.getByRole('button', { name: 'Account of operator' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  await page.goto(`${restore}?tab=log`);
  await page.waitForURL(/\/sign-in/);
  await signInAs(tab, 'operator');
  await heading('Restore policies · Contoso Ltd').waitFor();
  expect(page.url()).toBe(`${system.url}${restore}?tab=log`);
  await page.getByRole('log', { name: 'Log' }).waitFor();
  expect(tab.faults).toEqual([]);
});
