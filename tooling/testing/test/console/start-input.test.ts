import { type RestClient, runToEnd } from '@signalbox/demo/rest-client';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import {
  freeScopes,
  holdScope,
  inputSearch,
  listRuns,
  openStart,
  type StartPage,
} from '../../src/console/start-page.ts';
import { signInAs } from '../../src/system/open-console.ts';
import { startSystem, type TestSystem } from '../../src/system/start-system.ts';
import { waitUntil } from '../../src/wait-until.ts';

let system: TestSystem;
let browser: Browser;
let operator: RestClient;
let contoso: number;

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
  operator = await system.signIn('operator');
  contoso = system.tenantId('contoso');
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});
beforeEach(() => freeScopes(system, operator));

async function start(options: Parameters<typeof openStart>[2] = {}): Promise<StartPage> {
  const opened = await openStart(browser, system, options);
  onTestFinished(() => opened.tab.close());
  return opened;
}

const capture = (rest = ''): string => `?operation=snapshot_capture&tenant=${contoso}${rest}`;

test('a lost network, a reload and a session that ended leave what was typed', async () => {
  const { page, tab, gate, open, foretold, submit } = await start({
    expected: [/ERR_INTERNET_DISCONNECTED/],
  });
  await open(capture());
  await foretold('Accepted');
  const kind = page.getByRole('checkbox', { name: 'Device compliance policy' });
  await kind.check();
  await page.context().setOffline(true);
  await submit('Capture policies');
  await gate.getByText('No answer came').waitFor();
  expect(await kind.isChecked()).toBe(true);
  await page.context().setOffline(false);
  await page.reload();
  await foretold('Accepted');
  expect(await kind.isChecked()).toBe(true);

  // Half-written text is kept too, as it is; and a session may end at the worst moment.
  await page.getByRole('tab', { name: 'JSON' }).click();
  const text = '{\n  "kinds": ["deviceConfiguration"]\n}';
  await page.getByRole('textbox', { name: 'Input as JSON' }).fill(text);
  await page.context().clearCookies();
  await submit('Capture policies');
  await page.waitForURL(/\/sign-in/);
  await signInAs(tab, 'operator');
  expect(await page.getByRole('textbox', { name: 'Input as JSON' }).inputValue()).toBe(text);
  await foretold('Accepted');
});

