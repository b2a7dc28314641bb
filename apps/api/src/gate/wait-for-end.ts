import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@signalbox/db/client/database';
import { runsById } from '@signalbox/db/queries/run/get-run';
import type { RunRecord } from '@signalbox/db/queries/run/run-record';

const firstLookMs = 50;
const lookCapMs = 1_000;

/** What is waited for, and how long at most. */
export interface AwaitedEnd {
  readonly workspaceId: string;
  readonly runId: number;
  readonly withinMs: number;
}

/**
 * The run once it has ended, or as it is when the time is over or the caller has gone; null when there is none. Waiting
 * holds no connection: the run is looked at now and then.
 */
export async function waitForEnd(
  db: Database,
  { workspaceId, runId, withinMs }: AwaitedEnd,
  signal: AbortSignal | undefined,
): Promise<RunRecord | null> {
  const until = performance.now() + withinMs;
  for (let next = firstLookMs; ; next = Math.min(lookCapMs, next * 1.5)) {
    const [run] = await db.inWorkspace(workspaceId, (tx) => runsById(tx, [runId]));
    const left = until - performance.now();
    if (run === undefined || run.finishedAt !== null || left <= 0 || signal?.aborted) return run ?? null;
    await delay(Math.min(next, left), undefined, signal && { signal }).catch(() => undefined);
  }
}
