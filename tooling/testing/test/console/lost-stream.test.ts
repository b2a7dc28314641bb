import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { startTcpProxy } from '../../src/net/tcp-proxy.ts';
import { openTab, signInAs } from '../../src/system/open-console.ts';
import { startSystem, type TestSystem } from '../../src/system/start-system.ts';
import { waitUntil } from '../../src/wait-until.ts';

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

interface Lines {
  readonly items: readonly { readonly text: string }[];
}

test('a network that is cut again and again under a running capture loses and doubles nothing', async () => {
  const { hostname, port } = new URL(system.url);
  const proxy = await startTcpProxy({ host: hostname, port: Number(port) });
  // The browser tells of each request that was cut, and of a stream that it opens anew by itself.
  const expected = [
    /status of 401 /,
    /ERR_(CONNECTION_\w+|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE|SOCKET_\w+)/,
  ];
  const tab = await openTab(browser, proxy.through(system.url).replace(/\/$/, ''), { expected });
  const { page } = tab;
  const log = page.getByRole('log', { name: 'Log' });
  await page.goto('/');
  await signInAs(tab, 'operator');
  await system.control.addFault({ match: { tenant: 'contoso' }, times: 1_000_000, delayMs: 150 });
  const operator = await system.signIn('operator');
  const { body } = await operator.post<{ run: { id: number } }>('/v1/runs', {
    operation: 'snapshot_capture',
    tenantId: system.tenantId('contoso'),
  });
  await page.goto(`/w/ws-default/runs/${body.run.id}?tab=log`);
  await log.getByText('Read page 1 of device configurations').waitFor();
  const counts = page.getByRole('region', { name: 'Items', exact: true });
  const itemsDone = async (): Promise<number> =>
    Number(/(\d+) of \d+ items/.exec((await counts.textContent()) ?? '')?.[1] ?? 0);
  for (const goal of [10, 40, 70]) {
    await waitUntil(`item ${goal}`, itemsDone, { until: (done) => done >= goal, timeoutMs: 40_000 });
    await page.getByRole('banner').getByText('Live', { exact: true }).waitFor();
    proxy.cut();
    await page.getByRole('banner').getByText('Reconnecting', { exact: true }).waitFor();
  }
  await system.control.clearFaults();
  await page.getByRole('main').getByText('Succeeded', { exact: true }).first().waitFor({ timeout: 60_000 });
  const { items: lines } = await operator.get<Lines>(`/v1/runs/${body.run.id}/logs?limit=100`);
  await log.getByText(lines.at(-1)?.text ?? 'a last line').waitFor();
  const shown = (await log.textContent()) ?? '';
  for (const { text } of lines) expect(shown.split(text), `${text}\nin\n${shown}`).toHaveLength(2);
  await counts.getByText('240 of 240 items').waitFor();
  expect(tab.faults).toEqual([]);
  await tab.close();
  await proxy.close();
});

// The last one: the API that it starts again ends with it.
test('a page whose API dies under a running capture goes on without a gap and ends with the true counts', async () => {
  // The browser tells of each request that met a dead server.
  const expected = [/status of 401 /, /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET/];
  const tab = await openTab(browser, system.url, { expected });
  const { page } = tab;
  const banner = page.getByRole('banner');
  const log = page.getByRole('log', { name: 'Log' });
  const items = page.getByRole('region', { name: 'Items', exact: true });
  await page.goto('/');
  await signInAs(tab, 'operator');
  // Slow answers keep the capture at work for as long as the test looks on.
  await system.control.addFault({ match: { tenant: 'contoso' }, times: 1_000_000, delayMs: 500 });
  const operator = await system.signIn('operator');
  const { body } = await operator.post<{ run: { id: number } }>('/v1/runs', {
    operation: 'snapshot_capture',
    tenantId: system.tenantId('contoso'),
  });
  await page.goto(`/w/ws-default/runs/${body.run.id}?tab=log`);
  await banner.getByText('Live', { exact: true }).waitFor();
  await log.getByText('Read page 1 of device configurations').waitFor();
  const loaded = tab.loads();

  await system.killApi();
  await banner.getByText('Reconnecting', { exact: true }).waitFor();
  await system.startApiAgain();
  await banner.getByText('Live', { exact: true }).waitFor();

  // While the run goes on: what was logged when nobody could tell stands in the log, and nothing stands there twice.
  await log.getByText('240 policies to capture.').waitFor();
  await items.getByRole('link', { name: /^[1-9]\d* succeeded/ }).waitFor();
  const { items: lines } = await operator.get<Lines>(`/v1/runs/${body.run.id}/logs?limit=100`);
  expect(lines.length).toBeGreaterThan(4);
  const shown = (await log.textContent()) ?? '';
  for (const { text } of lines) expect(shown.split(text), `${text}\nin\n${shown}`).toHaveLength(2);
  const main = page.getByRole('main');
  expect(await main.getByText('Running', { exact: true }).first().isVisible()).toBe(true);

  await system.control.clearFaults();
  await main.getByText('Succeeded', { exact: true }).waitFor({ timeout: 60_000 });
  await items.getByText('240 of 240 items').waitFor();
  await items.getByRole('link', { name: '240 succeeded' }).waitFor();
  expect(tab.loads()).toBe(loaded);
  expect(tab.faults).toEqual([]);
});
