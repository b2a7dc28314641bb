import type { WorkerTool } from '@signalbox/domain/connection/providers';
import { workerSilentMs } from '@signalbox/domain/observability/worker-state';
import { type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { interval } from '../../client/rows.ts';

/** Whether a worker that lives has a program, as part of a query. Without any worker nobody has it. */
export function toolThere(tool: SQL): SQL {
  return sql`exists (select from workers w where w.stopped_at is null
    and w.last_seen_at > now() - ${interval(workerSilentMs)} and ${tool} = any (w.tools))`;
}

/** Whether a worker that lives has a program. */
export async function isToolThere(tx: WorkspaceTransaction, tool: WorkerTool): Promise<boolean> {
  const [row] = await tx.query.execute<{ there: boolean }>(
    sql`select ${toolThere(sql`${tool}::text`)} as there`,
  );
  return row?.there === true;
}
