import { isKnownAction } from '@signalbox/domain/observability/audit-actions';
import * as z from 'zod/mini';
import { rangeMs } from '../run/relative-range.ts';
import { idSearch } from '../ui/tenant-search.ts';

/** Text that is one of a kind; anything else counts as not said. */
function known(isKnown: (text: string) => boolean) {
  return z.catch(z.optional(z.string().check(z.refine(isKnown))), undefined);
}

const dayMs = 86_400_000;
const day = known((text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)));
const short = known((text) => text.length > 0 && text.length <= 200 && !/\p{Cc}/u.test(text));

/** The kinds of things one can narrow the log to, in the words of the page. */
export const objectKinds: readonly (readonly [kind: string, label: string])[] = [
  ['run', 'Run'],
  ['tenant', 'Tenant'],
  ['connection', 'Connection'],
  ['backup_set', 'Backup set'],
  ['bulk_action', 'Bulk action'],
  ['member', 'Member'],
  ['user', 'Account'],
  ['invitation', 'Invitation'],
  ['api_key', 'API key'],
  ['saved_view', 'View'],
  ['workspace', 'Workspace'],
];

/** The audit log in the URL. Other pages link here with these names. */
export const auditSearch = z.object({
  /** Written within: `24h`, `7d`. Stays relative; without it `from` and `to` count. */
  last: known((text) => rangeMs(text) !== null),
  /** Days in UTC, both included. */
  from: day,
  to: day,
  actor: short,
  action: known(isKnownAction),
  kind: known((text) => objectKinds.some(([kind]) => kind === text)),
  /** The id of a thing of `kind`. */
  object: short,
  /** The entry that is open. */
  entry: idSearch,
  cursor: known((text) => /^[A-Za-z0-9_.-]{1,512}$/.test(text)),
});
type Parsed = z.infer<typeof auditSearch>;
export type AuditSearch = { [K in keyof Parsed]?: Parsed[K] | undefined };

/** Whether anything narrows the log. */
export function isNarrowed({ cursor: _, entry: __, ...filter }: AuditSearch): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

/** What the page asks the API for. `now` is what `last` is counted from, ms. */
export function auditInput(search: AuditSearch, now: number) {
  const { last, from, to, actor, action, kind, object, cursor } = search;
  const ms = last === undefined ? null : rangeMs(last);
  const run = kind === 'run' && object !== undefined && /^[1-9]\d{0,8}$/.test(object) ? Number(object) : null;
  return {
    limit: 50,
    ...(ms !== null && { from: new Date(now - ms).toISOString() }),
    ...(ms === null && from !== undefined && { from: `${from}T00:00:00.000Z` }),
    ...(ms === null && to !== undefined && { to: new Date(Date.parse(to) + dayMs).toISOString() }),
    ...(actor !== undefined && { actor }),
    ...(action !== undefined && { action }),
    // Everything that was done to a run, also by deeds whose object is something else.
    ...(run !== null && { runId: run }),
    ...(run === null &&
      kind !== undefined && { objectKind: kind, ...(object !== undefined && { objectId: object }) }),
    ...(cursor !== undefined && { cursor }),
  };
}
