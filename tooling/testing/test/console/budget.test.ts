import { expect, test } from 'vitest';
import { scriptsOfFirstRoute } from '../../src/console/first-route.ts';
import { consoleDirectory } from '../../src/system/console-directory.ts';

/** What a visit that begins there may cost on its way to the browser, bytes of gzipped JavaScript. */
const budgets = [
  // A visit begins with the sign-in, and goes on at the overview.
  ['sign-in-page', 170_000],
  ['overview-page', 170_000],
  // A link may lead straight into the list, with its windowed rows and its filter.
  ['runs-page', 195_000],
] as const;

test.each(budgets)('a visit that begins with the %s stays within %d bytes', (page, budget) => {
  const scripts = scriptsOfFirstRoute(consoleDirectory(), page);
  const total = scripts.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
  const list = scripts.map(({ name, gzipBytes }) => `${String(gzipBytes).padStart(8)}  ${name}`).join('\n');
  expect(total, `${page} loads ${total} bytes:\n${list}`).toBeLessThanOrEqual(budget);
  // The count means something only while the libraries are in it.
  expect(total).toBeGreaterThan(60_000);
});

test('what opens in front of a page is no part of the first visit', () => {
  const names = scriptsOfFirstRoute(consoleDirectory(), 'runs-page').map(({ name }) => name);
  for (const lazy of [
    'palette',
    'shortcut-sheet',
    'header-menus',
    'nav-drawer',
    'toast-viewport',
    'dialog',
  ]) {
    expect(names.filter((name) => name.startsWith(`${lazy}-`))).toEqual([]);
  }
});
