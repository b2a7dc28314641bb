import type { RestClient } from '@signalbox/demo/rest-client';
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
import { startSystem, type TestSystem } from '../../src/system/start-system.ts';
import { waitUntil } from '../../src/wait-until.ts';

let system: TestSystem;
let browser: Browser;
let operator: RestClient;
let contoso: number;
let fabrikam: number;

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
  operator = await system.signIn('operator');
  contoso = system.tenantId('contoso');
  fabrikam = system.tenantId('fabrikam');
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

test('each of the four verdicts stands there before the click, with its reason, its run and what to do', async () => {
  const { page, tab, verdict, open, foretold } = await start();
  await open(capture());
  await foretold('Accepted');
  await verdict.getByText('Capture policies may start now.').waitFor();
  await verdict.getByText(/^Answered/).waitFor();

  const active = await holdScope(system, operator, 'snapshot_capture');
  // Nobody asked again: the page learned of the run by itself.
  await foretold('Deduped');
  await verdict
    .getByText(`Capture policies is already active as run ${active}; no second run would be made.`)
    .waitFor();
  await verdict.getByText(/Started by operator/).waitFor();
  const advice = await verdict.getByRole('link', { name: 'Open the active run' }).getAttribute('href');
  expect(advice).toBe(`/w/ws-default/runs/${active}`);

  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('option', { name: /^Add policies to a backup set/ }).click();
  await foretold('Scope busy');
  await verdict.getByText(`Run #${active} (Capture policies) holds the protected scope.`).waitFor();
  await verdict.getByText(/^Since \d\d:\d\d:\d\d, for \d/).waitFor();
  await verdict.getByRole('link', { name: `Run #${active}`, exact: true }).waitFor();
  await verdict.getByRole('link', { name: 'Open the run that holds the scope' }).waitFor();

  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('option', { name: /^Capture policies/ }).click();
  await page.getByRole('combobox', { name: 'Tenant' }).selectOption({ label: 'Fabrikam Inc (fabrikam)' });
  await foretold('Blocked');
  await verdict.getByText('Consent missing', { exact: true }).waitFor();
  await verdict.getByText('An administrator of the tenant has not granted consent yet.').waitFor();
  await verdict.getByRole('link', { name: 'Check the connection again' }).click();
  await page.getByRole('heading', { level: 1, name: /Fabrikam/ }).waitFor();
  expect(await listRuns(operator, '&status=queued,running')).toHaveLength(1);
  expect(tab.faults).toEqual([]);
});

test('an answer that differs from the preview says exactly what changed, and the form stays', async () => {
  const { page, answer, open, foretold, submit } = await start();
  await open(capture(inputSearch({ kinds: ['deviceConfiguration'] })));
  await foretold('Accepted');
  // Held still, the page cannot learn of the other run before the click.
  await page.getByRole('button', { name: 'Pause live updates' }).click();
  const before = (await listRuns(operator)).length;
  const other = await holdScope(system, operator, 'backup_set_add_policies');
  await submit('Capture policies');
  await answer.getByText('Scope busy', { exact: true }).waitFor();
  const said = await answer.getByText(/^The preview said/).textContent();
  expect(said).toMatch(
    new RegExp(
      `^The preview said Accepted at \\d\\d:\\d\\d:\\d\\d; since then run #${other} \\(Add policies to a backup set\\) took the scope\\.$`,
    ),
  );
  expect(await listRuns(operator)).toHaveLength(before + 1);
  await page.getByRole('button', { name: 'Back to the form' }).click();
  await foretold('Scope busy');
  expect(await page.getByRole('checkbox', { name: 'Device configuration', exact: true }).isChecked()).toBe(
    true,
  );
});

test('an answer that comes late to a form that has changed is not shown', async () => {
  const { page, verdict, open, foretold } = await start();
  const late = Promise.withResolvers<void>();
  let slow = 0;
  await page.route('**/trpc/run.whatIf', async (route) => {
    if (route.request().postDataJSON().tenantId !== fabrikam) return route.continue();
    slow += 1;
    const response = await route.fetch();
    await late.promise;
    // The page may have given up on it.
    await route.fulfill({ response }).catch(() => {});
  });
  await open(`?operation=snapshot_capture&tenant=${fabrikam}`);
  await waitUntil('the slow question', () => slow, { until: (asked) => asked > 0 });
  await page.getByRole('combobox', { name: 'Tenant' }).selectOption({ label: 'Contoso Ltd (contoso)' });
  await foretold('Accepted');
  late.resolve();
  await page.getByRole('button', { name: 'Ask again' }).click();
  await verdict.getByText(/^Answered/).waitFor();
  await foretold('Accepted');
  expect(await verdict.getByText('Blocked', { exact: true }).count()).toBe(0);
});

