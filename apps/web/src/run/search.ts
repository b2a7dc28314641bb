import { type RunStatus, runStatuses } from '@signalbox/domain/run/lifecycle';
import * as z from 'zod/mini';
import { idSearch } from '../ui/tenant-search.ts';

const statusWords = new Set<string>(runStatuses);

/** Text that is a list of known statuses keeps those; anything else means no filter. */
function knownStatuses(value: unknown): string | undefined {
  const words = (Array.isArray(value) ? value : [value])
    .flatMap((one) => String(one ?? '').split(','))
    .filter((word) => statusWords.has(word));
  return words.length === 0 ? undefined : [...new Set(words)].join(',');
}

const text = z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(512))), undefined);

/** The runs list in the URL. Whatever cannot be understood counts as not said, so that no link can break the page. */
export const runsSearch = z.object({
  status: z.pipe(z.optional(z.unknown()), z.transform(knownStatuses)),
  operation: text,
  tenant: idSearch,
  connection: idSearch,
  by: z.catch(z.optional(z.literal('me')), undefined),
  cursor: z.catch(z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,512}$/))), undefined),
});
export type RunsSearch = z.infer<typeof runsSearch>;

export function statusesIn(search: Pick<RunsSearch, 'status'>): RunStatus[] {
  return runStatuses.filter((status) => search.status?.split(',').includes(status));
}

/** The filter without the place in the list: a changed filter always begins at the newest run. */
export function isFiltered(search: RunsSearch): boolean {
  return [search.status, search.operation, search.tenant, search.connection, search.by].some(
    (part) => part !== undefined,
  );
}

/** What the list asks the API for. */
export function listInput(search: RunsSearch) {
  return {
    ...(search.status === undefined ? {} : { status: search.status }),
    ...(search.operation === undefined ? {} : { operation: search.operation }),
    ...(search.tenant === undefined ? {} : { tenantId: Number(search.tenant) }),
    ...(search.connection === undefined ? {} : { connectionId: Number(search.connection) }),
    ...(search.by === undefined ? {} : { initiatedBy: search.by }),
    ...(search.cursor === undefined ? {} : { cursor: search.cursor }),
  };
}

/** The parts of a run, in the order of their tabs. */
export const runTabs = ['timeline', 'items', 'log', 'data', 'preview', 'audit', 'raw'] as const;
export type RunTab = (typeof runTabs)[number];

/** One run in the URL: which part is open, which items are shown. */
export const runSearch = z.object({
  tab: z.catch(z.optional(z.enum(runTabs)), undefined),
  outcome: z.catch(z.optional(z.enum(['succeeded', 'failed', 'skipped', 'remaining'])), undefined),
  level: z.catch(z.optional(z.enum(['warning', 'error'])), undefined),
  q: z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(200))), undefined),
});
export type RunSearch = z.infer<typeof runSearch>;
