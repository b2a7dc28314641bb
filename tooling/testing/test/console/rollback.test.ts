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

const expected = [/status of 401 .*session\.me/, /status of 404 .*rollback\.preview/];

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
  tab = await openTab(browser, system.url, { expected });
  page = tab.page;
  await page.goto('/');
  await signInAs(tab, 'operator');
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const main = (): Locator => page.getByRole('main');
const steps = (): Locator => page.getByRole('list', { name: 'Steps' }).getByRole('listitem');
const rows = (): Locator => page.getByRole('list', { name: 'Checkpoints' }).getByRole('listitem');
const form = (): Locator => page.getByRole('form', { name: 'Roll back' });
const undo = (): Locator => form().getByRole('button', { name: /^Undo / });

/** Makes servers by a batch of one operation, and answers its name for a rollback. */
async function makeServers(...names: string[]): Promise<string> {
  const operator = await system.signIn('operator');
  const [id = ''] = names;
  const config = { server_configs: names.map((name) => ({ name, plan: 'small', zone: 'local' })) };
  const operations = [{ id, type: 'server_batch', provider: 'local', dependencies: [], config }];
  const { body } = await operator.post<{ id: string }>('/v1/batches', { name: 'fleet', operations });
  const read = (): Promise<{ status: string }> => operator.get(`/v1/batches/${body.id}`);
  await waitUntil('the servers', read, { until: ({ status }) => status === 'completed', timeoutMs: 20_000 });
  return `${body.id}/${id}`;
}

async function standing(): Promise<string[]> {
  const operator = await system.signIn('operator');
  const checkpoint = (await operator.post<{ id: string }>('/v1/checkpoints', { name: 'look' })).body.id;
  const { content } = await operator.get<{ content: { infras: { resources: { name: string }[] }[] } }>(
    `/v1/checkpoints/${checkpoint}`,
  );
  return content.infras.flatMap(({ resources }) => resources.map(({ name }) => name));
}