test('a double click is one run', async () => {
  const { page, gate, answer, open, foretold } = await start();
  const keys: (string | undefined)[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/trpc/run.start')) keys.push(request.headers()['idempotency-key']);
  });
  await open(capture(inputSearch({ kinds: ['configurationPolicy'] })));
  await foretold('Accepted');
  const before = (await listRuns(operator)).length;
  // Two clicks in one task, before anything could be drawn anew.
  await gate.getByRole('button', { name: 'Capture policies' }).evaluate((button: { click(): void }) => {
    button.click();
    button.click();
  });
  await answer.getByText('Accepted', { exact: true }).waitFor();
  await page.keyboard.press('Control+Enter');
  expect(await listRuns(operator)).toHaveLength(before + 1);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
});

test('a start whose answer was lost on the way is, sent again, the same run', async () => {
  const { page, gate, answer, open, foretold, submit } = await start({ expected: [/ERR_CONNECTION_RESET/] });
  const keys: (string | undefined)[] = [];
  await page.route('**/trpc/run.start', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > 1) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  await open(capture(inputSearch({ kinds: ['deviceCompliancePolicy'] })));
  await foretold('Accepted');
  const before = await listRuns(operator);
  await submit('Capture policies');
  await gate.getByText('No answer came').waitFor();
  const [made, ...older] = await listRuns(operator);
  expect(older).toEqual(before.map((run) => expect.objectContaining({ id: run.id })));
  await gate.getByRole('button', { name: 'Try again' }).click();
  await answer.getByText('Accepted', { exact: true }).waitFor();
  await answer.getByRole('link', { name: `Open run #${made?.id}` }).waitFor();
  expect(await listRuns(operator)).toHaveLength(before.length + 1);
  expect(keys).toEqual([keys[0], keys[0]]);
});

test('what one may not start is listed with the capability it needs, and cannot be chosen', async () => {
  const { page, gate, open, tab } = await start({ username: 'viewer' });
  await open('');
  const option = page.getByRole('option', { name: /^Restore policies/, disabled: true });
  await option.getByText('run.start.restore_execute').waitFor();
  await page.getByRole('combobox', { name: 'Operation' }).fill('restore policies');
  await page.keyboard.press('Enter');
  await option.click({ force: true });
  expect(new URL(page.url()).searchParams.get('operation')).toBeNull();
  await open(`?operation=restore_execute&tenant=${contoso}`);
  await gate.getByText('You lack the capability run.start.restore_execute.').waitFor();
  expect(tab.faults).toEqual([]);
});

test('who prefers it is taken to the run, and a phone needs no sideways scroll', async () => {
  const { page, gate, open, foretold, submit, answer } = await start();
  await page.setViewportSize({ width: 320, height: 700 });
  await open(`?operation=provider.connection.check&tenant=${contoso}`);
  await foretold('Accepted');
  await gate.getByRole('checkbox', { name: 'Open the run once it is accepted' }).check();
  await submit('Check the connection');
  await page.waitForURL(/\/runs\/\d+$/);
  // A refusal is never run past: it stays on the page with what to do.
  await open(`?operation=snapshot_capture&tenant=${fabrikam}${inputSearch({ kinds: ['nope'.repeat(30)] })}`);
  await gate.getByText('Invalid input').waitFor();
  const wide = 'document.querySelector("main").scrollWidth > innerWidth';
  expect(await page.evaluate(wide)).toBe(false);
  await open(`?operation=snapshot_capture&tenant=${fabrikam}`);
  await foretold('Blocked');
  expect(await page.evaluate(wide)).toBe(false);
  await submit('Capture policies');
  await answer.getByRole('link', { name: 'Check the connection again' }).waitFor();
  expect(await page.evaluate(wide)).toBe(false);
});

test('the button can be copied as a call of the API', async () => {
  const { page, gate, open, foretold } = await start();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(capture(inputSearch({ kinds: ['deviceConfiguration'] })));
  await foretold('Accepted');
  await gate.getByRole('button', { name: 'Copy as' }).click();
  // The word stands for a moment only, so it is awaited from before the click.
  const said = gate.getByText('Copied').waitFor();
  await Promise.all([page.getByRole('menuitem', { name: 'curl' }).click(), said]);
  const text = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(text).toContain(`'${system.url}/v1/runs'`);
  expect(text).toContain(`"input":{"kinds":["deviceConfiguration"]}`);
});

test('a page that is left alone asks on, and says that nobody is there', async () => {
  const { page, verdict, open, foretold } = await start();
  await page.clock.install();
  await open(capture());
  await foretold('Accepted');
  const asks = (unattended: boolean) =>
    page.waitForRequest(
      (request) =>
        request.url().endsWith('/trpc/run.whatIf') &&
        (request.headers()['x-signalbox-unattended'] === '1') === unattended,
    );
  const alone = asks(true);
  await page.clock.runFor('03:00');
  await alone;
  const attended = asks(false);
  await verdict.getByRole('button', { name: 'Ask again' }).click();
  await attended;
});
