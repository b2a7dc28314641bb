import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrive } from '../../src/console/arrive.ts';
import { axeFaults, visualFaults } from '../../src/console/axe.ts';
import { consoleViews, redirects } from '../../src/console/routes.ts';
import { looks, openStage, redress, type Stage } from '../../src/console/stage.ts';
import type { ConsoleTab } from '../../src/system/open-console.ts';

let stage: Stage;

let strangers: ConsoleTab;
let members: ConsoleTab;
let owners: ConsoleTab;

beforeAll(async () => {
  stage = await openStage();
  // Colours fade from one theme to the other, and what is between them is nobody's choice.
  strangers = await stage.open({ reducedMotion: 'reduce' });
  const expected = [/status of 404 /, /There is no such thing/];
  members = await stage.openSignedIn({ reducedMotion: 'reduce', expected });
  owners = await stage.openSignedIn({ reducedMotion: 'reduce', expected, username: 'admin' });
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

test.each(consoleViews)(
  '$name has no accessibility fault, in either theme and either density',
  async (view) => {
    const tab = view.signedOut ? strangers : view.as === 'owner' ? owners : members;
    await arrive(tab, view, stage.subjects);
    for (const [index, look] of looks.entries()) {
      await redress(tab, look);
      const faults = index === 0 ? axeFaults(tab.page) : visualFaults(tab.page);
      expect.soft(await faults, `${look.theme}, ${look.density}`).toEqual([]);
    }
    expect(tab.faults).toEqual([]);
  },
);

test('a blank page passes for no view', async () => {
  const tab = await stage.open({ expected: [/ERR_FAILED/] });
  tab.page.setDefaultTimeout(1_000);
  await tab.page.route('**/assets/*.js', (route) => route.abort());
  for (const view of consoleViews.filter(({ signedOut }) => signedOut)) {
    await expect(arrive(tab, view, stage.subjects)).rejects.toThrow(`${view.name} (`);
  }
  await tab.close();
});
