import * as z from 'zod/mini';
import { rangeMs } from '../run/relative-range.ts';
import { idSearch } from '../ui/tenant-search.ts';

/** Text that is one of a kind; anything else counts as not said. */
function known(isKnown: (text: string) => boolean) {
  return z.catch(z.optional(z.string().check(z.refine(isKnown))), undefined);
}

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
  /** One that there is: the page sees to that, since the table of them is no part of a first visit. */
  action: known((text) => /^[a-z_]{1,50}\.[a-z_]{1,50}$/.test(text)),
  kind: known((text) => objectKinds.some(([kind]) => kind === text)),
  /** The id of a thing of `kind`. */
  object: short,
  /** The entry that is open. */
  entry: idSearch,
  cursor: known((text) => /^[A-Za-z0-9_.-]{1,512}$/.test(text)),
});
type Parsed = z.infer<typeof auditSearch>;
export type AuditSearch = { [K in keyof Parsed]?: Parsed[K] | undefined };
