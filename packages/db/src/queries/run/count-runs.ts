import type { Principal } from '@signalbox/domain/access/principal';
import { type RunStatus, runStatuses } from '@signalbox/domain/run/lifecycle';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { runs } from '../../schema/run.ts';
import { planForValues, type RunFilter, runsMeant } from './run-filter.ts';

/** Up to how many matches are counted one by one before the planner's estimate is asked for. */
const mostExact = 1_000;

export interface StatusCount {
  readonly status: RunStatus;
  readonly count: number;
  /** The cap was reached: there are more. */
  readonly more: boolean;
}

/** How many runs of each status match the rest of the filter, each counted no further than `cap`. */
export async function countByStatus(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: { readonly filter: RunFilter; readonly cap: number },
): Promise<StatusCount[]> {
  await planForValues(tx);
  const rest: RunFilter = { ...ask.filter, statuses: undefined };
  const counts: StatusCount[] = [];
  for (const status of runStatuses) {
    const found = await countUpTo(
      tx,
      and(runsMeant(tx, principal, rest), eq(runs.status, status)),
      ask.cap + 1,
    );
    counts.push({ status, count: Math.min(found, ask.cap), more: found > ask.cap });
  }
  return counts;
}

/** How many runs match: exactly while they are few, else as the planner estimates it. */
export async function countMeant(
  tx: WorkspaceTransaction,
  principal: Principal,
  filter: RunFilter,
): Promise<{ readonly count: number; readonly exact: boolean }> {
  await planForValues(tx);
  const meant = runsMeant(tx, principal, filter);
  const found = await countUpTo(tx, meant, mostExact + 1);
  if (found <= mostExact) return { count: found, exact: true };
  const question = tx.query.select({ id: runs.id }).from(runs).where(meant);
  const [row] = await tx.query.execute<{ 'QUERY PLAN': readonly { Plan: { 'Plan Rows': number } }[] }>(
    sql`explain (format json) ${question}`,
  );
  const estimate = row?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
  return { count: Math.max(found, Math.round(estimate)), exact: false };
}

async function countUpTo(
  tx: WorkspaceTransaction,
  condition: SQL | undefined,
  most: number,
): Promise<number> {
  const some = tx.query.select({ id: runs.id }).from(runs).where(condition).limit(most).as('some');
  const [row] = await tx.query.select({ found: sql<number>`count(*)::int` }).from(some);
  return row?.found ?? 0;
}
