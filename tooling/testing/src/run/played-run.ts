import type { Database } from '@signalbox/db/client/database';
import { claimRuns } from '@signalbox/db/commands/run/claim-runs';
import type { LogChunk, RunWrite } from '@signalbox/db/commands/run/run-write';
import { writeRuns } from '@signalbox/db/commands/run/write-runs';

type Said = Partial<Omit<RunWrite, 'runId' | 'epoch' | 'number'>>;

/** A running run whose worker is the test: it writes what it is told through the real commands. */
export interface PlayedRun {
  write(said: Said): Promise<void>;
  /** Logs each text as a chunk of its own. */
  log(...texts: readonly string[]): Promise<void>;
  /** Ends the run, as far as its items let it. */
  finish(said?: Said): Promise<void>;
}

/** A chunk as a step of an operation would log it. */
export function logged(
  text: string,
  level: LogChunk['level'] = 'info',
  step: string | null = null,
): LogChunk {
  return { kind: 'log', level, step, text };
}

/** Claims a queued run under a long lease. No worker process may be alive that would claim it first. */
export async function playRun(db: Database, workspaceId: string, runId: number): Promise<PlayedRun> {
  const claimant = { worker: 'played', leaseMs: 120_000 };
  const [run] = await db.inWorkspace(workspaceId, (tx) => claimRuns(tx, [runId], claimant));
  if (run === undefined) throw new Error(`Run ${runId} was not free.`);
  let last: Said = { counts: run.counts };
  let number = 0;
  const write = async (said: Said): Promise<void> => {
    number += 1;
    const { counts = run.counts } = { ...last, ...said };
    last = { counts };
    const whole: RunWrite = {
      runId,
      epoch: run.epoch,
      number,
      entries: [],
      counts,
      progress: null,
      currentStep: null,
      steps: [],
      declared: [],
      results: [],
      end: null,
      ...said,
    };
    const [result] = await db.inWorkspace(workspaceId, (tx) => writeRuns(tx, [whole], claimant.worker));
    if (result?.kind !== 'written') throw new Error(`A write was answered ${result?.kind}.`);
  };
  return {
    write,
    log: (...texts) => write({ entries: texts.map((text) => logged(text)) }),
    finish: (said = {}) =>
      write({ ...said, end: { kind: 'finish', result: { kind: 'done' }, output: { backupSetId: 1 } } }),
  };
}