test('an input too long for a link is kept through a sign-in and a reload', async () => {
  const { page, tab, open, foretold, submit } = await start();
  await open(capture('&view=json'));
  const policyIds = Array.from(
    { length: 80 },
    (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
  );
  const text = JSON.stringify({ policyIds }, null, 1);
  const editor = page.getByRole('textbox', { name: 'Input as JSON' });
  await editor.fill(text);
  await page.waitForURL(/[?&]draft=/);
  expect(page.url().length).toBeLessThan(500);
  await page.reload();
  await foretold('Accepted');
  expect(await editor.inputValue()).toBe(text);
  await page.context().clearCookies();
  await submit('Capture policies');
  await page.waitForURL(/\/sign-in/);
  await signInAs(tab, 'operator');
  await foretold('Accepted');
  expect(await editor.inputValue()).toBe(text);
});

test('JSON and form are two views of one input; what is wrong is told where it is, and no digit is lost', async () => {
  const { page, gate, open, foretold } = await start();
  await open(`?operation=restore_preview&tenant=${contoso}&view=json`);
  const editor = page.getByRole('textbox', { name: 'Input as JSON' });
  const form = page.getByRole('tab', { name: 'Form' });
  await editor.fill('{\n  "backupSetId": 1,\n  "itemIds": [1 2]\n}');
  const faults = page.getByRole('list', { name: 'Faults in the JSON' });
  await faults.getByText('a comma or ] is expected').waitFor();
  await faults.getByRole('button', { name: 'Line 3' }).click();
  const at = await editor.evaluate((area: { selectionStart: number }) => area.selectionStart);
  expect(at).toBe('{\n  "backupSetId": 1,\n  "itemIds": [1 '.length);
  await form.click({ force: true });
  expect(await editor.inputValue()).toContain('[1 2]');
  expect(await gate.getByRole('button', { name: 'Preview a restore' }).getAttribute('aria-disabled')).toBe(
    'true',
  );

  // The server judges the very number that was typed, and the fault stands at its line and at its field.
  await editor.fill('{\n  "backupSetId": 9007199254740993,\n  "odd": true\n}');
  await faults
    .getByRole('listitem')
    .filter({ hasText: '/backupSetId' })
    .getByText('Line 2')
    .first()
    .waitFor();
  await faults.getByRole('listitem').filter({ hasText: '/odd' }).getByText('Line 3').waitFor();
  await form.click();
  const set = page.getByLabel('Backup set');
  await page.getByText('Has no field here.').waitFor();
  expect(await set.inputValue()).toBe('9007199254740993');
  await waitUntil('the field is marked', () => set.getAttribute('aria-invalid'), {
    until: (mark) => mark === 'true',
  });
  await page.getByRole('tab', { name: 'JSON' }).click();
  expect(await editor.inputValue()).toContain('9007199254740993');

  await editor.fill('{}');
  await form.click();
  await foretold('Blocked');
  await page.getByRole('combobox', { name: 'Backup set' }).selectOption({ index: 1 });
  await page.getByRole('tab', { name: 'JSON' }).click();
  expect(JSON.parse(await editor.inputValue())).toEqual({ backupSetId: expect.any(Number) });
});

test('the values of the last run come back on demand', async () => {
  const last = { kinds: ['configurationPolicy', 'deviceCompliancePolicy'] };
  const { id } = await runToEnd(operator, { operation: 'snapshot_capture', tenantId: contoso, input: last });
  const { page, open, foretold } = await start();
  await open(capture(inputSearch({ kinds: ['deviceConfiguration'] })));
  await foretold('Accepted');
  await page.getByText(`of your run #${id},`).waitFor();
  await page.getByRole('button', { name: 'Use last values' }).click();
  await page.getByRole('checkbox', { name: 'Configuration policy', exact: true, checked: true }).waitFor();
  expect(await page.getByRole('checkbox', { name: 'Device configuration', exact: true }).isChecked()).toBe(
    false,
  );
  await page.getByRole('tab', { name: 'JSON' }).click();
  expect(JSON.parse(await page.getByRole('textbox', { name: 'Input as JSON' }).inputValue())).toEqual(last);
});

test('a replay begins with the inputs of the run, shows what was changed, warns, and is linked to it', async () => {
  const kinds = { kinds: ['deviceConfiguration'] };
  await runToEnd(operator, { operation: 'snapshot_capture', tenantId: contoso, input: kinds });
  const { items } = await operator.get<{ items: { policyId: string }[] }>(
    `/v1/policies?tenantId=${contoso}&limit=2`,
  );
  const policyIds = items.map(({ policyId }) => policyId);
  await runToEnd(operator, { operation: 'backup_set_add_policies', tenantId: contoso, input: { policyIds } });
  const preview = await runToEnd(operator, { operation: 'restore_preview', tenantId: contoso });
  const restore = { operation: 'restore_execute', tenantId: contoso, input: { previewRunId: preview.id } };
  const { id } = await runToEnd(operator, restore);
  const { page, answer, open, foretold, submit } = await start({ expected: [/status of 404 /] });
  await open(`?replay=${id}`);
  await page.getByRole('heading', { level: 1, name: `Replay run #${id}` }).waitFor();
  await page.getByText('A replay repeats what the run did').waitFor();
  await page.getByText(`None: the input is that of run #${id}.`).waitFor();
  await foretold('Accepted');
  await page.getByRole('tab', { name: 'JSON' }).click();
  await page
    .getByRole('textbox', { name: 'Input as JSON' })
    .fill(JSON.stringify({ previewRunId: preview.id, groupMapping: { a: 'b' } }));
  await page.getByRole('row', { name: 'Group mapping not said {"a":"b"}' }).waitFor();
  await foretold('Accepted');
  await submit('Replay');
  await answer.getByText('Accepted', { exact: true }).waitFor();
  const [made] = await listRuns(operator, `&parentId=${id}`);
  expect(made).toMatchObject({ operation: 'restore_execute', parentRunId: id });
  const { input: sent } = await operator.get<{ input: unknown }>(`/v1/runs/${made?.id}`);
  expect(sent).toEqual({ previewRunId: preview.id, groupMapping: { a: 'b' } });
  await freeScopes(system, operator);

  const active = await holdScope(system, operator, 'snapshot_capture');
  await open(`?replay=${active}`);
  await page.getByText('The run has not ended yet.').waitFor();
  await page.getByRole('link', { name: `Open run #${active}` }).waitFor();
  await open('?replay=999999');
  await page.getByRole('heading', { name: 'Not found' }).waitFor();
});

test('a run is started and opened with the keyboard alone', async () => {
  const { page, answer, tab } = await start();
  await page.goto('/w/ws-default/runs');
  await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
  await page.keyboard.press('c');
  const search = page.getByRole('combobox', { name: 'Operation' });
  await search.waitFor();
  await page.locator('input:focus').and(search).waitFor();
  await page.keyboard.type('check conn');
  await page.getByRole('option', { name: /^Check the connection/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Tenant' }).waitFor();
  await page.keyboard.type('Tailspin');
  await page
    .getByRole('region', { name: 'If you start it now' })
    .getByText('Accepted', { exact: true })
    .waitFor();
  await page.keyboard.press('Control+Enter');
  await answer.getByText('Accepted', { exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /^Check the connection · Tailspin/ }).waitFor();

  // Escape leaves a field first and then the page; what was typed is there when one comes forward again.
  await page.keyboard.press('c');
  await search.waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { level: 1, name: /^Check the connection · Tailspin/ }).waitFor();
  expect(tab.faults).toEqual([]);
});
