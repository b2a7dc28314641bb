import type { Page } from 'playwright-core';
import type { Subjects } from './subjects.ts';

/** One view of the console: a route with a subject, and how to tell that it is really there. */
export interface ConsoleView {
  /** Names pictures and reports. */
  readonly name: string;
  /** The route as the router writes it. */
  readonly route: string;
  readonly path: (subjects: Subjects) => string;
  /** The heading. A blank or failed page has another one or none. */
  readonly heading: RegExp;
  /** Settles when what the view is about is on the page. */
  readonly ready: (page: Page) => Promise<unknown>;
  /** Whether the view is for people who are not signed in. */
  readonly signedOut?: true;
  /** Who can see it, where the operator cannot. */
  readonly as?: 'owner';
}

/** Settles when the main part shows exactly these words. */
export const words = (text: string | RegExp) => (page: Page) =>
  page.getByRole('main').getByText(text, { exact: true }).filter({ visible: true }).first().waitFor();

/** Settles when the page has the region of this name. */
export const region = (name: string) => (page: Page) =>
  page.getByRole('region', { name, exact: true }).waitFor();
