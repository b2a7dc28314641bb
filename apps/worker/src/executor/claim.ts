import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@signalbox/db/client/database';
import { createGroupCommit } from '@signalbox/db/client/group-commit';
import { isTransient } from '@signalbox/db/client/transient';
import { type ClaimedRun, claimRuns } from '@signalbox/db/commands/run/claim-runs';
import type { LeaseClock } from './lease.ts';

/** With the waits between them some seconds in all; then the sweeper sees to it. */
const tries = 6;

export interface ClaimParts extends LeaseClock {
  readonly database: Database;
  /** The name under which this process claims. */
  readonly worker: string;
}

/** A claimed run, and the monotonic time before its claim was sent. */
export interface Claimed {
  readonly run: ClaimedRun;
  readonly since: number;
}

/**
 * Claims runs, those that arrive together in one commit, and again while the database is away. Null when the run is
 * not to be had. If a claim whose reply was lost did commit, its lease has to expire.
 */
export function createClaim(
  parts: ClaimParts,
): (workspaceId: string, runId: number) => Promise<Claimed | null> {
  const { database, worker, leaseMs, now } = parts;
  const claims = createGroupCommit<number, ClaimedRun | undefined>({
    commit: async (workspaceId, runIds) => {
      const claimed = await database.inWorkspace(workspaceId, (tx) =>
        claimRuns(tx, runIds, { worker, leaseMs }),
      );
      return runIds.map((id) => claimed.find((run) => run.id === id));
    },
  });
  return async (workspaceId, runId) => {
    for (let attempt = 1; ; attempt++) {
      const since = now();
      try {
        const run = await claims.add(workspaceId, runId);
        return run === undefined ? null : { run, since };
      } catch (error) {
        if (attempt === tries || !isTransient(error)) throw error;
        await delay(Math.random() * 50 * 2 ** attempt);
      }
    }
  };
}