test('a checkpoint is made by hand, and what was made since is told when two are compared', async () => {
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await main().getByText('No checkpoints yet').waitFor();
  await main().getByRole('button', { name: 'Make the first checkpoint' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByLabel('Name').fill('before');
  await dialog.getByRole('button', { name: 'Make the checkpoint' }).dblclick();
  await page.getByRole('heading', { level: 1, name: 'before' }).waitFor();
  await page.getByRole('region', { name: 'What it is' }).getByText('Nothing has changed since.').waitFor();

  await makeServers('web-01', 'web-02');
  await (await system.signIn('operator')).post('/v1/checkpoints', { name: 'after' });
  await page.getByRole('link', { name: 'Checkpoints' }).last().click();
  await rows().filter({ hasText: 'after' }).getByText('Nothing has changed since').waitFor();
  await rows().filter({ hasText: 'before' }).getByText('2 changes').waitFor();
  // The double click made one.
  expect(await rows().count()).toBe(2);
  await page.getByRole('checkbox', { name: 'Compare after' }).check();
  await main().getByText('Tick another one').waitFor();
  await page.getByRole('checkbox', { name: 'Compare before' }).check();
  await page
    .getByRole('region', { name: 'What differs' })
    .getByText('2 added, 0 removed, 0 changed.')
    .waitFor();
  await page.reload();
  await page.getByRole('list', { name: 'What differs' }).getByText('web-02').waitFor();
});

test('going back says every step before the button, and runs as a run that tells what it executed', async () => {
  await rows().getByRole('link', { name: 'before' }).click();
  await page.getByRole('link', { name: 'Roll back to this…' }).click();
  await page.getByRole('region', { name: 'If you roll back now' }).getByText('Accepted').waitFor();
  await steps().nth(1).waitFor();
  const told = await steps().allInnerTexts();
  expect(new Set(told.map((text) => /Remove server \S+/.exec(text)?.[0]))).toEqual(
    new Set(['Remove server web-01', 'Remove server web-02']),
  );
  // The newest first, whichever of the two was made last.
  expect(told.map((text) => /change (\d+)/.exec(text)?.[1])).toEqual(['2', '1']);
  await steps().first().getByText('Everything on the disks of the server goes with it.').waitFor();
  expect(await undo().getAttribute('title')).toBe('Say why first.');
  await form().getByLabel('Reason').fill('a drill');
  await form().getByLabel(/^Type/).fill('after');
  expect(await undo().getAttribute('title')).toBe('Type “before” first.');
  await form().getByLabel(/^Type/).fill('before');
  await undo().dblclick();
  await page.getByRole('heading', { level: 1, name: /Roll back/ }).waitFor();
  await page.getByRole('link', { name: '2 executed' }).waitFor();
  await page.getByRole('link', { name: 'See the results' }).click();
  await page
    .getByRole('region', { name: 'Item results' })
    .getByText('Remove server web-01 (fleet)')
    .waitFor();
  expect(await page.getByRole('link', { name: /Replay|Run it again/ }).count()).toBe(0);
  expect(await standing()).toEqual([]);
  const { items } = await (await system.signIn('operator')).get<{ items: unknown[] }>(
    '/v1/runs?operation=provisioning_rollback',
  );
  expect(items).toHaveLength(1);
});

test('operations come by the address, an unknown one can be left out, and what cannot be undone is told before', async () => {
  const operation = await makeServers('db-01');
  await page.goto(`/w/ws-default/rollback?operations=${encodeURIComponent(`${operation},nothing`)}`);
  await main().getByText('One of these operations is not known here').waitFor();
  await page.getByRole('button', { name: 'Leave out nothing' }).click();
  await steps().getByText('Remove server db-01').waitFor();
  expect(await page.getByRole('link', { name: 'Chosen operations' }).getAttribute('aria-current')).toBe(
    'page',
  );
  expect(
    await page.getByRole('link', { name: 'Back to a checkpoint' }).getAttribute('aria-current'),
  ).toBeNull();

  const manager = await system.signIn('manager');
  const { items } = await manager.get<{ items: { id: number; provider: string }[] }>('/v1/connections');
  const local = items.find(({ provider }) => provider === 'local');
  await manager.post(`/v1/connections/${local?.id}/disable`, { reason: 'a drill' });
  await page.reload();
  await steps().getByText('Cannot be undone.').waitFor();
  expect(await undo().getAttribute('title')).toBe('Nothing of it can be undone.');
  await form().getByText('1 of 1 change cannot be undone').waitFor();
  await manager.post(`/v1/connections/${local?.id}/enable`, {});
  expect(tab.faults).toEqual([]);
});

test('a viewer sees the pages with what is missing named, and nothing to press', async () => {
  const theirs = await openTab(browser, system.url, { expected });
  await theirs.page.goto('/');
  await signInAs(theirs, 'viewer');
  await theirs.page.goto('/w/ws-default/checkpoints?open=new');
  const make = theirs.page.getByRole('button', { name: 'New checkpoint' });
  await make.waitFor();
  expect(await make.getAttribute('title')).toContain('checkpoint.create');
  expect(await theirs.page.getByRole('alertdialog').count()).toBe(0);
  await theirs.page.getByRole('link', { name: 'before' }).click();
  const back = theirs.page.getByRole('button', { name: 'Roll back to this…' });
  await back.waitFor();
  expect(await back.getAttribute('title')).toContain('rollback.execute');
  await theirs.page.goto('/w/ws-default/rollback');
  await theirs.page.getByRole('main').getByText('rollback.execute').waitFor();
  expect(theirs.faults).toEqual([]);
});

test('a rollback that the gate refuses says in its place who holds what it needs', async () => {
  await page.goto('/w/ws-default/rollback?by=operations');
  await page
    .getByRole('checkbox', { name: /Create servers/ })
    .first()
    .check();
  await page.getByRole('region', { name: 'If you roll back now' }).getByText('Accepted').waitFor();
  await form().getByLabel('Reason').fill('too late');
  await form().getByLabel(/^Type/).fill('1');
  await system.killWorker();
  const server = { name: 'db-02', plan: 'small', zone: 'local' };
  const operation = { id: 'db-02', type: 'server_batch', provider: 'local', dependencies: [] };
  await (await system.signIn('manager')).post('/v1/batches', {
    name: 'fleet',
    operations: [{ ...operation, config: { server_configs: [server] } }],
  });
  await undo().click();
  const answer = page.getByRole('region', { name: 'The gate answered' });
  await answer.getByText('Scope busy').waitFor();
  await answer
    .getByRole('link', { name: /batch|Run #/ })
    .first()
    .waitFor();
  expect(await form().getByLabel('Reason').inputValue()).toBe('too late');
});
