import type { Principal } from '@signalbox/domain/access/principal';
import { and, asc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';
import { runs } from '../../schema/run.ts';
import { type RunRecord, type RunWithPayload, selectRuns, selectRunsWithPayload } from './run-record.ts';

/** A run by the id of one dialect: the integer, or the uuid. */
export type RunId = { readonly id: number } | { readonly uid: string };

const matches = (key: RunId): SQL => ('id' in key ? eq(runs.id, key.id) : eq(runs.uid, key.uid));

/** The first wall; row-level security is the second. */
const here = (tx: WorkspaceTransaction): SQL => eq(runs.workspaceId, tx.workspaceId);

/** Narrows a query to runs of tenants the caller is entitled to; runs without a tenant are every member's. */
export function visibleTo(principal: Principal): SQL | undefined {
  if (principal.tenants === 'all') return undefined;
  return or(isNull(runs.tenantId), sql`${runs.tenantId} = any (${bigints(principal.tenants)})`);
}

/** The run, or null when it does not exist or the caller may not know that it does. */
export async function getRun(
  tx: WorkspaceTransaction,
  principal: Principal,
  key: RunId,
): Promise<RunWithPayload | null> {
  const rows = await selectRunsWithPayload(tx).where(and(here(tx), matches(key), visibleTo(principal)));
  return rows[0] ?? null;
}

/** Runs by id, for callers that already decided who may see them. */
export async function runsById(tx: WorkspaceTransaction, ids: readonly number[]): Promise<RunRecord[]> {
  return ids.length === 0 ? [] : selectRuns(tx).where(and(here(tx), sql`${runs.id} = any (${bigints(ids)})`));
}

/** Those of the given runs that the caller may see, oldest first. */
export async function visibleRuns(
  tx: WorkspaceTransaction,
  principal: Principal,
  ids: readonly number[],
): Promise<RunRecord[]> {
  if (ids.length === 0) return [];
  return selectRuns(tx)
    .where(and(here(tx), sql`${runs.id} = any (${bigints(ids)})`, visibleTo(principal)))
    .orderBy(asc(runs.id));
}
