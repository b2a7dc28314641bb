import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { type ConsoleTab, openTab, signInAs } from '../../src/system/open-console.ts';
import { startSystem, type TestSystem } from '../../src/system/start-system.ts';
import { waitUntil } from '../../src/wait-until.ts';

let system: TestSystem;
let browser: Awaited<ReturnType<typeof launchBrowser>>;
let tab: ConsoleTab;
let page: Page;

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
  tab = await openTab(browser, system.url, { expected: [/status of 401 .*session\.me/, /status of 409 /] });
  page = tab.page;
  await page.goto('/');
  await signInAs(tab, 'operator');
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const main = (): Locator => page.getByRole('main');
const text = (): Locator => page.getByRole('textbox', { name: 'The batch as text' });
const form = (): Locator => page.getByRole('region', { name: 'Form' });
const graph = (): Locator => page.getByRole('group', { name: 'Graph of the operations' });
const dryRun = (): Locator => page.getByRole('region', { name: 'Dry run' });
const dialog = (): Locator => page.getByRole('alertdialog');
const operation = (id: string): Locator => page.locator(`[id="op-${id}"]`);

/** Puts a document in the place of the one in the editor, as pasting does. */
async function write(document: string): Promise<void> {
  await text().click();
  await page.keyboard.press('Control+a');
  await page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', ${JSON.stringify(document)});
    document.activeElement.shadowRoot.activeElement.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }`);
}

const server = (id: string, plan: string, needs = ''): string => `  - id: ${id}
    type: server_batch
    provider: local
    dependencies: [${needs}]
    config:
      server_configs: [{ name: ${id}, plan: ${plan}, zone: local }]
