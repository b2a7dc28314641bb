import type { QuotaFacts } from '@signalbox/domain/gate/start-facts';
import { runLimit } from '@signalbox/domain/workspace/tiers';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';

/** The quota in the month of the database's clock. */
export interface QuotaNow extends QuotaFacts {
  readonly now: Date;
}

/** What the workspace of the transaction has used in this month, and what it may; without a row of its own nothing. */
export async function quotaNow(tx: WorkspaceTransaction): Promise<QuotaNow> {
  const [row] = await tx.query.execute<{ now: string; period: string; current: number; tier: string }>(sql`
    select now() as now, to_char(m.period, 'YYYY-MM-DD') as period, w.tier,
      coalesce((select u.runs from usage_periods u
        where u.workspace_id = w.id and u.period = m.period), 0) as current
    from workspaces w cross join (select date_trunc('month', now() at time zone 'UTC')::date as period) m
    where w.id = ${tx.workspaceId}`);
  if (row === undefined) throw new Error('The workspace of the transaction is not there.');
  const { period, current, tier } = row;
  return { period, current, limit: runLimit(tier), now: new Date(row.now) };
}
