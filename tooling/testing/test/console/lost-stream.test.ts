import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { openTab, signInAs } from '../../src/system/open-console.ts';
import { startSystem, type TestSystem } from '../../src/system/start-system.ts';

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
