import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { interval } from '../../client/rows.ts';
import { enqueueRuns } from './hand-back.ts';

/** What one sweep mended, and what it could not. */
export interface Swept {
  /** Runs whose lease had expired: a worker was woken for each. */
  readonly expired: number;
  /** Queued runs that were due and had lost their job. */
  readonly requeued: number;
  readonly failures: readonly {
    readonly workspaceId: string;
    readonly runId: number;
    readonly error: unknown;
  }[];
  /** Where the next sweep goes on through the queued runs. */
  readonly next: DueCursor;
}

/** A place in the list of queued runs. */
export interface DueCursor {
  /** ISO 8601, or `-infinity` for the beginning. */
  readonly wakeAt: string;
  readonly runId: number;
}

export const fromTheStart: DueCursor = { wakeAt: '-infinity', runId: 0 };

interface RunAddress extends Record<string, unknown> {
  readonly workspaceId: string;
  readonly runId: string;
}

const pageSize = 500;

/**
 * Wakes workers for runs that nobody works on though somebody should. Each run is looked at again under its row
 * lock, skipped while another process holds it, and mended in a transaction of its own: one that cannot be mended
 * is reported and stops nothing.
 */
export async function sweep(
  db: Database,
  { leaseMs, from }: { readonly leaseMs: number; readonly from: DueCursor },
): Promise<Swept> {
  const failures: Swept['failures'][number][] = [];
  const mend = async (found: readonly RunAddress[], still: 'expired' | 'due'): Promise<number> => {
    let mended = 0;
    for (const { workspaceId, runId } of found) {
      try {
        if (await wake(db, { workspaceId, runId: Number(runId) }, still)) mended += 1;
      } catch (error) {
        failures.push({ workspaceId, runId: Number(runId), error });
      }
    }
    return mended;
  };
  const expired = await db.asSystem((tx) =>
    tx.query.execute<RunAddress>(sql`
      select workspace_id as "workspaceId", run_id as "runId" from system_expired_leases(${pageSize})`),
  );
  return { expired, requeued, failures, next };
}

/** A page of queued runs that are overdue, less those whose job will still wake somebody. */
async function lostJobs(
  db: Database,
  leaseMs: number,
  from: DueCursor,
): Promise<{ lost: RunAddress[]; next: DueCursor }> {
  return db.asSystem(async (tx) => {
    const due = await tx.query.execute<RunAddress & { wakeAt: string }>(sql`
      select workspace_id as "workspaceId", run_id as "runId", wake_at::text as "wakeAt"
      from system_due_runs(${interval(leaseMs / 2)}, ${from.wakeAt}::timestamptz, ${from.runId}, ${pageSize})`);
    const keys = `{${due.map((run) => `"run:${run.runId}"`).join(',')}}`;
    const present = await tx.query.execute<{ key: string }>(sql`
      select key from queue_present_keys(${keys}::text[], ${interval(leaseMs)}) as key`);
    const known = new Set(present.map((row) => row.key));
    const last = due.at(-1);
    const whole = due.length < pageSize || last === undefined;
    const next = whole ? fromTheStart : { wakeAt: last.wakeAt, runId: Number(last.runId) };
    return { lost: due.filter((run) => !known.has(`run:${run.runId}`)), next };
  });
}

async function wake(
  db: Database,
  { workspaceId, runId }: { readonly workspaceId: string; readonly runId: number },
  still: 'expired' | 'due',
): Promise<boolean> {
  const condition =
    still === 'expired'
      ? sql`status = 'running' and lease_expires_at < now()`
      : sql`status = 'queued' and wake_at < now()`;
  return db.inWorkspace(workspaceId, async (tx) => {
    const found = await tx.query.execute(sql`
      select id from runs where workspace_id = ${workspaceId} and id = ${runId} and ${condition}
      for update skip locked`);
    if (found.length === 0) return false;
    await enqueueRuns(tx, [runId]);
    return true;
  });
}