`;

test('form and text are one document, and its example is asked about at every gate', async () => {
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  await main().getByText('No batches yet').waitFor();
  await main().getByRole('link', { name: 'Make the first batch' }).click();
  await text().waitFor();
  // Nothing is wrong with what nobody has written yet.
  expect(await page.getByRole('region', { name: /problem/ }).count()).toBe(0);
  await page.getByRole('button', { name: 'Load the example' }).click();
  await graph().getByRole('button', { name: 'upcloud_servers' }).waitFor();
  await dryRun().getByRole('listitem').filter({ hasText: 'aws_taskservs' }).getByText('Accepted').waitFor();
  await dryRun()
    .getByText(/^Answered /)
    .waitFor();

  await form().getByRole('textbox', { name: 'Name', exact: true }).fill('autumn');
  await text().getByText('name: autumn').waitFor();
  await form()
    .getByRole('button', { name: /^upcloud_servers/ })
    .click();
  await form().getByRole('textbox', { name: 'Id' }).fill('front');
  // What depends on it goes along.
  await text().getByText('- front').waitFor();
  await page.getByRole('button', { name: 'JSON', exact: true }).click();
  await text().getByText('"name": "autumn"').waitFor();
  await page.reload();
  await text().getByText('"name": "autumn"').waitFor();
  expect(tab.faults).toEqual([]);
});

test('a circle and an unknown dependency are told on their lines, on their boxes and in words', async () => {
  await page.getByRole('button', { name: 'YAML', exact: true }).click();
  await write(
    `name: ring\noperations:\n${server('a', 'small', 'c')}${server('b', 'small', 'a')}${server('c', 'small', 'b')}${server('d', 'small', 'nobody')}`,
  );
  const problems = page.getByRole('region', { name: '2 problems' });
  await problems.getByText(/in a circle: "a" → "c" → "b" → "a"\.$/).waitFor();
  await problems.getByText('"d" needs "nobody", which the batch does not have.').waitFor();
  for (const id of ['a', 'b', 'c', 'd']) {
    await graph()
      .getByRole('button', { name: `${id} 1 problem`, exact: true })
      .waitFor();
  }
  expect(
    await text()
      .locator('xpath=ancestor::*[contains(@class,"cm-editor")]')
      .locator('.cm-lint-marker-error')
      .count(),
  ).toBe(2);
  await problems.getByRole('button', { name: 'Line 24' }).click();
  await text().and(page.locator(':focus')).waitFor();
  await form().getByRole('button', { name: 'd Create servers Problem' }).click();
  await form().getByLabel('nobody').click();
  await page.getByRole('region', { name: '1 problem' }).waitFor();
  const start = page.getByRole('button', { name: 'Start the batch' });
  expect(await start.getAttribute('title')).toBe('Correct the problems of the document first.');
});

test('a batch is started once, followed to its failure, and says what that kept from beginning', async () => {
  await write(
    `name: fleet\nparallel_limit: 2\noperations:\n${server('good', 'small')}${server('bad', 'no-such-plan', 'good')}${server('after', 'small', 'bad')}${server('last', 'small', 'after, good')}`,
  );
  await dryRun().getByText('It would be admitted now.').waitFor();
  await dryRun().getByText('the infra fleet is made with it', { exact: false }).waitFor();
  await page.getByRole('list', { name: 'Waves' }).getByText('Wave 4').waitFor();
  await page.getByRole('button', { name: 'Start the batch' }).dblclick();
  await page.getByRole('heading', { level: 1, name: 'fleet' }).waitFor();

  await operation('bad').getByText('Failed', { exact: true }).waitFor();
  await operation('last').getByText('Since bad did not succeed.').waitFor();
  const failures = page.getByRole('region', { name: 'What failed, and what that kept from beginning' });
  await failures.getByText('2 operations never began because of it:').waitFor();
  await main()
    .getByText(/what was done has been undone\.$/)
    .waitFor();
  await operation('good').getByText('Undone', { exact: true }).waitFor();
  await page
    .getByRole('link', { name: /^Run #/ })
    .first()
    .waitFor();
  // The double click made one.
  const operator = await system.signIn('operator');
  expect((await operator.get<{ items: unknown[] }>('/v1/batches')).items).toHaveLength(1);

  await failures.getByRole('button', { name: 'after' }).click();
  expect(await operation('after').getAttribute('aria-current')).toBe('true');
  expect(new URL(page.url()).searchParams.get('op')).toBe('after');
  await graph().getByRole('button', { name: 'good' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await waitUntil('the next box', async () => new URL(page.url()).searchParams.get('op'), {
    until: (chosen) => chosen === 'bad',
  });
  await page.getByRole('button', { name: '2 skipped' }).click();
  await operation('good').waitFor({ state: 'detached' });
});

test('a retry says what it does again, and a cancel says what stops and what stays', async () => {
  await page.getByRole('button', { name: 'Retry from failed…' }).click();
  await dialog().getByText('3 operations begin again').waitFor();
  await dialog().getByText('1 operation is done again, since it was undone').waitFor();
  await system.killWorker();
  await dialog().getByRole('button', { name: 'Start the new batch' }).dblclick();
  await page.getByRole('link', { name: 'An earlier batch' }).waitFor();
  await operation('bad').getByText('Waits for good.').waitFor();
  await page.getByRole('button', { name: 'Cancel…' }).click();
  await dialog().getByText('4 operations will not begin').waitFor();
  await dialog().getByLabel('Reason').fill('the wrong plan');
  await dialog().getByRole('button', { name: 'Cancel the batch' }).click();
  await main().getByText('the wrong plan', { exact: false }).waitFor();
  await page.getByRole('link', { name: 'Batches', exact: true }).last().click();
  const rows = page.getByRole('list', { name: 'Batches' }).getByRole('listitem');
  await rows.filter({ hasText: 'Failed' }).getByText('1/4 done').waitFor();
  expect(await rows.count()).toBe(2);
  await page.getByRole('button', { name: 'Succeeded' }).click();
  await main().getByText('No batch matches').waitFor();
  expect(tab.faults).toEqual([]);
});
