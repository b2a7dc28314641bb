import type { Database } from '@signalbox/db/client/database';
import { createGroupCommit } from '@signalbox/db/client/group-commit';
import { LeaseLost, type RunWrite, type WriteResult } from '@signalbox/db/commands/run/run-write';
import { writeRuns } from '@signalbox/db/commands/run/write-runs';
import type { Announcer } from '../announcer.ts';
import type { JournalOutlet } from './journal.ts';

export interface OutletParts {
  readonly database: Database;
  readonly announcer: Announcer;
  /** Who writes, for the audit. */
  readonly worker: string;
}

/** The writes of all runs of this process, committed together where they arrive together. */
export function createOutlet({ database, worker, announcer }: OutletParts): JournalOutlet {
  const writes = createGroupCommit<RunWrite, WriteResult>({
    commit: (workspaceId, list) => database.inWorkspace(workspaceId, (tx) => writeRuns(tx, list, worker)),
  });
  return {
    send: (lease, write) => writes.add(lease.workspaceId, write),
    sendWith: (lease, write, work) =>
      database.inWorkspace(lease.workspaceId, async (tx) => {
        const [result = { kind: 'lease_lost' }] = await writeRuns(tx, [write], worker);
        if (result.kind === 'lease_lost') throw new LeaseLost(write.runId);
        return { result, value: await work(tx) };
      }),
    told: ({ workspaceId, runId }, eventSeq) => announcer.add({ w: workspaceId, r: runId, s: eventSeq }),
  };
}
