import type { Database } from '@signalbox/db/client/database';
import { claimRuns } from '@signalbox/db/commands/run/claim-runs';
import type { RunWrite } from '@signalbox/db/commands/run/run-write';
import { writeRuns } from '@signalbox/db/commands/run/write-runs';

type Said = Partial<Omit<RunWrite, 'runId' | 'epoch' | 'number'>>;

/** A worker that does what a test says, through the real commands. */
export interface PlayedRun {
  write(said: Said): Promise<void>;
}

export const finished = { kind: 'finish', result: { kind: 'done' }, output: null } as const;

/** Claims a run and hands it over to the test. */
export async function playRun(db: Database, workspaceId: string, runId: number): Promise<PlayedRun> {
  const claimant = { worker: 'played', leaseMs: 30_000 };
  const [run] = await db.inWorkspace(workspaceId, (tx) => claimRuns(tx, [runId], claimant));
  if (run === undefined) throw new Error(`Run ${runId} was not free.`);
  let number = 0;
  return {
    async write(said) {
      number += 1;
      const write: RunWrite = {
        runId,
        epoch: run.epoch,
        number,
        entries: [],
        counts: run.counts,
        progress: null,
        currentStep: null,
        steps: [],
        declared: [],
        results: [],
        end: null,
        ...said,
      };
      const [result] = await db.inWorkspace(workspaceId, (tx) => writeRuns(tx, [write], claimant.worker));
      if (result?.kind !== 'written') throw new Error(`A write was answered ${result?.kind}.`);
    },
  };
}

/** Plays a run of some items to its end: the given number fails. */
export async function playToEnd(
  db: Database,
  place: { readonly workspaceId: string; readonly runId: number },
  items: { readonly total: number; readonly failed: number },
): Promise<void> {
  const played = await playRun(db, place.workspaceId, place.runId);
  const declared = Array.from({ length: items.total }, (_, index) => ({
    position: index,
    key: `policy-${index}`,
    label: `Policy ${index}`,
  }));
  await played.write({ declared, counts: { total: items.total, succeeded: 0, failed: 0, skipped: 0 } });
  const fails = (index: number) => index < items.failed;
  await played.write({
    counts: { total: items.total, succeeded: items.total - items.failed, failed: items.failed, skipped: 0 },
    results: declared.map(({ key }, index) => ({
      key,
      outcome: fails(index) ? 'failed' : 'succeeded',
      ...(fails(index) && { error: { code: 'conflict', message: 'The live object differs.' } as const }),
    })),
    end: finished,
  });
}
