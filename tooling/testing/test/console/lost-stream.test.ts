import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
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

test('a page whose API dies under a running capture goes on without a reload and ends with the true counts', async () => {
  // The browser tells of each request that met a dead server.
  const expected = [/status of 401 /, /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET/];
  const tab = await openTab(browser, system.url, { expected });
  const { page } = tab;
  const banner = page.getByRole('banner');
  const items = page.getByRole('region', { name: 'Items', exact: true });
  const itemsDone = async (): Promise<number> => {
    const text = await items.textContent({ timeout: 1_000 });
    return Number(/(\d+) of \d+ items/.exec(text ?? '')?.[1] ?? 0);
  };
  await system.control.addFault({ match: { tenant: 'contoso' }, times: 1_000_000, delayMs: 400 });
  const operator = await system.signIn('operator');
  const { body } = await operator.post<{ run: { id: number } }>('/v1/runs', {
    operation: 'snapshot_capture',
    tenantId: system.tenantId('contoso'),
  });
  await page.goto('/');
  await signInAs(tab, 'operator');
  await page.goto(`/w/ws-default/runs/${body.run.id}?tab=log`);
  await banner.getByText('Live', { exact: true }).waitFor();
  await waitUntil('the first results', itemsDone, { timeoutMs: 30_000 });
  const loaded = tab.loads();

  await system.killApi();
  await banner.getByText('Reconnecting', { exact: true }).waitFor();
  const before = await itemsDone();
  await system.startApiAgain();
  await banner.getByText('Live', { exact: true }).waitFor();
  await waitUntil('results to move again', itemsDone, { until: (done) => done > before, timeoutMs: 20_000 });
  await system.control.clearFaults();

  await page.getByRole('main').getByText('Succeeded', { exact: true }).waitFor({ timeout: 60_000 });
  await items.getByText('240 of 240 items').waitFor();
  await items.getByRole('link', { name: '240 succeeded' }).waitFor();
  expect(tab.loads()).toBe(loaded);

  // Nothing is missing from the log either, and nothing stands in it twice.
  const { items: lines } = await operator.get<{ items: { text: string }[] }>(
    `/v1/runs/${body.run.id}/logs?limit=100`,
  );
  const log = page.getByRole('log', { name: 'Log' });
  const last = lines.at(-1)?.text ?? '';
  await log.getByText(last).waitFor();
  const shown = (await log.textContent()) ?? '';
  for (const { text } of lines) expect(shown.split(text), text).toHaveLength(2);
  expect(tab.faults).toEqual([]);
});
