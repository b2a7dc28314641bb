import type { RestClient } from '@signalbox/demo/rest-client';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { type ConsoleTab, openTab, signInAs } from '../../src/system/open-console.ts';
import { startSystem, type TestSystem } from '../../src/system/start-system.ts';

let system: TestSystem;
let browser: Browser;
let owner: ConsoleTab;
let guest: ConsoleTab;
let link: string;

/** Error lines of answers that the test asks for: a weak password, nobody signed in, and what is gone is not found. */
const expected = [/status of 40[014] /, /There is no such thing/];
const person = { username: 'grace.hopper', password: 'a nanosecond of wire' };

beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
  owner = await openTab(browser, system.url, { expected });
  guest = await openTab(browser, system.url, { expected });
  await owner.page.goto('/');
  await signInAs(owner, 'admin');
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const dialog = ({ page }: ConsoleTab): Locator => page.getByRole('alertdialog');
const row = (page: Page, name: string): Locator =>
  page.getByRole('list', { name: 'Members' }).getByRole('listitem').filter({ hasText: name });

test('an owner invites somebody by a link that is shown once', async () => {
  const { page } = owner;
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await page.getByRole('heading', { name: 'Members', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Invite' }).click();
  await dialog(owner).getByLabel('Email').fill('grace@example.org');
  await dialog(owner).getByLabel('Role').selectOption('viewer');
  await dialog(owner).getByRole('button', { name: 'Make the link' }).click();
  link = (await dialog(owner).getByRole('status').textContent()) ?? '';
  expect(link).toMatch(/\/join#[\w-]{43}$/);
  await dialog(owner).getByRole('button', { name: 'Done' }).click();
  await page.getByRole('link', { name: 'Invitations' }).click();
  const open = page.getByRole('list', { name: 'Invitations' }).getByRole('listitem');
  await open.filter({ hasText: 'grace@example.org' }).getByText('Open, runs out').waitFor();
  expect(await page.content()).not.toContain(link.split('#')[1]);
});

test('a search that finds nobody is cleared from the page, and its box is empty again', async () => {
  const { page } = owner;
  await page.goto('/w/ws-default/members');
  const box = page.getByRole('searchbox', { name: 'Find a member' });
  await box.fill('nobody of this name');
  await page.getByText('No member matches').waitFor();
  expect(new URL(page.url()).searchParams.get('text')).toBe('nobody of this name');
  await page.getByRole('link', { name: 'Clear the filter' }).click();
  await row(page, 'operator').waitFor();
  expect([await box.inputValue(), new URL(page.url()).search]).toEqual(['', '']);
});

test('the invited makes an account with it, in a browser of their own, and is in the workspace', async () => {
  const { page } = guest;
  await page.goto(link);
  await page.getByRole('heading', { name: /^Join / }).waitFor();
  // The secret is gone from the address bar.
  expect(new URL(page.url()).hash).toBe('');
  await page.getByLabel('Username').fill(person.username);
  expect(await page.getByLabel('Email').inputValue()).toBe('grace@example.org');
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Make the account and join' }).click();
  await page.getByRole('alert').filter({ hasText: 'at least 12 characters' }).waitFor();
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Make the account and join' }).click();
  await page.getByRole('heading', { name: 'Overview', exact: true }).waitFor();
  await page.goto('/w/ws-default/members');
  await row(page, person.username).getByText('you', { exact: true }).waitFor();
});

test('a viewer sees who is there, and is told what is missing where they may change nothing', async () => {
  const { page } = guest;
  const invite = page.getByRole('button', { name: 'Invite' });
  expect(await invite.getAttribute('aria-disabled')).toBe('true');
  expect(await invite.getAttribute('title')).toContain('member.manage');
  const remove = row(page, 'admin').getByRole('button', { name: 'Remove admin' });
  expect(await remove.getAttribute('aria-disabled')).toBe('true');
  await page.getByRole('link', { name: 'Who can do what' }).click();
  const approve = page.getByRole('row', { name: /run\.approve/ });
  await approve.waitFor();
  expect(await approve.getByRole('cell').allInnerTexts()).toEqual(['no', 'no', 'yes', 'yes']);
});

test('another role and other tenants change what they see', async () => {
  const { page } = owner;
  await page.goto('/w/ws-default/members?text=grace');
  await row(page, person.username)
    .getByRole('button', { name: /^Change/ })
    .click();
  await dialog(owner).getByLabel('Role').selectOption('operator');
  await dialog(owner).getByLabel('Tenants', { exact: true }).selectOption('chosen');
  const save = dialog(owner).getByRole('button', { name: 'Save' });
  expect(await save.getAttribute('aria-disabled')).toBe('true');
  await dialog(owner)
    .getByRole('checkbox', { name: /contoso/i })
    .check();
  await save.click();
  await row(page, person.username).getByText('operator').waitFor();
  await guest.page.goto('/w/ws-default/connections');
  await guest.page.getByRole('main').getByRole('listitem').first().waitFor();
  const tenants = guest.page.getByLabel('Tenant').getByRole('option');
  await expect.poll(() => tenants.count()).toBe(2);
});

test('who is removed finds nothing there any more, and may come back by another link', async () => {
  const { page } = owner;
  await row(page, person.username)
    .getByRole('button', { name: /^Remove/ })
    .click();
  await dialog(owner).getByText('This workspace is gone for them at once').waitFor();
  await dialog(owner).getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No member matches').waitFor();
  await guest.page.goto('/w/ws-default/runs');
  await guest.page.getByRole('heading', { name: 'Not found' }).first().waitFor();

  const admin: RestClient = await system.signIn('admin');
  const { body } = await admin.post<{ link: string }>('/v1/invitations', {
    email: 'grace@example.org',
    role: 'manager',
  });
  await guest.page.goto(body.link);
  await guest.page.getByRole('button', { name: /^Join/ }).click();
  await guest.page.getByRole('heading', { name: 'Overview', exact: true }).waitFor();
});

test('a link that was used opens nothing, and nothing went wrong unseen', async () => {
  const { page } = guest;
  await page.goto('/');
  await page.getByRole('banner').waitFor();
  await page.goto(link);
  await page.getByRole('heading', { name: 'This link opens nothing' }).waitFor();
  expect([...owner.faults, ...guest.faults]).toEqual([]);
});
