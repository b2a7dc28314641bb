import { type Database, openDatabase } from '@signalbox/db/client/database';
import type { RestClient } from '@signalbox/demo/rest-client';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { logged, type PlayedRun, playRun } from '../../src/run/played-run.ts';
import { type ConsoleTab, openTab, signInAs, type TabOptions } from '../../src/system/open-console.ts';
import { startSystem, type TestSystem } from '../../src/system/start-system.ts';
import { waitUntil } from '../../src/wait-until.ts';

const ws = 'ws-default';
let system: TestSystem;
let browser: Browser;
let db: Database;
let operator: RestClient;
let playing: PlayedRun | null = null;

beforeAll(async () => {
  system = await startSystem();
  // From here on the tests are the worker.
  await system.killWorker();
  browser = await launchBrowser();
  db = await openDatabase({ url: system.databaseUrl, name: 'test', max: 2 });
  operator = await system.signIn('operator');
});
afterAll(async () => {
  await db?.close();
  await browser?.close();
  await system?.stop();
});
afterEach(async () => {
  await playing?.finish();
  playing = null;
});

/** A run that has begun and does only what the test says. It is ended with the test. */
async function begin(): Promise<{ id: number; play: PlayedRun }> {
  const body = { operation: 'snapshot_capture', tenantId: system.tenantId('contoso') };
  const made = await operator.post<{ run: { id: number } }>('/v1/runs', body);
  const { id } = made.body.run;
  playing = await playRun(db, ws, id);
  return { id, play: playing };
}

async function end(play: PlayedRun, said = {}): Promise<void> {
  await play.finish(said);
  playing = null;
}

async function visit(path: string, options: TabOptions & { username?: string } = {}): Promise<ConsoleTab> {
  const { username = 'operator', ...rest } = options;
  const expected = [/status of 401 .*session\.me/, ...(rest.expected ?? [])];
  const tab = await openTab(browser, system.url, { ...rest, expected });
  onTestFinished(() => tab.close());
  await tab.page.goto(path);
  await signInAs(tab, username);
  await tab.page.getByRole('banner').getByText('Live', { exact: true }).waitFor();
  return tab;
}

const logOf = (page: Page): Locator => page.getByRole('log', { name: 'Log' });
/** The text of a line, without what stands in the gutters. */
const lineIn = (page: Page, number: number): Locator =>
  logOf(page)
    .getByRole('link', { name: `Line ${number}`, exact: true })
    .locator('xpath=..');
const inSight = async (line: Locator): Promise<boolean> => {
  const [box, view] = await Promise.all([line.boundingBox(), line.page().getByRole('log').boundingBox()]);
  return box !== null && view !== null && box.y >= view.y && box.y + box.height <= view.y + view.height;
};
const seen = (line: Locator): Promise<boolean> =>
  waitUntil('the line in sight', () => inSight(line), { until: (yes) => yes });

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `line ${from + at}`);

test('the log follows its end, and lets go of it while its reader scrolls up', async () => {
  const { id, play } = await begin();
  await play.log(...numbered(1, 200));
  const { page, faults } = await visit(`/w/${ws}/runs/${id}?tab=log`);
  await seen(lineIn(page, 200));
  await play.log(...numbered(201, 210));
  await seen(lineIn(page, 210));

  await logOf(page).hover();
  await page.mouse.wheel(0, -1_500);
  await waitUntil('the end out of sight', () => lineIn(page, 210).count(), { until: (count) => count === 0 });
  const first = await logOf(page).getByRole('link').first().textContent();
  await play.log(...numbered(211, 258));
  const pill = page.getByRole('button', { name: '48 new lines' });
  await pill.waitFor();
  expect(await logOf(page).getByRole('link').first().textContent()).toBe(first);

  await pill.click();
  await seen(lineIn(page, 258));
  await pill.waitFor({ state: 'detached' });
  await play.log('line 259');
  await seen(lineIn(page, 259));
  expect(faults).toEqual([]);
});

