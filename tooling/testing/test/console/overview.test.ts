import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from '../../src/console/stage.ts';
import { waitUntil } from '../../src/wait-until.ts';

let stage: Stage;

const start = async (operation: string, tenantId: number) =>
  (await stage.system.signIn('operator')).post<{ run?: { id: number } }>('/v1/runs', { operation, tenantId });

/** Waits until nothing is at work: what still is may hold a scope, and its end is a change of its own. */
async function allEnded(): Promise<void> {
  const operator = await stage.system.signIn('operator');
  await waitUntil(
    'the end of all runs',
    () => operator.get<{ items: unknown[] }>('/v1/runs?status=queued,running'),
    { until: ({ items }) => items.length === 0, timeoutMs: 60_000 },
  );
}

beforeAll(async () => {
  stage = await openStage();
  await allEnded();
  // Blocked, since fabrikam has not consented; the stage has asked once already.
  for (const _ of [1, 2]) await start('snapshot_capture', stage.subjects.blockedTenant);
});
afterAll(async () => stage?.close());

const panel = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const figure = (page: Page, label: string): Locator =>
  panel(page, 'Now')
    .locator('div', { has: page.getByText(label, { exact: true }) })
    .getByRole('link');
const heading = (page: Page, name: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

/** How many different things of a kind the page links to. */
async function linked(page: Page, pattern: RegExp): Promise<number> {
  const main = page.getByRole('main');
  await main
    .getByRole('link')
    .or(main.getByRole('heading', { level: 2 }))
    .first()
    .waitFor();
  const hrefs = await main
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  return new Set(hrefs.filter((href) => href !== null && pattern.test(href))).size;
}
const runs = (page: Page) => linked(page, /^\/w\/ws-default\/runs\/\d+/);
const connections = (page: Page) => linked(page, /^\/w\/ws-default\/connections\/\d+/);
const items = (name: string, text: RegExp) => (page: Page) =>
  page.getByRole('list', { name, exact: true }).locator(':scope > li').filter({ hasText: text }).count();

interface Number {
  readonly what: string;
  readonly link: (page: Page) => Locator;
  readonly list: string;
  readonly rows: (page: Page) => Promise<number>;
}

const attention = (text: RegExp) => (page: Page) =>
  panel(page, 'Needs attention').getByRole('link', { name: text });
const numbers: readonly Number[] = [
  { what: 'running', link: (page) => figure(page, 'Running'), list: 'Runs', rows: runs },
  { what: 'queued', link: (page) => figure(page, 'Queued'), list: 'Runs', rows: runs },
  {
    what: 'ended',
    link: (page) => panel(page, 'Now').getByRole('link', { name: /ended in the last hour$/ }),
    list: 'Runs',
    rows: runs,
  },
  { what: 'failed', link: attention(/failed or ended in part/), list: 'Runs', rows: runs },
  {
    what: 'refused',
    link: attention(/refused in the last/),
    list: 'Refused starts',
    rows: items('Refused starts', /./),
  },
  { what: 'unhealthy', link: attention(/not healthy/), list: 'Connections', rows: connections },
  {
    what: 'workers',
    link: (page) => figure(page, 'Workers alive'),
    list: 'Fleet',
    rows: items('Workers', /Alive/),
  },
];

test('every number is what the list behind it shows', async () => {
  // Slow answers keep a capture at work while the numbers are read.
  await stage.system.control.addFault({ match: { tenant: 'contoso' }, times: 1_000_000, delayMs: 1_000 });
  await start('snapshot_capture', stage.subjects.readyTenant);
  const tab = await stage.openSignedIn({ username: 'viewer' });
  const { page } = tab;
  await waitUntil('the run at work', () => figure(page, 'Running').textContent(), {
    until: (text) => text === '1',
  });
  const seen: Record<string, number> = {};
  for (const { what, link, list, rows } of numbers) {
    await page.goto('/w/ws-default/overview');
    const [, number = ''] = /^(\d+)/.exec((await link(page).textContent()) ?? '') ?? [];
    seen[what] = Number(number);
    await link(page).click();
    await heading(page, list);
    await waitUntil(`${what}: ${number}`, () => rows(page), { until: (found) => found === Number(number) });
  }
  // Fabrikam has not consented; nobody has checked tailspin and the four providers of servers.
  expect(seen).toMatchObject({ running: 1, queued: 0, failed: 2, refused: 3, unhealthy: 6, workers: 1 });
  expect(seen.ended).toBeGreaterThan(3);
  await stage.system.control.clearFaults();
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('what needs attention names the runs, and each name opens its run', async () => {
  const tab = await stage.openSignedIn();
  const { page } = tab;
  await heading(page, 'Overview');
  const failed = panel(page, 'Needs attention')
    .getByRole('listitem')
    .filter({ hasText: 'failed or ended in part' })
    .first();
  await failed.getByText('1 of 240 failed').waitFor();
  await failed.getByRole('link', { name: /^#\d+ Capture policies/ }).click();
  await page.waitForURL(`**/runs/${stage.subjects.partialRun}`);
  await page.getByRole('link', { name: 'Signalbox, home' }).first().click();
  await panel(page, 'Needs attention')
    .getByRole('link', { name: /^Capture policies · Fabrikam Inc/ })
    .click();
  await heading(page, 'Refused starts');
  const refused = items('Refused starts', /Consent missing/);
  await waitUntil('all refusals', () => refused(page), { until: (found) => found === 3 });
  expect(new URL(page.url()).searchParams.get('reason')).toBe('consent_missing');
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('the numbers follow what happens, a pause holds them, and its end catches up', async () => {
  await allEnded();
  const tab = await stage.openSignedIn();
  const { page } = tab;
  const changes = panel(page, 'Recent changes').getByRole('listitem');
  await changes.first().waitFor();
  const newest = async () => Number(/#(\d+)/.exec((await changes.first().textContent()) ?? '')?.[1]);
  const check = async () =>
    (await start('provider.connection.check', stage.system.tenantId('fabrikam'))).body.run?.id;
  const first = await check();
  await waitUntil('the first run', newest, { until: (id) => id === first });
  await page.getByRole('button', { name: 'Pause live updates' }).click();
  const second = await waitUntil('a free scope', check, { until: (id) => id !== undefined });
  const operator = await stage.system.signIn('operator');
  await waitUntil('its end', () => operator.get<{ finishedAt?: string }>(`/v1/runs/${second}`), {
    until: ({ finishedAt }) => finishedAt !== undefined,
  });
  expect(await newest()).toBe(first);
  await page.getByRole('button', { name: 'Resume live updates' }).click();
  await waitUntil('the second run', newest, { until: (id) => id === second });
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('a part that fails leaves the others standing and can be asked again', async () => {
  const tab = await stage.openSignedIn({ expected: [/status of 403 /, /TRPCClientError/] });
  const { page } = tab;
  const isChanges = (url: URL) =>
    url.pathname.endsWith('overview.get') && decodeURIComponent(url.search).includes('"changes"');
  await page.route(isChanges, (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/json',
      body: '{"error":{"message":"x","code":-32603}}',
    }),
  );
  await page.goto('/w/ws-default/overview');
  const changes = panel(page, 'Recent changes');
  await changes.getByRole('alert').waitFor();
  await figure(page, 'Workers alive').waitFor();
  await panel(page, 'Needs attention').getByRole('listitem').first().waitFor();
  const again = changes.getByRole('button', { name: /^Try (again|now)$/ });
  await again.waitFor();
  await page.unroute(isChanges);
  // It may have asked again by itself meanwhile.
  await again.click({ timeout: 2_000 }).catch(() => undefined);
  await changes.getByRole('listitem').first().waitFor();
  await changes.getByRole('alert').waitFor({ state: 'detached' });
  await tab.close();
});

test('a new workspace is led by the first steps, and one that has come all the way is not', async () => {
  const tab = await stage.openSignedIn({ username: 'outsider' });
  const { page } = tab;
  const steps = panel(page, 'First steps');
  await steps.getByText('1 of 5 done').waitFor();
  // It has a connection that nobody has checked; the next step opens it.
  await steps.getByRole('link', { name: 'Open the connection' }).click();
  await page.getByRole('button', { name: 'Check now' }).waitFor();
  await tab.close();

  const lab = await stage.openSignedIn({ username: 'admin' });
  await lab.page.goto('/w/ws-lab/overview');
  await panel(lab.page, 'First steps').getByText('0 of 5 done').waitFor();
  await lab.page.goto('/w/ws-default/overview');
  await panel(lab.page, 'Recent changes').getByRole('listitem').first().waitFor();
  expect(await panel(lab.page, 'First steps').count()).toBe(0);
  await lab.close();
});

test('the whole audit is for those who may read it; others are told what they lack', async () => {
  for (const [username, whole] of [
    ['viewer', false],
    ['manager', true],
  ] as const) {
    await start('snapshot_capture', stage.subjects.blockedTenant);
    const tab = await stage.openSignedIn({ username });
    const changes = panel(tab.page, 'Recent changes');
    await changes.getByRole('listitem').first().waitFor();
    const refused = changes.getByRole('link', {
      name: 'operator was refused Capture policies on Fabrikam Inc: Consent missing.',
    });
    expect((await refused.count()) > 0).toBe(whole);
    expect(await changes.getByText('audit.read').count()).toBe(whole ? 0 : 1);
    expect(tab.faults).toEqual([]);
    await tab.close();
  }
});
