import { workerSilentMs } from '@signalbox/domain/observability/worker-state';
import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { interval } from '../../client/rows.ts';

/** What the database tells of the health of the installation, as far as it concerns a workspace. */
export interface SystemReadings {
  /** How long a look took, in milliseconds. */
  readonly databaseMs: number;
  readonly workersAlive: number;
  readonly versions: number;
  /** How long the oldest run of the workspace that is due has waited for a worker, in seconds; 0 with none. */
  readonly oldestDueSeconds: number;
}

/** Reads what health is judged by; null when the database gives no answer. */
export async function systemReadings(db: Database, workspaceId: string): Promise<SystemReadings | null> {
  const began = performance.now();
  try {
    return await db.inWorkspace(workspaceId, async (tx) => {
      const [row] = await tx.query.execute<{ alive: number; versions: number; oldest: number }>(sql`
        select
          (select count(distinct coalesce(name, pool_id))::int from workers
            where stopped_at is null and last_seen_at > now() - ${interval(workerSilentMs)}) as alive,
          (select count(distinct version)::int from workers
            where stopped_at is null and last_seen_at > now() - ${interval(workerSilentMs)}) as versions,
          (select coalesce(extract(epoch from now() - min(wake_at)), 0)::float8 from runs
            where workspace_id = ${tx.workspaceId} and status = 'queued' and wake_at <= now()) as oldest`);
      if (row === undefined) return null;
      const databaseMs = performance.now() - began;
      return {
        databaseMs,
        workersAlive: row.alive,
        versions: row.versions,
        oldestDueSeconds: Math.max(0, row.oldest),
      };
    });
  } catch {
    return null;
  }
}
