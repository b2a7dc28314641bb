import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrive } from '../../src/console/arrive.ts';
import { axeFaults } from '../../src/console/axe.ts';
import { type ConsoleLayer, consoleLayers } from '../../src/console/layers.ts';
import { consoleViews } from '../../src/console/routes.ts';
import { dress, looks, openStage, type Stage } from '../../src/console/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage?.close());

// The density changes the rows of the pages; what opens before them differs by theme alone.
const themes = looks.filter(({ theme, density }) => (theme === 'light') === (density === 'comfortable'));

/** What a layer may do that a page may not: it stands outside the landmarks, and some hide the rest while they are open. */
const outside = ({ hidesPage }: ConsoleLayer): string[] =>
  hidesPage ? ['region', 'aria-hidden-focus', 'page-has-heading-one'] : ['region'];

test.each(themes)('no dialog, menu or panel has an accessibility fault in $theme', async (look) => {
  const members = await stage.openSignedIn();
  const owners = await stage.openSignedIn({ username: 'admin' });
  for (const tab of [members, owners]) await dress(tab, look);
  for (const layer of consoleLayers) {
    const view = consoleViews.find(({ name }) => name === layer.view);
    if (view === undefined) throw new Error(`There is no view ${layer.view}.`);
    const tab = view.as === 'owner' ? owners : members;
    await arrive(tab, view, stage.subjects);
    await layer.open(tab.page).catch(async (cause: unknown) => {
      throw new Error(`${layer.name} did not open:\n${await tab.page.locator('body').ariaSnapshot()}`, {
        cause,
      });
    });
    expect.soft(await axeFaults(tab.page, outside(layer)), `${layer.name}, ${look.theme}`).toEqual([]);
  }
  for (const tab of [members, owners]) {
    expect(tab.faults).toEqual([]);
    await tab.close();
  }
});
