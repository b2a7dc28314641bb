import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookInside, type PageLooks } from '../../src/console/looks-in-page.ts';
import { openStage, type Stage } from '../../src/console/stage.ts';
import type { ConsoleTab } from '../../src/system/open-console.ts';

let stage: Stage;
let tab: ConsoleTab;
let page: Page;
let looks: PageLooks;

beforeAll(async () => {
  stage = await openStage();
  tab = await stage.open();
  page = tab.page;
  looks = await lookInside(page);
});
afterAll(async () => stage?.close());

const heading = (name: string | RegExp): Promise<void> =>
  page.getByRole('heading', { level: 1, name }).waitFor();

/** Moves on with Tab until the focus is on what is named so, and looks at each stop whether the focus is seen. */
async function tabTo(name: RegExp): Promise<void> {
  for (let steps = 0; steps < 120; steps += 1) {
    await page.keyboard.press('Tab');
    expect(await looks.focusFaults()).toEqual([]);
    if (name.test((await looks.focusPlace()) ?? '')) return;
  }
  throw new Error(`Tab does not lead to ${name}:\n${await page.locator('body').ariaSnapshot()}`);
}

test('without a mouse: sign in, find a run that failed in part, retry what failed and follow the new run', async () => {
  await page.goto('/');
  await page.getByRole('region', { name: 'This is a demo. Sign in as' }).waitFor();
  await tabTo(/<button> "operator/);
  await page.keyboard.press('Enter');
  await heading('Overview');
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await heading('Runs');
  await page
    .getByRole('main')
    .getByRole('row', { name: /Partial/ })
    .waitFor();

  await page.keyboard.press('/');
  expect(await looks.focusFaults()).toEqual([]);
  await page.keyboard.type('status:partial');
  await page.keyboard.press('Enter');
  await page.waitForURL(/status=partial/);
  await page.keyboard.press('Escape');
  const row = page.getByRole('main').getByRole('row', { name: /Partial/ });
  await row.waitFor();
  await tabTo(/Capture policies/);
  await page.keyboard.press('Enter');
  await heading(/^Capture policies/);

  await tabTo(/"Retry (these|1) /);
  await page.keyboard.press('Enter');
  await page.getByText('Accepted', { exact: true }).first().waitFor();
  await tabTo(/Open run #|"Open it|Open the run/);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.endsWith(`/runs/${stage.subjects.partialRun}`));
  await heading(/^Capture policies/);
  await page.getByRole('main').getByText('Succeeded', { exact: true }).first().waitFor({ timeout: 60_000 });
});

test('without a mouse: the palette goes to a run by its id', async () => {
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Page, thing, id or address' });
  await field.waitFor();
  await page.keyboard.type(`${stage.subjects.previewRun}`);
  await page
    .getByRole('option', { name: new RegExp(`#${stage.subjects.previewRun}\\b`) })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`/runs/${stage.subjects.previewRun}\\b`));
  await heading(/^Preview a restore/);
});

test('without a mouse: choose what to start and where, read the verdict, and start it', async () => {
  await page.keyboard.press('c');
  await heading('Start a run');
  // The field is ready to be typed in.
  await page.getByRole('combobox', { name: 'Operation' }).and(page.locator(':focus')).waitFor();
  expect(await looks.focusFaults()).toEqual([]);
  await page.keyboard.type('check the connection');
  // What fits best is chosen already.
  await page
    .getByRole('option', { name: /^Check the connection/ })
    .and(page.locator('[data-highlighted]'))
    .waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: /Contoso/ }).waitFor({ state: 'attached' });
  await tabTo(/<select/);
  await page.keyboard.type('Contoso');
  const verdict = page.getByRole('region', { name: 'If you start it now' });
  await verdict.getByText('Accepted', { exact: true }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('Accepted', { exact: true }).first().waitFor();
  await tabTo(/Open run #/);
  await page.keyboard.press('Enter');
  await heading(/^Check the connection/);
  await page.getByRole('main').getByText('Succeeded', { exact: true }).first().waitFor();
  expect(tab.faults).toEqual([]);
});
