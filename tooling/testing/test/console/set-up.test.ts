import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { axeFaults } from '../../src/console/axe.ts';
import { openTab } from '../../src/system/open-console.ts';
import { type EmptySystem, startEmpty } from '../../src/system/start-empty.ts';

let system: EmptySystem;
let browser: Browser;

beforeAll(async () => {
  [system, browser] = await Promise.all([startEmpty(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const password = 'an analytical engine';

test('the link of the start makes the first owner, who is in their workspace at once', async () => {
  const tab = await openTab(browser, system.url, { expected: [/status of 40[0-4] /] });
  const { page } = tab;
  await page.goto('/');
  await page.getByText('Nobody can sign in yet.').waitFor();
  expect(await axeFaults(page)).toEqual([]);

  await page.goto('/setup');
  await page.getByRole('heading', { name: 'The link is needed' }).waitFor();

  await page.goto(system.setupLink);
  await page.getByLabel('Workspace').fill('Example Ltd');
  await page.getByLabel('Username').fill('Ada Lovelace');
  await page.getByLabel('Email').fill('ada@example.org');
  await page.getByLabel('Password', { exact: true }).fill('too short');
  await page.getByRole('button', { name: 'Make the first owner' }).click();
  await page.getByText(/^Must have 3 to 64 characters/).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await page.getByLabel('Username').fill('ada');
  await page.getByRole('button', { name: 'Make the first owner' }).click();
  await page.getByText('Must have at least 12 characters.').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Show the password' }).click();
  expect(await page.getByLabel('Password', { exact: true }).getAttribute('type')).toBe('text');
  await page.getByRole('button', { name: 'Make the first owner' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await page.getByRole('banner').getByText('Example Ltd').waitFor();
  await page.getByRole('region', { name: 'First steps' }).waitFor();
  expect(page.url()).not.toContain('#');

  // The link is not left behind, and is worth nothing any more.
  await page.goBack();
  expect(page.url()).not.toContain(system.setupLink.split('#')[1]);
  await page.goto(system.setupLink);
  await page.getByRole('heading', { name: 'This is set up already' }).waitFor();
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('the owner signs in again with the new password', async () => {
  const tab = await openTab(browser, system.url, { expected: [/status of 401 /] });
  const { page } = tab;
  await page.goto('/');
  await page.getByLabel('Username').fill('ada');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  expect(tab.faults).toEqual([]);
  await tab.close();
});
