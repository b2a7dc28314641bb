import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { type ConsoleTab, openTab, signInAs } from '../../src/system/open-console.ts';
import { demoPassword, startSystem, type TestSystem } from '../../src/system/start-system.ts';

let system: TestSystem;
let browser: Browser;

beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const phoneAgent =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1';

async function signedIn(username: string, userAgent?: string): Promise<ConsoleTab> {
  const expected = [/status of 40[01] /, /need(s)? a valid session/];
  const tab = await openTab(browser, system.url, { expected, ...(userAgent !== undefined && { userAgent }) });
  await tab.page.goto('/');
  await signInAs(tab, username);
  return tab;
}

const sessions = ({ page }: ConsoleTab) => page.getByRole('region', { name: 'Sessions' });
const account = async (tab: ConsoleTab) => {
  await tab.page.goto('/w/ws-default/account');
  await sessions(tab).getByText('this session').waitFor();
};

test('a session that is ended on another device is over there at once, without a click', async () => {
  const laptop = await signedIn('manager');
  const phone = await signedIn('manager', phoneAgent);
  await phone.page.getByRole('banner').getByText('Live', { exact: true }).waitFor();
  await laptop.page.getByRole('button', { name: 'Account of manager' }).click();
  await laptop.page.getByRole('menuitem', { name: 'Account' }).click();
  await sessions(laptop).getByText('Safari on iPhone').waitFor();
  await laptop.page.getByRole('button', { name: 'End the session in Safari on iPhone' }).click();
  await sessions(laptop).getByText('Safari on iPhone').waitFor({ state: 'detached' });
  // The stream of the other device ends, and its next question leads to the sign-in.
  await phone.page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  expect(new URL(phone.page.url()).searchParams.get('next')).toBe('/w/ws-default/overview');
  expect([...laptop.faults, ...phone.faults]).toEqual([]);
  await Promise.all([laptop.close(), phone.close()]);
});

test('a new password keeps this session and ends the others, which may also be ended alone', async () => {
  const laptop = await signedIn('viewer');
  const others = [await signedIn('viewer', phoneAgent), await signedIn('viewer')];
  await account(laptop);
  await laptop.page.getByRole('button', { name: 'End all others' }).click();
  await laptop.page.getByRole('button', { name: 'End them' }).click();
  await sessions(laptop).getByText('You are signed in only here.').waitFor();
  for (const each of others) {
    await each.page.goto('/w/ws-default/runs');
    await each.page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await each.close();
  }

  const { page } = laptop;
  const change = page.getByRole('button', { name: 'Change the password' });
  await page.getByLabel('Current password').fill('not the one');
  await page.getByLabel('New password').fill('a wholly different phrase');
  await change.click();
  await page.getByText('Is not your password.').waitFor();
  await page.getByLabel('Current password').fill(demoPassword);
  await change.click();
  await page.getByText('Changed.').waitFor();
  expect(await page.getByLabel('New password').inputValue()).toBe('');
  await account(laptop);
  await expect(system.signIn('viewer')).rejects.toThrow();
  expect(laptop.faults).toEqual([]);
  await laptop.close();
});
