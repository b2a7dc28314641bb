import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrive } from '../../src/console/arrive.ts';
import { axeFaults } from '../../src/console/axe.ts';
import type { ConsoleView } from '../../src/console/console-view.ts';
import { lookInside, walkByTab, wideTextSpacing } from '../../src/console/looks-in-page.ts';
import { consoleViews } from '../../src/console/routes.ts';
import { dress, openStage, type Stage } from '../../src/console/stage.ts';
import type { ConsoleTab, TabOptions } from '../../src/system/open-console.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage?.close());

/** Opens every view, each in a tab that may see it. */
async function eachView(
  options: TabOptions,
  look: (view: ConsoleView, tab: ConsoleTab, looks: Awaited<ReturnType<typeof lookInside>>) => Promise<void>,
): Promise<void> {
  const expected = [/status of 404 /, /There is no such thing/];
  const strangers = await stage.open(options);
  const members = await stage.openSignedIn({ ...options, expected });
  const owners = await stage.openSignedIn({ ...options, expected, username: 'admin' });
  const tabs = [strangers, members, owners];
  const looks = new Map(
    await Promise.all(tabs.map(async (tab) => [tab, await lookInside(tab.page)] as const)),
  );
  for (const tab of tabs) await dress(tab, { theme: 'light', density: 'compact' });
  for (const view of consoleViews) {
    const tab = view.signedOut ? strangers : view.as === 'owner' ? owners : members;
    const inside = looks.get(tab);
    if (inside === undefined) throw new Error('Nobody looks inside this tab.');
    await arrive(tab, view, stage.subjects);
    await look(view, tab, inside);
  }
  for (const tab of tabs) {
    expect(tab.faults).toEqual([]);
    await tab.close();
  }
}

test('at 320 px every view fits, has no accessibility fault, and hides no focus', async () => {
  await eachView({ viewport: { width: 320, height: 640 } }, async ({ name }, { page }, looks) => {
    expect.soft(await looks.sideways(), name).toEqual([]);
    expect.soft(await axeFaults(page), name).toEqual([]);
    expect.soft(await walkByTab(page, looks, 40), name).toEqual([]);
  });
});

test('with the text spacing a reader may set no text is cut, and nothing leaves the page', async () => {
  await eachView({ viewport: { width: 1280, height: 800 } }, async ({ name }, { page }, looks) => {
    expect.soft(await looks.cutTexts(), `${name}, before`).toEqual([]);
    // Not a style of the page, which its policy would refuse, but one of the reader.
    await page.evaluate(`{
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(${JSON.stringify(wideTextSpacing)});
      document.adoptedStyleSheets = [sheet];
    }`);
    expect.soft(await looks.cutTexts(), name).toEqual([]);
    expect.soft(await looks.sideways(), name).toEqual([]);
  });
});

test('on a low window Tab shows where it is, never below a sticky part', async () => {
  await eachView({ viewport: { width: 1280, height: 420 } }, async ({ name }, { page }, looks) => {
    expect.soft(await walkByTab(page, looks, 60), name).toEqual([]);
  });
});

test('nothing moves for a reader who wants no motion', async () => {
  await eachView({ reducedMotion: 'reduce' }, async ({ name }, _tab, looks) => {
    expect.soft(await looks.motion(), name).toEqual([]);
  });
});
