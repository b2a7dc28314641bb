import { activeStatuses } from '@signalbox/domain/run/lifecycle';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { taskRuns } from '../../schema/run.ts';

/** How many workflows of provisioning a workspace has: tasks and batches. */
export interface WorkflowCounts {
  readonly total: number;
  readonly active: number;
  readonly completed: number;
  readonly failed: number;
}

/** Counts the tasks and batches of the workspace. What was cancelled is neither completed nor failed. */
export async function workflowCounts(tx: WorkspaceTransaction): Promise<WorkflowCounts> {
  const active = JSON.stringify(activeStatuses);
  const [row] = await tx.query.execute<{
    total: number;
    active: number;
    completed: number;
    failed: number;
  }>(sql`
    select count(*)::int as total, count(*) filter (where state = 'active')::int as active,
      count(*) filter (where state = 'completed')::int as completed,
      count(*) filter (where state = 'failed')::int as failed
    from (
      select case when status = any (array(select jsonb_array_elements_text(${active}::jsonb))) then 'active'
        when status = 'succeeded' then 'completed' when status in ('partial', 'failed', 'vetoed') then 'failed' end as state
      from runs where workspace_id = ${tx.workspaceId} and ${taskRuns}
      union all
      select case status when 'working' then 'active' when 'aborted' then null else status end
      from plans where workspace_id = ${tx.workspaceId} and kind = 'batch'
    ) as workflows`);
  return row ?? { total: 0, active: 0, completed: 0, failed: 0 };
}
