import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrive } from '../../src/console/arrive.ts';
import { axeFaults } from '../../src/console/axe.ts';
import { consoleViews, redirects } from '../../src/console/routes.ts';
import { dress, looks, openStage, type Stage } from '../../src/console/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage?.close());

/** What the router of the built console knows; the library leaves it in the page. */
const askRouter = `Object.values(__TSR_ROUTER__.routesById)
  .filter(({ id, children }) => id !== '__root__' && !children)
  .map(({ id }) => id)`;

test('every route of the console has a view that the tests open', async () => {
  const tab = await stage.open();
  await tab.page.goto('/sign-in');
  await tab.page.getByRole('main').waitFor();
  const routes = await tab.page.evaluate<string[]>(askRouter);
  const known = new Set([...consoleViews.map(({ route }) => route), ...redirects]);
  expect(routes.length).toBeGreaterThan(5);
  expect(routes.filter((route) => !known.has(route))).toEqual([]);
  expect([...known].filter((route) => !routes.includes(route))).toEqual([]);
  await tab.close();
});

test.each(looks)('no view has an accessibility fault in $theme, $density', async (look) => {
  const strangers = await stage.open();
  const members = await stage.openSignedIn({ expected: [/status of 404 /, /There is no such thing/] });
  for (const tab of [strangers, members]) await dress(tab, look);
  for (const view of consoleViews) {
    const tab = view.signedOut ? strangers : members;
    await arrive(tab, view, stage.subjects);
    const root = tab.page.locator('html');
    expect(await root.evaluate((html) => html.classList.contains('dark'))).toBe(look.theme === 'dark');
    expect(await root.getAttribute('data-density')).toBe(look.density);
    expect.soft(await axeFaults(tab.page), `${view.name}, ${look.theme}, ${look.density}`).toEqual([]);
  }
  for (const tab of [strangers, members]) {
    expect(tab.faults).toEqual([]);
    await tab.close();
  }
});

test('a blank page passes for no view', async () => {
  const tab = await stage.open({ expected: [/ERR_FAILED/] });
  tab.page.setDefaultTimeout(1_000);
  await tab.page.route('**/assets/*.js', (route) => route.abort());
  for (const view of consoleViews.filter(({ signedOut }) => signedOut)) {
    await expect(arrive(tab, view, stage.subjects)).rejects.toThrow(`${view.name} (`);
  }
  await tab.close();
});
