import { type ReasonCode, reasons } from '@signalbox/domain/gate/reasons';
import { isOperation } from '@signalbox/domain/operation/registry';
import * as z from 'zod/mini';
import { rangeMs } from '../run/relative-range.ts';
import { idSearch } from '../ui/tenant-search.ts';

/** Text that is one of a kind; anything else counts as not said. */
function known(isKnown: (text: string) => boolean) {
  return z.catch(z.optional(z.string().check(z.refine(isKnown))), undefined);
}

/** The list of refused starts in the URL. Other pages link here with these names. */
export const refusalsSearch = z.object({
  /** Refused within: `24h`, `7d`. Stays relative. */
  last: known((text) => rangeMs(text) !== null),
  /** Refused on this day in UTC or later: `2026-03-01`. */
  since: known((text) => /^2\d{3}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))),
  operation: known(isOperation),
  tenant: idSearch,
  outcome: z.catch(z.optional(z.enum(['blocked', 'scope_busy'])), undefined),
  /** A code of the reason catalogue. */
  reason: known((text) => Object.hasOwn(reasons, text)),
  cursor: known((text) => /^[A-Za-z0-9_.-]{1,512}$/.test(text)),
});
type Parsed = z.infer<typeof refusalsSearch>;
export type RefusalsSearch = { [K in keyof Parsed]?: Parsed[K] | undefined };

/** Whether anything narrows the list. */
export function isNarrowed({ cursor: _, ...filter }: RefusalsSearch): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

/** What the page asks the API for. `now` is what `last` is counted from, ms. */
export function refusalsInput(search: RefusalsSearch, now: number) {
  const ms = search.last === undefined ? null : rangeMs(search.last);
  // Of two bounds the later one is the narrower.
  const bounds = [
    ...(ms === null ? [] : [now - ms]),
    ...(search.since === undefined ? [] : [Date.parse(search.since)]),
  ];
  return {
    limit: 50,
    ...(bounds.length > 0 && { since: new Date(Math.max(...bounds)).toISOString() }),
    ...(search.operation !== undefined && { operation: search.operation }),
    ...(search.tenant !== undefined && { tenantId: Number(search.tenant) }),
    ...(search.outcome !== undefined && { outcome: search.outcome }),
    ...(search.reason !== undefined && { reason: search.reason as ReasonCode }),
    ...(search.cursor !== undefined && { cursor: search.cursor }),
  };
}
