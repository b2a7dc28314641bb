import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A tab of the console that remembers what went wrong in it. */
export interface ConsoleTab {
  readonly page: Page;
  /**
   * Errors of the page's scripts, error lines of its console and everything the security policy refused, in their
   * order, without the expected ones.
   */
  readonly faults: readonly string[];
  /** How many documents were loaded; navigation inside the console loads none. */
  readonly loads: () => number;
  close(): Promise<void>;
}

/** How a tab differs from a plain one. */
export interface TabOptions extends BrowserContextOptions {
  /** Error lines that belong to the test. */
  readonly expected?: readonly RegExp[];
}

const tellRefusals = `document.addEventListener('securitypolicyviolation', (event) =>
  console.error('refused by the policy: ' + event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample));`;

/** Opens a tab on `url` with cookies of its own. Every wait in it ends after 20 seconds. */
export async function openTab(browser: Browser, url: string, options: TabOptions = {}): Promise<ConsoleTab> {
  const { expected = [], ...rest } = options;
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 }, ...rest });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  // Reported by the page itself, since not every refusal leaves a line in the console.
  await page.addInitScript({ content: tellRefusals });
  const faults: string[] = [];
  const note = (fault: string): void => {
    if (!expected.some((pattern) => pattern.test(fault))) faults.push(fault);
  };
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  page.on('pageerror', (error) => note(`page error: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') note(`console: ${message.text()} (${message.location().url})`);
  });
  return { page, faults, loads: () => loads, close: () => context.close() };
}

/** Signs in by one click on an account of the demo, on the page that asks for it. */
export async function signInAs({ page }: ConsoleTab, username: string): Promise<void> {
  const accounts = page.getByRole('region', { name: 'This is a demo. Sign in as' });
  await accounts.getByRole('button', { name: new RegExp(`^${username}\\b`) }).click();
  // On a narrow screen the places are in a drawer; the bar above every page is always there.
  await page.getByRole('banner').waitFor();
}
