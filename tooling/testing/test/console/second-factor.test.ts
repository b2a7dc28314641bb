import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults } from '../../src/console/axe.ts';
import { openStage, type Stage } from '../../src/console/stage.ts';
import { codeOf, earlyInStep, wrongCodeOf } from '../../src/fixtures/authenticator.ts';
import { withAdmin } from '../../src/postgres/admin.ts';
import type { ConsoleTab } from '../../src/system/open-console.ts';
import { demoPassword } from '../../src/system/start-system.ts';

let stage: Stage;
let tab: ConsoleTab;
let page: Page;
let secret: string;
let recoveryCodes: string[];

/** Answers that the test asks for: refused codes, and deeds that need a fresh one. */
const expected = [/status of 40[013] /];

beforeAll(async () => {
  stage = await openStage();
  tab = await stage.openSignedIn({ username: 'admin', expected });
  page = tab.page;
});
afterAll(async () => stage?.close());

const section = () => page.getByRole('region', { name: 'Second factor' });
const dialog = (name: string | RegExp) => page.getByRole('alertdialog', { name });

async function signOut(): Promise<void> {
  await page.getByRole('button', { name: 'Account of admin' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('Username').waitFor();
}

async function givePassword(): Promise<void> {
  await page.getByLabel('Username').fill('admin');
  await page.getByLabel('Password').fill(demoPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('Signing in as admin').waitFor();
}

test('a second factor is enrolled with a first code, and recovery codes are shown once', async () => {
  await page.goto('/w/ws-default/account');
  await section().getByText('Not enabled').waitFor();
  await section().getByRole('button', { name: 'Enrol a second factor' }).click();
  const enrol = dialog('Enrol a second factor');
  await enrol.getByLabel('Current password').fill('wrong');
  await page.keyboard.press('Enter');
  await enrol.getByText('Is not your password.').waitFor();
  await enrol.getByLabel('Current password').fill(demoPassword);
  await page.keyboard.press('Enter');
  await enrol.getByRole('img', { name: /^QR code/ }).waitFor();
  secret = ((await enrol.locator('code').textContent()) ?? '').replaceAll(' ', '');
  expect(await axeFaults(page)).toEqual([]);

  await enrol.getByLabel('Code', { exact: true }).fill(wrongCodeOf(secret));
  await page.keyboard.press('Enter');
  await enrol.getByRole('alert').getByText('The code was not taken.').waitFor();
  await earlyInStep();
  // The way apps show it.
  const code = codeOf(secret, -1);
  await enrol.getByLabel('Code', { exact: true }).fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.keyboard.press('Enter');
  const codes = dialog('Second factor enabled').getByRole('list', { name: 'Recovery codes' });
  await codes.waitFor();
  recoveryCodes = await codes.getByRole('listitem').allTextContents();
  expect(recoveryCodes).toHaveLength(10);
  await page.keyboard.press('Escape');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe('signalbox-recovery-codes.txt');
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await section().getByText('10 recovery codes are left.').waitFor();
  expect(await page.content()).not.toContain(recoveryCodes[0]);
});

test('sign-in asks for a code only then, tells a wrong one, and leads where it was meant to', async () => {
  await signOut();
  await page.goto('/w/ws-default/connections?status=all');
  await givePassword();
  const code = page.getByLabel('Code', { exact: true });
  await code.and(page.locator(':focus')).waitFor();
  expect(await code.getAttribute('autocomplete')).toBe('one-time-code');
  expect(await code.getAttribute('inputmode')).toBe('numeric');
  expect(await axeFaults(page)).toEqual([]);
  await code.fill(wrongCodeOf(secret));
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('The code was not taken.').waitFor();
  await code.fill(codeOf(secret));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Connections' }).waitFor();
});

test('a dangerous deed waits for a fresh code, and is done with it', async () => {
  await withAdmin(
    stage.system.databaseUrl,
    (sql) => sql`update sessions set mfa_at = now() - interval '6 minutes' where mfa_at is not null`,
  );
  await page.goto('/w/ws-default/api-keys');
  await page.getByRole('button', { name: 'New API key' }).click();
  const making = page.getByRole('alertdialog', { name: /API key/ });
  await making.getByLabel('Name').fill('careful robot');
  await making.getByRole('button', { name: 'Make the key' }).click();
  const asked = dialog('Confirm with a code');
  await asked.waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await asked.waitFor({ state: 'detached' });
  // What was typed is still there, and so is the reason why nothing was done.
  await making.getByText('Fresh code needed').waitFor();
  expect(await making.getByLabel('Name').inputValue()).toBe('careful robot');
  await making.getByRole('button', { name: 'Make the key' }).click();
  await asked.getByLabel('Code', { exact: true }).fill(wrongCodeOf(secret));
  await page.keyboard.press('Enter');
  await asked.getByRole('alert').getByText('The code was not taken.').waitFor();
  await asked.getByLabel('Code', { exact: true }).fill(codeOf(secret, 1));
  await page.keyboard.press('Enter');
  await dialog('The key careful robot is made').waitFor();
  await page.getByRole('button', { name: 'I have kept it' }).click();
});

test('a recovery code lets its person in once, and with another one the factor is disabled', async () => {
  await signOut();
  await givePassword();
  await page.getByRole('button', { name: 'Use a recovery code instead' }).click();
  await page.getByLabel('Recovery code', { exact: true }).fill(recoveryCodes[0] ?? '');
  await page.keyboard.press('Enter');
  await page.getByRole('banner').waitFor();
  await page.goto('/w/ws-default/account');
  await section().getByText('9 recovery codes are left.').waitFor();
  await section().getByRole('button', { name: 'Disable' }).click();
  const disable = dialog('Disable the second factor');
  const give = async (code: string) => {
    await disable.getByLabel('Current password').fill(demoPassword);
    await disable.getByLabel('Recovery code', { exact: true }).fill(code);
    await disable.getByRole('button', { name: 'Disable it' }).click();
  };
  await disable.getByRole('button', { name: 'Use a recovery code instead' }).click();
  await give(recoveryCodes[0] ?? '');
  await disable.getByRole('alert').getByText('Not accepted.').waitFor();
  await give(recoveryCodes[1] ?? '');
  await section().getByText('Not enabled').waitFor();
  expect(tab.faults).toEqual([]);
});

test('who guesses too often is told how long to wait', async () => {
  const stranger = await stage.open({ expected: [/status of 4(01|29) /] });
  await stranger.page.goto('/sign-in');
  const guess = async () => {
    await stranger.page.getByLabel('Username').fill('nobody-here');
    await stranger.page.getByLabel('Password').fill('a guess');
    const answer = stranger.page.waitForResponse(/session\.signIn/);
    await stranger.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    return (await answer).status();
  };
  const statuses = [];
  for (let round = 0; round < 21; round++) statuses.push(await guess());
  expect(statuses).toEqual([...Array<number>(20).fill(401), 429]);
  await stranger.page.getByText(/Possible again in \d+ s/).waitFor();
  expect(stranger.faults).toEqual([]);
  await stranger.close();
});
