import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { packagedChromium } from './packaged-chromium.ts';

interface Candidate {
  readonly executablePath: string;
  readonly args: string[];
  readonly env?: Record<string, string>;
}

/**
 * Launches a headless Chromium: one that is installed (the path in SIGNALBOX_TEST_BROWSER first), else the one
 * that comes with the dependencies. The caller closes it.
 * @throws Error naming every browser that was tried and why it did not start.
 */
export async function launchBrowser(): Promise<Browser> {
  const refusals: string[] = [];
  for (const executablePath of installedBrowsers()) {
    const browser = await tryLaunch({ executablePath, args: ['--disable-background-networking'] }, refusals);
    if (browser !== undefined) return browser;
  }
  const packaged = await packagedChromium();
  if (typeof packaged === 'string') refusals.push(packaged);
  else {
    const browser = await tryLaunch(packaged, refusals);
    if (browser !== undefined) return browser;
  }
  throw new Error(`no browser could be started:\n  ${refusals.join('\n  ')}`);
}

async function tryLaunch(candidate: Candidate, refusals: string[]): Promise<Browser | undefined> {
  try {
    return await chromium.launch({ ...candidate, timeout: 30_000 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    refusals.push(`${candidate.executablePath}: ${reason.split('\n').slice(0, 8).join('\n    ')}`);
    return undefined;
  }
}

/** Browsers that exist on this machine, in the order of trust. */
function installedBrowsers(): string[] {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath =
    process.platform === 'win32' ? [] : names.flatMap((name) => folders.map((dir) => join(dir, name)));
  const elsewhere = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const root = process.env[name];
    return root === undefined ? [] : [join(root, 'Google', 'Chrome', 'Application', 'chrome.exe')];
  });
  const paths = [
    process.env.SIGNALBOX_TEST_BROWSER ?? '',
    chromium.executablePath(),
    ...onPath,
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...elsewhere,
  ];
  return [...new Set(paths)].filter((path) => path !== '' && existsSync(path));
}
