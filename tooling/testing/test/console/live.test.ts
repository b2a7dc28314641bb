import { runToEnd } from '@signalbox/demo/rest-client';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrive } from '../../src/console/arrive.ts';
import { consoleViews } from '../../src/console/routes.ts';
import { openStage, type Stage } from '../../src/console/stage.ts';
import { watchRequests, watchStreams } from '../../src/console/watch-requests.ts';
import { waitUntil } from '../../src/wait-until.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage?.close());

const lamp = (page: Page, word: string | RegExp): Promise<void> =>
  page.getByRole('banner').getByText(word, { exact: true }).waitFor();
const place = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).first().click();
const checkContoso = async (): Promise<void> => {
  const operator = await stage.system.signIn('operator');
  const tenantId = stage.system.tenantId('contoso');
  await runToEnd(operator, { operation: 'provider.connection.check', tenantId });
};

test('a tab has one stream, wherever it goes', async () => {
  const tab = await stage.openSignedIn();
  const streams = await watchStreams(tab.page);
  await tab.page.goto('/w/ws-default/runs');
  await lamp(tab.page, 'Live');
  for (const name of ['Connections', 'Runs', 'Backup sets', 'Runs']) {
    await place(tab.page, name);
    await tab.page.getByRole('heading', { level: 1, name }).waitFor();
    await lamp(tab.page, 'Live');
    expect(await streams.openNow()).toBe(1);
  }
  await tab.page.getByRole('link', { name: 'Capture policies' }).first().click();
  await waitUntil('a stream that watches the run', () => streams.opened(), { until: (count) => count > 1 });
  await lamp(tab.page, 'Live');
  expect(await streams.openNow()).toBe(1);
  await tab.page.goBack();
  await tab.page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
  await lamp(tab.page, 'Live');
  expect([await streams.openNow(), await streams.mostAtOnce()]).toEqual([1, 1]);
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('a paused tab asks nothing, whatever the clock, the focus and the network do, on every page', async () => {
  const tab = await stage.openSignedIn({ expected: [/status of 404 /, /There is no such thing/] });
  const { page } = tab;
  const requests = watchRequests(page);
  await page.clock.install();
  for (const view of consoleViews.filter(({ signedOut, as }) => !signedOut && as === undefined)) {
    await arrive(tab, view, stage.subjects);
    await page.getByRole('button', { name: 'Pause live updates' }).click();
    await lamp(page, /^Paused since/);
    await page.waitForLoadState('networkidle');
    requests.forget();
    for (const minutes of ['00:30', '02:00', '10:00']) {
      await page.clock.fastForward(minutes);
      await page.evaluate(`for (const name of ['focus', 'offline', 'online']) dispatchEvent(new Event(name));
        document.dispatchEvent(new Event('visibilitychange'));`);
    }
    expect.soft(requests.calls, view.name).toEqual([]);
    await page.getByRole('button', { name: 'Resume live updates' }).click();
    await lamp(page, 'Live');
  }
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('a return to a page that was read does not ask again while paused, and a resume brings everything up to date', async () => {
  const tab = await stage.openSignedIn();
  const { page } = tab;
  await page.clock.install();
  await page.goto('/w/ws-default/runs');
  await lamp(page, 'Live');
  await place(page, 'Connections');
  await page.getByRole('heading', { level: 1, name: 'Connections' }).waitFor();
  await page.waitForLoadState('networkidle');
  await page.getByRole('button', { name: 'Pause live updates' }).click();
  await page.clock.fastForward('00:30');
  const requests = watchRequests(page);
  await place(page, 'Runs');
  const rows = page.getByRole('main').getByRole('row');
  await rows.nth(1).waitFor();
  const before = await rows.count();
  await checkContoso();
  await page.clock.fastForward('00:30');
  expect(requests.calls).toEqual([]);
  expect(await rows.count()).toBe(before);

  await page.getByRole('button', { name: 'Resume live updates' }).click();
  await lamp(page, 'Live');
  // The list does not move under its reader, so a run that was missed waits to be shown.
  await page.getByRole('button', { name: '1 new run' }).click();
  await waitUntil('the new run', () => rows.count(), { until: (count) => count === before + 1 });
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('new runs wait behind a pill that counts them, and nothing moves under the cursor', async () => {
  const tab = await stage.openSignedIn();
  const { page } = tab;
  await page.goto('/w/ws-default/runs?tenant=1');
  await lamp(page, 'Live');
  const rows = page.getByRole('main').getByRole('row');
  await rows.nth(1).waitFor();
  const before = await rows.allTextContents();
  for (let made = 0; made < 12; made += 1) await checkContoso();
  const pill = page.getByRole('button', { name: '12 new runs' });
  await pill.waitFor();
  expect(await rows.count()).toBe(before.length);
  const runIds = (texts: string[]): (string | undefined)[] => texts.map((text) => /#\d+/.exec(text)?.[0]);
  expect(runIds(await rows.allTextContents())).toEqual(runIds(before));
  await pill.click();
  await waitUntil('the new runs', () => rows.count(), { until: (count) => count === before.length + 12 });
  await pill.waitFor({ state: 'detached' });
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('a page whose stream cannot open asks by itself, and says since when it may be behind', async () => {
  const tab = await stage.openSignedIn({ expected: [/ERR_FAILED/] });
  const { page } = tab;
  await page.route('**/trpc/live.events**', (route) => route.abort());
  await page.goto('/w/ws-default/runs?tenant=1');
  await lamp(page, 'Reconnecting');
  const rows = page.getByRole('main').getByRole('row');
  await rows.nth(1).waitFor();
  const before = await rows.count();
  await checkContoso();
  await page.getByRole('button', { name: '1 new run' }).waitFor();
  expect(await rows.count()).toBe(before);
  await lamp(page, /^Stale since \d{2}:\d{2}:\d{2}$/);
  await page.unroute('**/trpc/live.events**');
  await page.getByRole('banner').getByText('Live', { exact: true }).waitFor({ timeout: 40_000 });
  await tab.close();
});

test('a stream that opens but never speaks counts as lost', async () => {
  const tab = await stage.openSignedIn();
  const { page } = tab;
  await page.clock.install();
  // As a proxy does that gathers an answer before it hands it on.
  await page.route('**/trpc/live.events**', () => {});
  await page.goto('/w/ws-default/runs?tenant=1');
  await lamp(page, 'Connecting');
  await page.clock.fastForward('00:25');
  await lamp(page, /^(Reconnecting|Stale since .*)$/);
  const rows = page.getByRole('main').getByRole('row');
  await rows.nth(1).waitFor();
  const before = await rows.count();
  await checkContoso();
  await page.clock.fastForward('00:06');
  await page.getByRole('button', { name: '1 new run' }).waitFor();
  expect(await rows.count()).toBe(before);
  await tab.close();
});

test('a hidden tab lets go of its stream and its ticking, and catches up when it is seen again', async () => {
  const tab = await stage.openSignedIn();
  const { page } = tab;
  await page.clock.install();
  const streams = await watchStreams(page);
  await page.goto('/w/ws-default/runs?tenant=1');
  await lamp(page, 'Live');
  const rows = page.getByRole('main').getByRole('row');
  await rows.nth(1).waitFor();
  const before = await rows.count();
  const show = (visible: boolean) =>
    page.evaluate(`Object.defineProperties(document, {
        hidden: { configurable: true, value: ${!visible} },
        visibilityState: { configurable: true, value: '${visible ? 'visible' : 'hidden'}' },
      });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));`);
  await show(false);
  await page.clock.fastForward('01:05');
  await waitUntil('the end of the stream', () => streams.openNow(), { until: (open) => open === 0 });
  const requests = watchRequests(page);
  await page.clock.fastForward('10:00');
  expect(requests.calls).toEqual([]);
  await checkContoso();
  await show(true);
  await lamp(page, 'Live');
  await page.getByRole('button', { name: '1 new run' }).waitFor();
  expect(await rows.count()).toBe(before);
  expect(await streams.openNow()).toBe(1);
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('a tab whose session was ended in another one leads to the sign-in page and back', async () => {
  const tab = await stage.openSignedIn({ expected: [/status of 401 /] });
  const { page } = tab;
  await page.goto('/w/ws-default/runs');
  await lamp(page, 'Live');
  // What ends a session in another tab of this browser; this one hears of it only by its stream.
  const ended = await page.context().newPage();
  await ended.goto('/w/ws-default/connections');
  await ended.getByRole('banner').waitFor();
  const headers = { 'content-type': 'application/json' };
  const status = await ended.evaluate(async (init) => (await fetch('/trpc/session.signOut', init)).status, {
    method: 'POST',
    headers,
    body: '{}',
  });
  expect(status).toBe(200);
  await ended.close();
  await page.waitForURL(/\/sign-in\?next=/);
  expect(new URL(page.url()).searchParams.get('next')).toContain('/w/ws-default/runs');
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('a tab that signs out asks for nothing more, however long the answer takes', async () => {
  const tab = await stage.openSignedIn();
  const { page } = tab;
  await page.clock.install();
  await page.goto('/w/ws-default/connections');
  await page.getByRole('banner').getByText('Live', { exact: true }).waitFor();
  // The bell comes after the page, and asks once.
  await page.getByRole('button', { name: /^Notifications, \d/ }).waitFor();
  const requests = watchRequests(page);
  const meanwhile: string[] = [];
  await page.route('**/trpc/session.signOut**', async (route) => {
    const response = await route.fetch();
    // Time enough for any stream that ended to be asked for again.
    await page.clock.runFor(5_000);
    meanwhile.push(...requests.calls);
    await route.fulfill({ response });
  });
  await page.getByRole('button', { name: 'Account of operator' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  expect(meanwhile).toEqual(['POST /trpc/session.signOut']);
  expect(tab.faults).toEqual([]);
  await tab.close();
});
