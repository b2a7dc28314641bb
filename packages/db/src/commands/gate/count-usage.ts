import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import type { DecidedStart } from './start-runs.ts';

/**
 * Counts the accepted starts that count against the quota, in the transaction that admits them. The row is the one
 * that every start of the workspace wants, so it is taken last and held for as short as can be. No row means that
 * others used up the quota since the facts were read.
 */
export async function countUsage(
  tx: WorkspaceTransaction,
  decided: readonly DecidedStart[],
): Promise<'counted' | 'race_lost'> {
  const counted = decided.filter(
    ({ decision, start }) => decision.kind === 'accepted' && start.rule.countsQuota,
  );
  const quota = counted[0]?.loaded.facts.quota;
  if (quota === undefined || quota === null) return 'counted';
  const raised = await tx.query.execute(sql`
    insert into usage_periods as u (workspace_id, period, runs)
    values (${tx.workspaceId}, ${quota.period}::date, ${counted.length})
    on conflict (workspace_id, period) do update set runs = u.runs + excluded.runs
      where u.runs + excluded.runs <= ${quota.limit}
    returning runs`);
  return raised.length === 0 ? 'race_lost' : 'counted';
}
