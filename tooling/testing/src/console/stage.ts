import type { Browser } from 'playwright-core';
import { launchBrowser } from '../browser/chromium.ts';
import { type ConsoleTab, openTab, signInAs, type TabOptions } from '../system/open-console.ts';
import { startSystem, type TestSystem } from '../system/start-system.ts';
import { makeSubjects, type Subjects } from './subjects.ts';

/** How the console looks in a tab. */
export interface Look {
  readonly theme: 'light' | 'dark';
  readonly density: 'comfortable' | 'compact';
}

/** Looks that together show both themes and both densities: colours go by the theme alone, sizes by the density. */
export const looks: readonly Look[] = [
  { theme: 'light', density: 'comfortable' },
  { theme: 'dark', density: 'compact' },
];

/** One system with a history and one browser, for all tests of a file. */
export interface Stage {
  readonly system: TestSystem;
  readonly browser: Browser;
  readonly subjects: Subjects;
  /** A tab of nobody. */
  open(options?: TabOptions): Promise<ConsoleTab>;
  /** A tab of the operator, on the first page after the sign-in. */
  openSignedIn(options?: TabOptions & { readonly username?: string }): Promise<ConsoleTab>;
  close(): Promise<void>;
}

/** Error lines that come with every sign-in: a visitor is told by a 401 that nobody is signed in. */
const strangers = /status of 401 .*session\.me/;

/** Call it in `beforeAll` and `close()` in `afterAll`. */
export async function openStage(): Promise<Stage> {
  const system = await startSystem();
  const browser = await launchBrowser();
  const open = (options: TabOptions = {}): Promise<ConsoleTab> =>
    openTab(browser, system.url, { ...options, expected: [strangers, ...(options.expected ?? [])] });
  return {
    system,
    browser,
    subjects: await makeSubjects(system),
    open,
    openSignedIn: async ({ username = 'operator', ...options } = {}) => {
      const tab = await open(options);
      await tab.page.goto('/');
      await signInAs(tab, username);
      return tab;
    },
    close: async () => {
      await browser.close();
      await system.stop();
    },
  };
}

/** Context options and the stored choice that make a tab look so, before its first paint. */
export async function dress(tab: ConsoleTab, { theme, density }: Look): Promise<void> {
  const chosen = JSON.stringify({ theme, density });
  await tab.page
    .context()
    .addInitScript(`localStorage.setItem('signalbox.preferences', ${JSON.stringify(chosen)})`);
}

/** Changes how an open tab looks, the way a choice in another tab of the browser would. */
export async function redress({ page }: ConsoleTab, { theme, density }: Look): Promise<void> {
  const chosen = JSON.stringify(JSON.stringify({ theme, density }));
  await page.evaluate(`localStorage.setItem('signalbox.preferences', ${chosen});
    dispatchEvent(new StorageEvent('storage', { key: 'signalbox.preferences', newValue: ${chosen} }));`);
  await page.locator(`html[data-density=${density}]${theme === 'dark' ? '.dark' : ':not(.dark)'}`).waitFor();
}
