import type { GivenSelection } from '@signalbox/contracts/bulk/bulk-selection';
import { entityId } from '@signalbox/contracts/shape/ids';
import { type BulkSelection, chosenRuns } from '@signalbox/db/queries/plan/chosen-runs';
import type { Principal } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import type { Json, JsonObject } from '@signalbox/domain/gate/canonical';
import { bulkCapability, isBulkAction, largestBulk } from '@signalbox/domain/plan/bulk-action';
import { requireCapability } from '../../access/capability.ts';
import { given, givenText } from '../../access/given.ts';
import { callerProcedure } from '../../trpc.ts';
import { runFilterOf } from '../run/run-filter.ts';

/**
 * The beginning of an operation on a selection of runs: each named run must be visible (404), and the caller must
 * hold the capability of the action (403), before the body is judged.
 */
export const selectionProcedure = callerProcedure.use(async ({ ctx, getRawInput, next }) => {
  const { principal } = ctx;
  const raw = await getRawInput();
  const runIds = givenRunIds(raw);
  if (runIds.length > 0) {
    const seen = await ctx.db.inWorkspace(principal.workspaceId, (tx) =>
      chosenRuns(tx, principal, { kind: 'ids', runIds }),
    );
    if (seen.length < runIds.length) throw new AppError({ code: 'not_found' });
  }
  const action = givenText(raw, 'action') ?? '';
  requireCapability(principal, isBulkAction(action) ? bulkCapability(action) : 'run.read');
  return next();
});

/** The well-formed ids among those named; too many to be taken are told by the schema. */
function givenRunIds(raw: unknown): number[] {
  const named = given(given(raw, 'selection'), 'runIds');
  if (!Array.isArray(named) || named.length > largestBulk) return [];
  return [...new Set(named.filter((id) => entityId.safeParse(id).success).map(Number))];
}

/** What a selection means for a caller. */
export function selectionOf(selection: GivenSelection, principal: Principal): BulkSelection {
  const { runIds, filter } = selection;
  if (filter !== undefined) return { kind: 'filter', filter: runFilterOf(filter, principal) };
  return { kind: 'ids', runIds: [...new Set(runIds)] };
}

/** The selection as it is kept for people: the form it is given in, and the caller by name. */
export function writtenSelection(selection: GivenSelection, principal: Principal): JsonObject {
  const { runIds, filter } = selection;
  if (filter === undefined) return { runIds: [...new Set(runIds)] };
  const members = Object.entries(filter).flatMap(([name, value]): [string, Json][] => {
    if (value === undefined) return [];
    if (name === 'initiatedBy' && value === 'me') return [[name, principal.username]];
    return [[name, Array.isArray(value) ? value.join(',') : (value as Json)]];
  });
  return { filter: Object.fromEntries(members) };
}
