import type { Page } from 'playwright-core';
import type { ConsoleView } from '../console/console-view.ts';
import { consoleViews } from '../console/routes.ts';
import type { Subjects } from '../console/subjects.ts';

/** The things of the demo's history that only pictures show. */
export interface PictureSubjects extends Subjects {
  readonly runningRun: number;
}

/** One picture: where it is taken, and what must be on the page before. */
export interface Shot {
  readonly name: string;
  readonly path: string;
  ready(page: Page): Promise<unknown>;
}

/** The pictures of all views by who can see them, and of two runs that the tests have no view of. */
export function shotsOf(subjects: PictureSubjects): { strangers: Shot[]; members: Shot[]; owners: Shot[] } {
  const shot = (view: ConsoleView): Shot => ({
    name: view.name,
    path: view.path(subjects),
    ready: async (page) => {
      await page.getByRole('main').getByRole('heading', { name: view.heading }).first().waitFor();
      await view.ready(page);
    },
  });
  return {
    strangers: consoleViews.filter(({ signedOut }) => signedOut).map(shot),
    members: [
      ...consoleViews.filter(({ signedOut, as }) => !signedOut && as === undefined).map(shot),
      ...runShots(subjects),
    ],
    owners: consoleViews.filter(({ as }) => as === 'owner').map(shot),
  };
}

/** The page of one run as it opens by itself. */
export function runShot(name: string, runId: number): Shot {
  return {
    name,
    path: `/w/ws-default/runs/${runId}`,
    ready: (page) => page.getByRole('region', { name: 'What is happening, what next' }).waitFor(),
  };
}

function runShots({ partialRun, runningRun }: PictureSubjects): Shot[] {
  return [
    runShot('run-partial', partialRun),
    {
      name: 'run-running',
      path: `/w/ws-default/runs/${runningRun}`,
      // Slow on purpose, and worth waiting for: a bar that has not begun to grow shows little. The sentence comes after
      // the counts, so where it has come they agree.
      ready: (page) =>
        page
          .getByText(/^Running: .*, (1[2-9]|[2-9]\d) of 100/)
          .first()
          .waitFor({ timeout: 120_000 }),
    },
  ];
}
