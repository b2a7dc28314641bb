import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { taskRuns } from '../../schema/run.ts';

/** How long so many units of provisioning usually take, in whole seconds; null without earlier work to tell by. */
export async function usualSeconds(tx: WorkspaceTransaction, units: number): Promise<number | null> {
  const [row] = await tx.query.execute<{ perUnit: number | null }>(sql`
    select percentile_cont(0.5) within group (order by r.executing_ms::float8 / r.total) as "perUnit"
    from (
      select executing_ms, total from runs
      where workspace_id = ${tx.workspaceId} and status = 'succeeded' and total > 0
        and ${taskRuns}
      order by created_at desc, id desc limit 20) as r`);
  return row?.perUnit == null ? null : Math.ceil((row.perUnit * units) / 1_000);
}
