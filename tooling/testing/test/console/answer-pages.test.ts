import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults } from '../../src/console/axe.ts';
import { openStage, type Stage } from '../../src/console/stage.ts';
import { signInAs } from '../../src/system/open-console.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage?.close());

test('an answer given as a page is sound on a narrow screen in both themes, and its links lead on', async () => {
  const tab = await stage.openSignedIn();
  const { page } = tab;
  const path = '/admin/t/fabrikam/directory/role-definitions/sync';
  await page.route(`**${path}`, (route) => route.continue({ method: 'POST' }));
  await page.setViewportSize({ width: 320, height: 800 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(path);
    await page.getByRole('heading', { name: 'Sync role definitions of Fabrikam Inc' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  }
  await page.getByRole('link', { name: 'Check the connection again' }).click();
  await page.getByRole('heading', { level: 1, name: 'Fabrikam Inc Graph' }).waitFor();
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('the address of a run leads to its page, by the sign-in for who has not signed in', async () => {
  const address = `/admin/operations/${stage.subjects.partialRun}`;
  const tab = await stage.open({ expected: [/status of 401 .*admin\/operations/] });
  await tab.page.goto(address);
  expect(await axeFaults(tab.page)).toEqual([]);
  await tab.page.getByRole('link', { name: 'Sign in' }).click();
  await signInAs(tab, 'viewer');
  await tab.page.waitForURL(`**/w/ws-default/runs/${stage.subjects.partialRun}`);
  await tab.page.getByRole('heading', { level: 1, name: /^Capture policies/ }).waitFor();
  await tab.page.goto(address);
  await tab.page.waitForURL(`**/w/ws-default/runs/${stage.subjects.partialRun}`);
  expect(tab.faults).toEqual([]);
  await tab.close();
});
