import type { ContainmentKind } from '@signalbox/domain/observability/containment';
import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { interval } from '../../client/rows.ts';

/** A worker process as the registry knows it. */
export interface WorkerEntry {
  /** The name its queue jobs are locked under. */
  readonly poolId: string;
  /** The name its runs are leased under. */
  readonly name: string;
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  readonly slots: number;
  /** Programs it has that not every worker has. */
  readonly tools?: readonly string[];
  /** How it contains the commands it runs; absent where it runs none. */
  readonly containment?: ContainmentKind;
}

/** Says that a worker is alive. One that had been given up, for it was silent too long, is back with that. */
export async function workerSeen(db: Database, worker: WorkerEntry): Promise<void> {
  await db.asSystem((tx) =>
    tx.query.execute(sql`
      insert into workers (pool_id, name, host, pid, version, slots, tools, containment)
      values (${worker.poolId}, ${worker.name}, ${worker.host}, ${worker.pid}, ${worker.version}, ${worker.slots},
        array(select jsonb_array_elements_text(${JSON.stringify(worker.tools ?? [])}::jsonb)),
        ${worker.containment ?? null})
      on conflict (pool_id) do update set last_seen_at = now(), stopped_at = null`),
  );
}

/** Says that a worker has stopped, and gives back whatever jobs are still locked under its name. */
export async function workerStopped(db: Database, poolId: string): Promise<void> {
  await db.asSystem(async (tx) => {
    await tx.query.execute(sql`
      update workers set last_seen_at = now(), stopped_at = now() where pool_id = ${poolId}`);
    await tx.query.execute(sql`select queue_unlock_workers(array[${poolId}])`);
  });
}

/** Gives up workers unseen for three leases: their jobs go back to the queue. Answers their pool ids. */
export async function giveUpSilentWorkers(db: Database, leaseMs: number): Promise<string[]> {
  return db.asSystem(async (tx) => {
    const silent = await tx.query.execute<{ poolId: string }>(sql`
      update workers set stopped_at = now() where pool_id in (
        select pool_id from workers where stopped_at is null and last_seen_at < now() - ${interval(3 * leaseMs)}
        order by pool_id for update skip locked)
      returning pool_id as "poolId"`);
    const poolIds = silent.map((row) => row.poolId);
    for (const poolId of poolIds) await tx.query.execute(sql`select queue_unlock_workers(array[${poolId}])`);
    await tx.query.execute(sql`delete from workers where stopped_at < now() - interval '7 days'`);
    return poolIds;
  });
}
