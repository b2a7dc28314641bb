import { parseSearch, stringifySearch } from '../app/search-codec.ts';
import { filterKeys, type RunsSearch, runsSearch } from '../run/runs-search.ts';

/** A view of the runs list that everybody has. */
export interface BuiltInView {
  readonly name: string;
  /** What it shows, in one sentence. */
  readonly note: string;
  readonly search: RunsSearch;
}

export const builtInViews: readonly BuiltInView[] = [
  { name: 'All', note: 'Every run you may see.', search: {} },
  { name: 'Mine', note: 'Runs you started.', search: { by: 'me' } },
  {
    name: 'Needs me',
    note: 'Runs you started that ended failed or partial within 24 hours.',
    search: { status: 'failed,partial', by: 'me', ended: '24h' },
  },
  {
    name: 'Failed 24 h',
    note: 'Runs that ended failed within 24 hours.',
    search: { status: 'failed', ended: '24h' },
  },
  { name: 'Running', note: 'Runs a worker is at work on.', search: { status: 'running' } },
  { name: 'Partial', note: 'Runs of which some items failed.', search: { status: 'partial' } },
];

/** The members of the search that make a view: what is shown and how, not where in the list one is. */
const viewKeys = [...filterKeys, 'cols', 'limit'] as const;

/** A search as a view keeps it. Relative ranges stay relative. */
export function viewSearchOf(search: RunsSearch): string {
  return stringifySearch(Object.fromEntries(viewKeys.map((key) => [key, search[key]])));
}

/** The search of a view, as far as this console understands it. */
export function searchOfView(text: string): RunsSearch {
  const read = runsSearch.parse(parseSearch(text));
  return Object.fromEntries(viewKeys.map((key) => [key, read[key]]));
}

/** Whether a search shows what a view shows. */
export function isView(search: RunsSearch, view: RunsSearch): boolean {
  return viewKeys.every((key) => search[key] === view[key]);
}
