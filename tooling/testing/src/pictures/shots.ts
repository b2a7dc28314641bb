import type { Page } from 'playwright-core';

/** The runs and things of the demo's history that the pictures show. */
export interface Subjects {
  readonly partialRun: number;
  readonly runningRun: number;
  readonly blockedTenant: number;
  readonly connection: number;
}

/** One picture: where it is taken, and what must be on the page before. */
export interface Shot {
  readonly name: string;
  readonly path: string;
  ready(page: Page): Promise<unknown>;
}

/** The picture of the page that needs nobody signed in. */
export const signInShot: Shot = {
  name: 'sign-in',
  path: '/sign-in',
  ready: (page) => page.getByRole('region', { name: 'This is a demo. Sign in as' }).waitFor(),
};

/** The pictures of the pages behind the sign-in, in the order in which they are taken. */
export function shotsOf({ partialRun, runningRun, blockedTenant, connection }: Subjects): Shot[] {
  const text = (words: string) => (page: Page) =>
    page.getByRole('main').getByText(words, { exact: true }).first().waitFor();
  return [
    {
      name: 'runs',
      path: '/w/ws-default/runs',
      ready: (page) => page.getByRole('row', { name: /Restore policies/ }).waitFor(),
    },
    { name: 'run-partial', path: `/w/ws-default/runs/${partialRun}`, ready: text('Partial') },
    {
      name: 'run-running',
      path: `/w/ws-default/runs/${runningRun}?tab=log`,
      // Slow on purpose, and worth waiting for: a bar that has not begun to grow shows little. The sentence comes after
      // the counts, so where it has come they agree.
      ready: (page) =>
        page.getByText(/^Running: read policies, (1[2-9]|[2-9]\d) of 100\.$/).waitFor({ timeout: 120_000 }),
    },
    {
      name: 'start-blocked',
      path: `/w/ws-default/start?operation=snapshot_capture&tenant=${blockedTenant}`,
      ready: text('Blocked'),
    },
    {
      name: 'connection',
      path: `/w/ws-default/connections/${connection}`,
      ready: (page) => page.getByRole('region', { name: 'Permissions' }).waitFor(),
    },
  ];
}
