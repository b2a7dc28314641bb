import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anyFreePort } from '@signalbox/demo/port';
import { type RestClient, signIn } from '@signalbox/demo/rest-client';
import { makeThrowAwayDirectory } from '@signalbox/postgres-server/throw-away-directory';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../browser/chromium.ts';
import { readLines } from '../process/read-lines.ts';
import { openTab, signInAs } from '../system/open-console.ts';
import { type Shot, type Subjects, shotsOf, signInShot } from './shots.ts';

/**
 * Takes the pictures of the console that the documentation shows, in both themes, on a demo of its own with its
 * history: `pnpm run docs:pictures`.
 */
const root = fileURLToPath(new URL('../../../..', import.meta.url));
const target = join(root, 'docs', 'console');
const place = makeThrowAwayDirectory();
const port = await anyFreePort();
const url = `http://localhost:${port}`;
const demo = spawn(process.execPath, [join(root, 'tooling', 'demo', 'src', 'start.ts')], {
  cwd: root,
  env: { ...process.env, PORT: String(port), SIGNALBOX_DATA_DIR: place.home },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let browser: Browser | undefined;
try {
  await readLines(demo).waitForLine(/^Signalbox is ready/, 180_000);
  browser = await launchBrowser();
  const subjects = await findSubjects(await signIn(url, 'operator', 'signalbox-demo'));
  for (const theme of ['light', 'dark'] as const) {
    const tab = await openTab(browser, url, { colorScheme: theme, deviceScaleFactor: 1 });
    await take(tab.page, signInShot, theme);
    await signInAs(tab, 'operator');
    for (const shot of shotsOf(subjects)) await take(tab.page, shot, theme);
    await tab.close();
  }
} finally {
  await browser?.close();
  await stop(demo);
  await place.close();
}

async function take(page: Page, { name, path, ready }: Shot, theme: string): Promise<void> {
  await page.goto(path);
  await ready(page);
  if (path.startsWith('/w/')) await page.getByRole('banner').getByText('Live', { exact: true }).waitFor();
  await page.waitForLoadState('load');
  await page.evaluate('document.fonts.ready');
  const file = join(target, `${name}-${theme}.png`);
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  process.stdout.write(`${file}\n`);
}

async function findSubjects(operator: RestClient): Promise<Subjects> {
  const first = async (query: string): Promise<number> => {
    const { items } = await operator.get<{ items: { id: number }[] }>(query);
    if (items[0] === undefined) throw new Error(`The demo has nothing at ${query}.`);
    return items[0].id;
  };
  const tenants = await operator.get<{ items: { id: number; externalId: string }[] }>('/v1/tenants');
  const blockedTenant = tenants.items.find(({ externalId }) => externalId === 'fabrikam')?.id ?? 0;
  return {
    partialRun: await first('/v1/runs?status=partial'),
    runningRun: await first('/v1/runs?status=running'),
    blockedTenant,
    connection: await first(`/v1/connections?tenantId=${blockedTenant}`),
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
