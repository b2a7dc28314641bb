import type { RestClient } from '@signalbox/demo/rest-client';
import type { Browser, Locator, Page } from 'playwright-core';
import { type ConsoleTab, openTab, signInAs } from '../system/open-console.ts';
import type { TestSystem } from '../system/start-system.ts';
import { waitUntil } from '../wait-until.ts';

/** A run as a list shows it, as far as tests of a start read it. */
export interface RunRow {
  readonly id: number;
  readonly operation: string;
  readonly parentRunId?: number;
}

/** The runs there are, newest first. */
export async function listRuns(client: RestClient, query = ''): Promise<RunRow[]> {
  return (await client.get<{ items: RunRow[] }>(`/v1/runs?limit=50${query}`)).items;
}

/** Ends every run that is active, so that each test begins with free scopes. */
export async function freeScopes(system: TestSystem, client: RestClient): Promise<void> {
  const active = () => listRuns(client, '&status=queued,running');
  await system.control.clearFaults();
  for (const { id } of await active()) await client.post(`/v1/runs/${id}/cancel`, {});
  await waitUntil('no run is active', active, { until: (runs) => runs.length === 0 });
}

/** Starts a run on contoso over REST that stays at work for as long as the test looks on. */
export async function holdScope(system: TestSystem, client: RestClient, operation: string): Promise<number> {
  await system.control.addFault({ match: { tenant: 'contoso' }, times: 1_000_000, delayMs: 500 });
  const tenantId = system.tenantId('contoso');
  const { status, body } = await client.post<{ run?: RunRow }>('/v1/runs', { operation, tenantId });
  if (body.run === undefined) throw new Error(`${operation} was answered ${status}`);
  return body.run.id;
}

/** The start page with its parts, as a person finds them. */
export interface StartPage {
  readonly tab: ConsoleTab;
  readonly page: Page;
  readonly verdict: Locator;
  readonly answer: Locator;
  readonly gate: Locator;
  open(search: string): Promise<void>;
  /** Waits for the plate of the verdict. */
  foretold(word: string): Promise<void>;
  submit(name: string): Promise<void>;
}

interface StartPageOptions {
  readonly username?: string;
  /** Error lines that belong to the test, besides refusals. */
  readonly expected?: readonly RegExp[];
}

/** Signs a person in; the start page is opened by `open`. The caller closes the tab. */
export async function openStart(
  browser: Browser,
  system: TestSystem,
  { username = 'operator', expected = [] }: StartPageOptions = {},
): Promise<StartPage> {
  const tab = await openTab(browser, system.url, { expected: [/status of 40[01] /, ...expected] });
  const { page } = tab;
  await page.goto('/');
  await signInAs(tab, username);
  const verdict = page.getByRole('region', { name: 'If you start it now' });
  const gate = page.getByRole('complementary');
  return {
    tab,
    page,
    verdict,
    gate,
    answer: page.getByRole('region', { name: 'The gate answered' }),
    open: async (search) => {
      await page.goto(`/w/ws-default/start${search}`);
    },
    foretold: (word) => verdict.getByText(word, { exact: true }).waitFor(),
    submit: (name) => gate.getByRole('button', { name, exact: true }).click(),
  };
}

/** An input in the address of the start page. */
export function inputSearch(value: unknown): string {
  return `&input=${encodeURIComponent(JSON.stringify(value))}`;
}
