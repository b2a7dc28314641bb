import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from '../../src/console/stage.ts';
import { openTab } from '../../src/system/open-console.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage?.close());

const signedOut = [/status of 401 .*session\.me/];

test('the console works from sign-in to its dialogs without asking for what the policy refuses', async () => {
  const tab = await stage.openSignedIn({ username: 'admin' });
  const { page } = tab;
  const response = await page.goto('/w/ws-default/overview');
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/script-src 'self' 'sha256-[^']+'(;|$)/);
  expect(policy).not.toContain('unsafe');
  for (const place of [
    'runs',
    'start',
    'connections',
    'members',
    'account',
    'fleet',
    `runs/${stage.subjects.captureRun}?tab=log`,
  ]) {
    await page.goto(`/w/ws-default/${place}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
  }
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('dialog').waitFor();
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('what the policy refuses is a fault of a tab, in this and in every other test of the console', async () => {
  const tab = await openTab(stage.browser, stage.system.url, { expected: signedOut });
  await tab.page.goto('/sign-in');
  await tab.page.evaluate(`{
    const script = document.createElement('script');
    script.textContent = 'globalThis.injected = true';
    document.body.append(script);
    const style = document.createElement('style');
    style.textContent = 'body { color: red }';
    document.body.append(style);
    document.body.insertAdjacentHTML('beforeend', '<img src="https://elsewhere.example/x.png" style="color: red">');
  }`);
  await expect
    .poll(() => tab.faults.join('\n'), { timeout: 10_000 })
    .toMatch(/refused by the policy: img-src/);
  const told = tab.faults.join('\n');
  for (const directive of ['script-src-elem', 'style-src-elem', 'style-src-attr', 'img-src']) {
    expect(told).toContain(`refused by the policy: ${directive}`);
  }
  expect(await tab.page.evaluate('globalThis.injected')).toBeUndefined();
  await tab.close();
});
