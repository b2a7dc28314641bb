import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrive } from '../../src/console/arrive.ts';
import { axeFaults } from '../../src/console/axe.ts';
import {
  fromTheTop,
  lookInside,
  type PageLooks,
  walkByTab,
  wideTexts,
} from '../../src/console/looks-in-page.ts';
import { consoleViews } from '../../src/console/routes.ts';
import { dress, openStage, type Stage } from '../../src/console/stage.ts';
import type { ConsoleTab } from '../../src/system/open-console.ts';

let stage: Stage;
let strangers: Seen;
let members: Seen;
let owners: Seen;

/** A tab and what can be looked at inside its page. */
interface Seen {
  readonly tab: ConsoleTab;
  readonly inside: PageLooks;
}

const wide = { width: 1280, height: 800 };

beforeAll(async () => {
  stage = await openStage();
  const options = {
    viewport: wide,
    reducedMotion: 'reduce',
    expected: [/status of 404 /, /There is no such thing/],
  } as const;
  strangers = await seen(stage.open(options));
  members = await seen(stage.openSignedIn(options));
  owners = await seen(stage.openSignedIn({ ...options, username: 'admin' }));
});
afterAll(async () => stage?.close());

async function seen(opened: Promise<ConsoleTab>): Promise<Seen> {
  const tab = await opened;
  await dress(tab, { theme: 'light', density: 'compact' });
  return { tab, inside: await lookInside(tab.page) };
}

// One visit serves all these looks: arriving is what takes time.
test.each(consoleViews)(
  '$name moves nothing unasked, bears wide text, and fits a low and a narrow window without hiding the focus',
  async (view) => {
    const { tab, inside } = view.signedOut ? strangers : view.as === 'owner' ? owners : members;
    const { page } = tab;
    await page.setViewportSize(wide);
    await arrive(tab, view, stage.subjects);
    expect.soft(await inside.motion(), 'motion').toEqual([]);

    expect.soft(await inside.cutTexts(), 'as it is').toEqual([]);
    await wideTexts(page, async () => {
      expect.soft(await inside.cutTexts(), 'with wide text').toEqual([]);
      expect.soft(await inside.sideways(), 'with wide text').toEqual([]);
    });

    await page.setViewportSize({ width: 1280, height: 420 });
    expect.soft(await walkByTab(page, inside, 60), 'in a low window').toEqual([]);

    await page.setViewportSize({ width: 320, height: 640 });
    await fromTheTop(page);
    expect.soft(await inside.sideways(), 'at 320 px').toEqual([]);
    expect.soft(await axeFaults(page), 'at 320 px').toEqual([]);
    expect.soft(await walkByTab(page, inside, 40), 'at 320 px').toEqual([]);
    expect(tab.faults).toEqual([]);
  },
);
