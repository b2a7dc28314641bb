import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from '../../src/console/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage?.close());

const heading = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('main').getByRole('heading', { level: 1, name }).waitFor();
const pathOf = (page: Page): string => new URL(page.url()).pathname;
const field = (page: Page): Locator => page.getByRole('combobox', { name: 'Page, thing, id or address' });

/** Opens the palette with its key and types into it. */
async function ask(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await field(page).fill(text);
}

test('the palette opens a run by its id, its uid, its codename and every address it has', async () => {
  const tab = await stage.openSignedIn();
  const { page } = tab;
  const operator = await stage.system.signIn('operator');
  const id = stage.subjects.partialRun;
  const { uid, codename } = await operator.get<{ uid: string; codename: string }>(`/v1/runs/${id}`);
  const { url } = stage.system;
  for (const text of [
    `#${id}`,
    `run ${id}`,
    uid,
    uid.toUpperCase(),
    codename,
    `${url}/v1/runs/${id}`,
    `/admin/operations/${uid}`,
    `${url}/w/ws-default/runs/${id}?tab=log`,
  ]) {
    await page.goto('/w/ws-default/glossary');
    await heading(page, 'Glossary');
    await ask(page, text);
    await page
      .getByRole('option')
      .filter({ hasText: new RegExp(`#${id}\\b|/runs/${id}\\b`) })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await heading(page, /^Capture policies/);
    expect(pathOf(page), text).toBe(`/w/ws-default/runs/${id}`);
  }
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('what the palette does not know it says so, and hostile text leads nowhere and breaks nothing', async () => {
  const tab = await stage.openSignedIn();
  const { page } = tab;
  await heading(page, 'Overview');
  const before = page.url();
  await ask(page, '999999');
  await page.getByText('There is no run 999999, or none you may see.').waitFor();
  for (const text of [
    'https://evil.example/w/ws-default/runs/1',
    '//evil.example/w/x',
    'javascript:alert(1)',
    '<img src=x onerror=alert(1)>',
    '%E0%A4%A',
    '\u202e\ud800',
    'x'.repeat(2_000),
  ]) {
    await field(page).fill(text);
    await page.getByText(/^Nothing here is called/).waitFor();
    await page.keyboard.press('Enter');
    expect(page.url()).toBe(before);
  }
  await page.keyboard.press('Escape');
  await field(page).waitFor({ state: 'detached' });
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('the palette acts: it starts, pauses and changes the look, and gives the focus back', async () => {
  const tab = await stage.openSignedIn();
  const { page } = tab;
  const button = page.getByRole('banner').getByRole('button', { name: /^Search or go to/ });
  await button.click();
  await field(page).waitFor();
  await page.keyboard.press('Escape');
  await field(page).waitFor({ state: 'detached' });
  expect(await button.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);

  await ask(page, 'theme dark');
  await page.keyboard.press('Enter');
  await page.locator('html.dark').waitFor();
  await ask(page, 'pause');
  await page.keyboard.press('Enter');
  await page
    .getByRole('banner')
    .getByText(/^Paused/)
    .waitFor();
  await ask(page, 'resume');
  await page.keyboard.press('Enter');
  await page.getByRole('banner').getByText('Live', { exact: true }).waitFor();
  await ask(page, 'start capture');
  await page.keyboard.press('Enter');
  await heading(page, 'Start a run');
  expect(new URL(page.url()).searchParams.get('operation')).toBe('snapshot_capture');
  await tab.close();
});

test('the sheet lists the keys of the page, and single letters can be switched off for good', async () => {
  const tab = await stage.openSignedIn();
  const { page } = tab;
  const sheet = page.getByRole('dialog', { name: 'Shortcuts of this page' });
  await page.goto('/w/ws-default/runs');
  await page.getByRole('row', { name: /Partial/ }).waitFor();
  await page.keyboard.press('?');
  for (const group of ['Runs', 'Anywhere', 'Go to']) {
    await sheet.getByRole('heading', { name: group, exact: true }).waitFor();
  }
  // Keys of the page rest under the sheet.
  await page.keyboard.press('c');
  expect(pathOf(page)).toBe('/w/ws-default/runs');
  await sheet.getByRole('checkbox', { name: /^Single-letter shortcuts/ }).uncheck();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });

  await page.reload();
  await page.getByRole('row', { name: /Partial/ }).waitFor();
  for (const key of ['c', '?', 'g', 'o', 'j', '/']) await page.keyboard.press(key);
  // A chord still works, so that there is always a way; what the letters did would have come first.
  await ask(page, 'times utc');
  expect(await sheet.count()).toBe(0);
  expect(pathOf(page)).toBe('/w/ws-default/runs');
  await page.keyboard.press('Escape');
  await tab.close();
});

test('letters belong to a field that has the focus', async () => {
  const tab = await stage.openSignedIn();
  const { page } = tab;
  await page.goto('/w/ws-default/glossary');
  const search = page.getByRole('searchbox', { name: 'Find a word' });
  await search.focus();
  await page.keyboard.type('gc?o/r');
  expect(await search.inputValue()).toBe('gc?o/r');
  expect(pathOf(page)).toBe('/w/ws-default/glossary');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await tab.close();
});

test('another workspace opens on the page one is on, and shows nothing of the first', async () => {
  const tab = await stage.openSignedIn({ username: 'admin' });
  const { page } = tab;
  await page.goto('/w/ws-default/connections?only=unhealthy');
  await heading(page, 'Connections');
  await page.getByRole('button', { name: 'Default', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Lab/ }).click();
  await page.waitForURL('**/w/ws-lab/connections');
  await heading(page, 'Connections');
  await page.getByRole('banner').getByText('Lab', { exact: true }).waitFor();
  expect(await page.getByRole('main').getByText('contoso').count()).toBe(0);
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('on a phone the pages are behind one button, and choosing one closes it', async () => {
  const tab = await stage
    .openSignedIn({ viewport: { width: 390, height: 844 } })
    .catch(async (cause: unknown) => {
      throw new Error('no sign-in on a phone', { cause });
    });
  const { page } = tab;
  await page.getByRole('button', { name: 'Menu' }).click();
  const menu = page.getByRole('dialog', { name: 'Menu' });
  await menu.getByRole('link', { name: 'Backup sets' }).click();
  await heading(page, 'Backup sets');
  await menu.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Menu' }).click();
  expect(await menu.getByRole('link', { name: 'Backup sets' }).getAttribute('aria-current')).toBe('page');
  expect(await page.title()).toBe('Backup sets · Signalbox');
  await tab.close();
});
