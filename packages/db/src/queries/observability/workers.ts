import type { Principal } from '@signalbox/domain/access/principal';
import { type WorkerState, workerState } from '@signalbox/domain/observability/worker-state';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { workers } from '../../schema/observability.ts';
import { runs } from '../../schema/run.ts';
import { visibleTo } from '../run/get-run.ts';

/** A worker process with what it does for this workspace, as far as the caller may see. */
export interface WorkerRecord {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  readonly slots: number;
  /** Programs it has that not every worker has. */
  readonly tools: readonly string[];
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  readonly stoppedAt: Date | null;
  readonly state: WorkerState;
  readonly runs: readonly {
    readonly id: number;
    readonly operation: string;
    readonly tenant: string | null;
  }[];
}

/** Workers that are gone are forgotten after a week; a busy installation has no more than this many to show. */
const mostWorkers = 200;

const order: readonly WorkerState[] = ['alive', 'unknown', 'stopped'];

/**
 * The workers of the installation, those that are alive first. They serve every workspace, so the registry belongs to
 * none; their runs are only those of this workspace that the caller may see.
 */
export async function listWorkers(
  tx: WorkspaceTransaction,
  principal: Principal,
): Promise<{ readonly now: Date; readonly workers: WorkerRecord[] }> {
  const name = sql<string>`coalesce(${workers.name}, ${workers.poolId})`;
  // A process that had to open its pool anew has an entry for each; the newest is what it is.
  const entries = tx.query
    .selectDistinctOn([name], {
      id: name.as('id'),
      host: workers.host,
      pid: workers.pid,
      version: workers.version,
      slots: workers.slots,
      tools: workers.tools,
      startedAt: workers.startedAt,
      lastSeenAt: workers.lastSeenAt,
      stoppedAt: workers.stoppedAt,
      now: sql<string>`now()`.as('now'),
    })
    .from(workers)
    .orderBy(name, sql`${workers.stoppedAt} desc nulls first`, desc(workers.lastSeenAt))
    .as('entries');
  const known = await tx.query
    .select()
    .from(entries)
    .orderBy(sql`${entries.stoppedAt} desc nulls first`, desc(entries.lastSeenAt))
    .limit(mostWorkers);
  const busy = await tx.query
    .select({
      id: runs.id,
      operation: runs.operation,
      worker: runs.leaseWorker,
      tenant: sql<string | null>`(select t.name from tenants t
        where t.workspace_id = "runs"."workspace_id" and t.id = "runs"."tenant_id")`,
    })
    .from(runs)
    // Said literally, so that the planner knows how few there are; put in order here, so that no index of ids is walked.
    .where(and(eq(runs.workspaceId, tx.workspaceId), sql`${runs.status} = 'running'`, visibleTo(principal)));
  busy.sort((a, b) => a.id - b.id);
  const now = new Date(known[0]?.now ?? Date.now());
  const listed = known.map(
    ({ now: _, ...entry }): WorkerRecord => ({
      ...entry,
      state: workerState(entry, now),
      runs: busy.flatMap(({ worker, ...run }) => (worker === entry.id ? [run] : [])),
    }),
  );
  return { now, workers: listed.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state)) };
}