test('a link to a line leads there in a log of 100,000 lines, and still does after a reload', async () => {
  const { id, play } = await begin();
  for (let from = 1; from < 100_000; from += 20_000) {
    const chunks = Array.from({ length: 80 }, (_, at) =>
      logged(numbered(from + at * 250, from + at * 250 + 249).join('\n')),
    );
    await play.write({ entries: chunks });
  }
  await end(play);
  const { page, faults } = await visit(`/w/${ws}/runs/${id}?tab=log#L51204`);
  for (const look of ['first', 'after a reload']) {
    const line = lineIn(page, 51_204);
    await line.getByText('line 51204', { exact: true }).waitFor();
    expect(await seen(line), look).toBe(true);
    if (look === 'first') await page.reload();
  }
  // Whatever the length of the log, the page holds what is near the eye.
  expect(await logOf(page).getByRole('link').count()).toBeLessThan(150);

  await lineIn(page, 51_206)
    .getByRole('link')
    .click({ modifiers: ['Shift'] });
  await page.waitForURL(/#L51204-L51206$/);
  await lineIn(page, 51_205).getByRole('link').click();
  await page.waitForURL(/#L51205$/);
  await page.getByRole('searchbox', { name: 'Find in the log' }).fill(':7');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#L7$/);
  await lineIn(page, 7).getByText('line 7', { exact: true }).waitFor();
  expect(faults).toEqual([]);
});

test('a search counts its lines, leads from one to the next and back, and can hide the rest', async () => {
  const { id, play } = await begin();
  const texts = numbered(1, 3_000).map((text, at) => (at % 1_000 === 499 ? `${text} NEEDLE <b>` : text));
  await play.write({ entries: texts.map((text) => logged(text)) });
  await play.write({ entries: [logged('needle at the end', 'warning')] });
  const { page, faults } = await visit(`/w/${ws}/runs/${id}?tab=log`);
  const find = page.getByRole('searchbox', { name: 'Find in the log' });
  await find.fill('needle');
  await page.getByText('4 lines', { exact: true }).waitFor();
  await find.press('Enter');
  await page.getByText('1 of 4', { exact: true }).waitFor();
  await seen(lineIn(page, 500));
  expect(await lineIn(page, 500).locator('mark').textContent()).toBe('NEEDLE');
  await logOf(page).focus();
  await page.keyboard.press('n');
  await seen(lineIn(page, 1_500));
  await page.keyboard.press('Shift+N');
  await page.keyboard.press('Shift+N');
  await page.getByText('4 of 4', { exact: true }).waitFor();
  await seen(lineIn(page, 3_001));

  // What is written meanwhile is found too.
  await play.log('one more needle');
  await page.getByText('4 of 5', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Only matching lines' }).click();
  await page.waitForURL(/only=matches/);
  await waitUntil('only the matches', () => logOf(page).getByRole('link').allTextContents(), {
    until: (numbers) => numbers.join() === '500,1500,2500,3001,3002',
  });
  await page.getByRole('combobox', { name: 'Least level' }).selectOption('warning');
  await waitUntil('the warning alone', () => logOf(page).getByRole('link').allTextContents(), {
    until: (numbers) => numbers.join() === '3001',
  });
  await page.reload();
  await lineIn(page, 3_001).waitFor();
  expect(await logOf(page).getByRole('link').count()).toBe(1);
  expect(faults).toEqual([]);
});

test('a hostile log is text: it runs nothing, draws nothing and hides nothing', async () => {
  const { id, play } = await begin();
  await play.log(
    '<img src=x onerror="document.title=1">',
    '\u001b[31mred\u001b[0m and \u001b[8mhidden\u001b[0m',
    '\u001b]8;;javascript:alert(1)\u001b\\link\u001b]8;;\u001b\\',
    'user\u202etxt.exe',
    'password=[redacted]',
  );
  await end(play);
  const { page, faults } = await visit(`/w/${ws}/runs/${id}?tab=log`);
  await lineIn(page, 1).getByText('<img src=x onerror="document.title=1">', { exact: true }).waitFor();
  expect(await logOf(page).locator('img, script, iframe').count()).toBe(0);
  expect(await lineIn(page, 2).getByText('red', { exact: true }).getAttribute('class')).toBe('text-stop');
  expect(await lineIn(page, 2).textContent()).toContain('red and hidden');
  expect(await lineIn(page, 3).getByRole('link').count()).toBe(1);
  expect(await lineIn(page, 3).textContent()).toContain('link');
  expect(await lineIn(page, 4).textContent()).toContain('user⟨U+202E⟩txt.exe');
  await lineIn(page, 5).getByText('[redacted]', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Open as plain text' }).click();
  const plain = page.getByRole('region', { name: 'Log as plain text' });
  await plain.getByText('2 red and hidden').waitFor();
  expect(await page.title()).toContain(`Run #${id}`);
  expect(faults).toEqual([]);
});

const selectedText = `(() => {
  const all = getSelection();
  all.selectAllChildren(document.querySelector('[role=log]'));
  return all.toString();
})()`;

test('what is copied from a log is its text, without numbers, times and levels', async () => {
  const { id, play } = await begin();
  await play.write({ entries: [logged('first'), logged('second', 'error'), logged('third')] });
  await end(play);
  const { page } = await visit(`/w/${ws}/runs/${id}?tab=log`);
  await lineIn(page, 3).waitFor();
  const selected = await page.evaluate<string>(selectedText);
  expect(selected.split('\n').filter((line: string) => line !== '')).toEqual(['first', 'second', 'third']);
});

test('the audit of a run is told to those who may read it; others learn what they lack', async () => {
  const { id, play } = await begin();
  await end(play);
  const manager = await visit(`/w/${ws}/runs/${id}?tab=audit`, { username: 'manager' });
  const entries = manager.page.getByRole('list', { name: 'Audit entries' }).getByRole('listitem');
  await entries.nth(1).waitFor();
  expect(await entries.first().textContent()).toMatch(/operator.*created the run/s);
  expect(await entries.last().textContent()).toMatch(/played.*ended the run/s);
  await entries
    .first()
    .getByRole('button', { name: /copy request id/ })
    .waitFor();

  const viewer = await visit(`/w/${ws}/runs/${id}?tab=audit`, { username: 'viewer' });
  await viewer.page.getByRole('heading', { name: 'You may not read the audit log' }).waitFor();
  await viewer.page.getByText('audit.read', { exact: true }).waitFor();
  expect([manager.faults, viewer.faults]).toEqual([[], []]);
});

const around = (page: Page): Locator => page.getByRole('navigation', { name: 'Runs of the list' });

test('next and previous walk the list one came from, over its pages, after a reload too', async () => {
  const ids: number[] = [];
  for (let made = 0; made < 5; made += 1) {
    const { id, play } = await begin();
    await end(play);
    ids.unshift(id);
  }
  const search = '?operation=snapshot_capture&limit=25';
  const { page, faults } = await visit(`/w/${ws}/runs${search}`);
  const heading = (id: number) => page.waitForURL(new RegExp(`/runs/${id}(\\?|$)`));
  await page.getByRole('main').getByRole('link', { name: 'Capture policies' }).first().click();
  await heading(ids[0] ?? 0);
  const total = (await operator.get<{ items: unknown[] }>(`/v1/runs${search}`)).items.length;
  await around(page).getByText(`1 of ${total}`, { exact: true }).waitFor();
  await page.keyboard.press('j');
  await heading(ids[1] ?? 0);
  await around(page).getByText(`2 of ${total}`, { exact: true }).waitFor();
  await page.reload();
  await around(page).getByText(`2 of ${total}`, { exact: true }).waitFor();
  await around(page).getByRole('button', { name: 'Next' }).click();
  await heading(ids[2] ?? 0);
  await around(page).getByText(`3 of ${total}`, { exact: true }).waitFor();
  await page.keyboard.press('k');
  await heading(ids[1] ?? 0);
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => url.pathname === `/w/${ws}/runs` && url.search === search);
  expect(faults).toEqual([]);
});

test('the end of a page leads to the next one, and the way back is then that page', async () => {
  const { page, faults } = await visit(`/w/${ws}/runs?operation=snapshot_capture`);
  const answer = await operator.get<{ items: { id: number }[] }>(
    '/v1/runs?operation=snapshot_capture&limit=3',
  );
  const [first, second, third] = answer.items.map(({ id }) => id);
  await page.getByRole('main').getByRole('link', { name: 'Capture policies' }).first().waitFor();
  const short = await operator.get<{ nextCursor: string }>('/v1/runs?operation=snapshot_capture&limit=2');
  // As a list with two rows to a page would have left it.
  await page.evaluate(
    (kept) => sessionStorage.setItem('signalbox.runs-list', kept),
    JSON.stringify({
      ws,
      search: '?operation=snapshot_capture',
      ids: [first, second],
      nextCursor: short.nextCursor,
      previousCursor: null,
    }),
  );
  await page.goto(`/w/${ws}/runs/${second}?tab=data`);
  await around(page).getByText('2 of 2', { exact: true }).waitFor();
  await page.keyboard.press('j');
  await page.waitForURL(new RegExp(`/runs/${third}\\?tab=data`));
  await around(page)
    .getByText(/^1 of \d+$/)
    .waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL(({ search }) => search.includes('cursor='));
  await page.getByRole('main').getByText(`#${third}`).first().waitFor();
  expect(faults).toEqual([]);
});

test('raw is what the API answers, and copies as a call of it', async () => {
  const { id, play } = await begin();
  await end(play);
  const { page, faults } = await visit(`/w/${ws}/runs/${id}?tab=raw`);
  const raw = page.getByRole('region', { name: 'The run as JSON' });
  await raw.getByText(`"id": ${id}`).waitFor();
  const shown = JSON.parse((await raw.textContent()) ?? '') as { uid: string };
  expect(shown.uid).toBe((await operator.get<{ uid: string }>(`/v1/runs/${id}`)).uid);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const details = page.getByRole('region', { name: 'Details' });
  await details.getByRole('button', { name: 'Copy as' }).click();
  // The word stands for a moment only, so it is awaited from before the click.
  const said = details.getByRole('button', { name: 'Copied' }).waitFor();
  await Promise.all([page.getByRole('menuitem', { name: 'curl' }).click(), said]);
  const curl = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(curl).toContain(`curl -sS '${system.url}/v1/runs/${id}'`);
  expect(curl).toContain('Bearer $SIGNALBOX_TOKEN');
  expect(faults).toEqual([]);
});
