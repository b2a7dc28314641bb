import { isKnownAction } from '@signalbox/domain/observability/audit-actions';
import { rangeMs } from '../run/relative-range.ts';
import type { AuditSearch } from './audit-search.ts';

const dayMs = 86_400_000;

/** The action that is asked for; one that there is not counts as not said. */
export function actionOf({ action }: AuditSearch): string | undefined {
  return action !== undefined && isKnownAction(action) ? action : undefined;
}

/** Whether anything narrows the log. */
export function isNarrowed(search: AuditSearch): boolean {
  const { cursor: _, entry: __, ...filter } = { ...search, action: actionOf(search) };
  return Object.values(filter).some((value) => value !== undefined);
}

/** What the page asks the API for. `now` is what `last` is counted from, ms. */
export function auditInput(search: AuditSearch, now: number) {
  const { last, from, to, actor, kind, object, cursor } = search;
  const action = actionOf(search);
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
