import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { interval } from '../../client/rows.ts';
import { enqueueRuns } from './hand-back.ts';

/** What a sweep mended, and what it could not. */
export interface Swept {
  /** Runs for which a worker was woken. */
  readonly woken: number;
  readonly failures: readonly {
    readonly workspaceId: string;
    readonly runId: number;
    readonly error: unknown;
  }[];
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

/** Wakes a worker for each run whose lease has expired. */
export async function sweepExpired(db: Database): Promise<Swept> {
  const expired = await db.asSystem((tx) =>
    tx.query.execute<RunAddress>(sql`
      select workspace_id as "workspaceId", run_id as "runId" from system_expired_leases(${pageSize})`),
  );
  return mend(db, expired, 'expired');
}

/** Wakes a worker for queued runs that are due and have lost their job; `next` is where the next sweep goes on. */
export async function sweepLostJobs(
  db: Database,
  { leaseMs, from }: { readonly leaseMs: number; readonly from: DueCursor },
): Promise<Swept & { readonly next: DueCursor }> {
  const { lost, next } = await lostJobs(db, leaseMs, from);
  return { ...(await mend(db, lost, 'due')), next };
}

/**
 * Looks at each run again under its row lock, skips it while another process holds it, and mends it in a transaction
 * of its own: one that cannot be mended is reported and stops nothing.
 */
async function mend(db: Database, found: readonly RunAddress[], still: 'expired' | 'due'): Promise<Swept> {
  const failures: Swept['failures'][number][] = [];
  let woken = 0;
  for (const { workspaceId, runId } of found) {
    try {
      if (await wake(db, { workspaceId, runId: Number(runId) }, still)) woken += 1;
    } catch (error) {
      failures.push({ workspaceId, runId: Number(runId), error });
    }
  }
  return { woken, failures };
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
