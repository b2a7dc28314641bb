import { join } from 'node:path';
import { failures } from '@signalbox/demo/failures';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../browser/chromium.ts';
import { settled } from '../console/arrive.ts';
import { openTab, signInAs } from '../system/open-console.ts';
import { root, startPictureDemo } from './demo.ts';
import { runShot, type Shot, shotsOf } from './shots.ts';

/**
 * Takes the pictures of the console that the documentation shows, in both themes, on a demo of its own with its
 * history: every view, and then failures as an operator meets them. `pnpm run docs:pictures` takes all of them,
 * `pnpm run docs:pictures runs failure-throttle` those whose names begin so.
 */
const wanted = process.argv.slice(2);
const target = process.env.SIGNALBOX_PICTURES_DIR ?? join(root, 'docs', 'console');
const isWanted = ({ name }: { name: string }): boolean =>
  wanted.length === 0 || wanted.some((start) => name.startsWith(start));

const demo = await startPictureDemo();
let browser: Browser | undefined;
try {
  browser = await launchBrowser();
  const openTabs = () =>
    Promise.all(
      (['light', 'dark'] as const).map(async (theme) => {
        const tab = await openTab(browser as Browser, demo.url, { colorScheme: theme, deviceScaleFactor: 1 });
        return { theme, tab };
      }),
    );
  const signInTo = async (there: typeof tabs, username: string): Promise<void> => {
    for (const { tab } of there) {
      await tab.page.goto('/');
      await signInAs(tab, username);
    }
  };
  const tabs = await openTabs();
  const takeAll = async (shots: readonly Shot[], there = tabs): Promise<void> => {
    for (const shot of shots.filter(isWanted)) {
      for (const { theme, tab } of there) await take(tab.page, shot, theme);
    }
  };
  const { strangers, members, owners } = shotsOf(demo.subjects);
  await takeAll(strangers);
  await signInTo(tabs, 'operator');
  await takeAll(members);
  const ownersTabs = await openTabs();
  await signInTo(ownersTabs, 'admin');
  await takeAll(owners, ownersTabs);
  for (const [name, failure] of Object.entries(failures)) {
    if (!isWanted({ name: `failure-${name}` })) continue;
    const { runId, heal } = await failure.make(await demo.failureStage());
    await takeAll([runShot(`failure-${name}`, runId)]);
    await heal();
  }
} finally {
  await browser?.close();
  await demo.stop();
}

async function take(page: Page, { name, path, ready }: Shot, theme: string): Promise<void> {
  await page.goto(path);
  try {
    await ready(page);
    await settled(page, path.startsWith('/w/'));
  } catch (cause) {
    // The other pictures are still worth having.
    process.exitCode = 1;
    const seen = await page.locator('body').ariaSnapshot();
    process.stderr.write(`${name} did not come: ${String(cause)}\nThe page shows:\n${seen}\n`);
    return;
  }
  const file = join(target, `${name}-${theme}.png`);
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  process.stdout.write(`${file}\n`);
}
