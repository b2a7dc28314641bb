import type { Page } from 'playwright-core';
import type { ConsoleTab } from '../system/open-console.ts';
import type { ConsoleView } from './console-view.ts';
import type { Subjects } from './subjects.ts';

/**
 * Opens a view and waits until it is really there: its heading, its subject, its fonts, the live stream.
 * @throws Error with the page as a screen reader has it, when the view does not come
 */
export async function arrive(tab: ConsoleTab, view: ConsoleView, subjects: Subjects): Promise<void> {
  const { page } = tab;
  const path = view.path(subjects);
  try {
    await page.goto(path);
    await page.getByRole('main').getByRole('heading', { name: view.heading }).first().waitFor();
    await view.ready(page);
    await settled(page, path.startsWith('/w/'));
  } catch (cause) {
    const seen = await page.locator('body').ariaSnapshot();
    throw new Error(`${view.name} (${path}) did not come; the page shows:\n${seen}`, { cause });
  }
}

/** Waits until nothing of the page is on its way: parts, fonts, and where there is a shell, the stream. */
export async function settled(page: Page, shell: boolean): Promise<void> {
  if (shell) await page.getByRole('banner').getByText('Live', { exact: true }).waitFor();
  // Also while it is not to be seen yet: a skeleton comes a moment late.
  await page.locator('[role=status][aria-label=Loading]').first().waitFor({ state: 'detached' });
  await page.waitForLoadState('load');
  await page.evaluate('document.fonts.ready');
}
