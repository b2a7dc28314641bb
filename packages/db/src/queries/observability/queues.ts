import type { Principal } from '@signalbox/domain/access/principal';
import { and, eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { runs } from '../../schema/run.ts';
import { visibleTo } from '../run/get-run.ts';

/** Runs of one operation that wait, work, or went through lately. */
export interface QueueRecord {
  readonly operation: string;
  readonly depth: number;
  readonly retrying: number;
  /** Seconds the oldest run that may begin has waited; null when none may. */
  readonly oldestDueSeconds: number | null;
  readonly running: number;
  readonly begun: number;
  readonly ended: number;
  readonly failed: number;
}

/** More are not counted, so that a long backlog costs no more to look at than a short one. */
const mostCounted = 1_000;

/** What waits for workers, by operation, the oldest wait first; of the last five minutes what came and what went. */
export async function listQueues(tx: WorkspaceTransaction, principal: Principal): Promise<QueueRecord[]> {
  const here = and(eq(runs.workspaceId, tx.workspaceId), visibleTo(principal));
  const lately = sql`now() - interval '5 minutes'`;
  const columns = sql`${runs.operation} as operation, ${runs.status} as status, ${runs.waitCause} as cause, ${runs.wakeAt} as wake`;
  const rows = await tx.query.execute<{ [Key in keyof QueueRecord]: QueueRecord[Key] }>(sql`
    with queued as (
      select ${columns} from ${runs} where ${here} and ${runs.status} = 'queued' order by ${runs.wakeAt} limit ${mostCounted}
    ), running as (
      select ${columns} from ${runs} where ${here} and ${runs.status} = 'running' limit ${mostCounted}
    ), begun as (
      select ${columns} from ${runs} where ${here} and ${runs.createdAt} > ${lately}
      order by ${runs.createdAt} desc, ${runs.id} desc limit ${mostCounted}
    ), ended as (
      select ${columns} from ${runs} where ${here} and ${runs.finishedAt} > ${lately} limit ${mostCounted}
    ), all_of_them as (
      select 'queued' as part, * from queued union all select 'running', * from running
      union all select 'begun', * from begun union all select 'ended', * from ended
    )
    select operation,
      count(*) filter (where part = 'queued')::int as depth,
      count(*) filter (where part = 'queued' and cause in ('waiting_to_retry', 'throttled'))::int as retrying,
      extract(epoch from now() - min(wake) filter (where part = 'queued' and wake <= now()))::float8 as "oldestDueSeconds",
      count(*) filter (where part = 'running')::int as running,
      count(*) filter (where part = 'begun')::int as begun,
      count(*) filter (where part = 'ended')::int as ended,
      count(*) filter (where part = 'ended' and status in ('failed', 'partial'))::int as failed
    from all_of_them group by operation order by "oldestDueSeconds" desc nulls last, depth desc, operation`);
  return [...rows];
}
