import type { RunEventBody } from '@signalbox/domain/run/events';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { appendNumberedEvents, type NumberedEvent } from './append-events.ts';
import { appendLog, type NumberedLog } from './append-log.ts';
import { applyDeeds } from './apply-deeds.ts';
import { type Fence, fenceRuns } from './fenced-write.ts';
import { type FinishedRun, finishRuns } from './finish-runs.ts';
import { type HandedBack, handBackRuns } from './hand-back.ts';
import { declareItems, recordItems } from './record-items.ts';
import { recordSteps } from './record-steps.ts';
import type { RunEntry, RunWrite, WriteResult } from './run-write.ts';

/**
 * Commits what workers write for a list of runs of one workspace, in one transaction. A write whose lease is lost
 * leaves no trace and does not disturb its neighbours. Answers stand in the order of the writes, and no run may
 * appear twice.
 */
export async function writeRuns(
  tx: WorkspaceTransaction,
  writes: readonly RunWrite[],
  worker: string,
): Promise<WriteResult[]> {
  // Always the same order of locks, whatever the order in which runs got their turn.
  const ordered = [...writes].sort((a, b) => a.runId - b.runId);
  const fences = await fenceRuns(tx, ordered);
  const open = ordered.filter((write) => fences.get(write.runId)?.kind === 'open');
  const { events, logs } = number(open, fences);
  await appendNumberedEvents(tx, events);
  await appendLog(tx, logs);
  await recordSteps(tx, open);
  await declareItems(tx, open);
  await recordItems(tx, await applyDeeds(tx, open));
  const { finished, handed } = endings(open, fences);
  const ends = await finishRuns(tx, finished, worker);
  const backs = await handBackRuns(tx, handed);
  return writes.map(({ runId }) => {
    const fence = fences.get(runId) ?? { kind: 'lease_lost' };
    if (fence.kind !== 'open') return fence;
    const { cancelRequested } = fence;
    const end = ends.get(runId);
    if (end !== undefined) return { kind: 'written', cancelRequested, ...end };
    const eventSeq = backs.get(runId);
    const status = eventSeq === undefined ? 'running' : 'queued';
    return {
      kind: 'written',
      cancelRequested,
      status,
      eventSeq: eventSeq ?? fence.eventSeq,
      freedScopes: [],
    };
  });
}

type Fences = ReadonlyMap<number, Fence>;

/** Gives every entry its number: the fence raised the sequence by as many as there are. */
function number(
  writes: readonly RunWrite[],
  fences: Fences,
): { events: NumberedEvent[]; logs: NumberedLog[] } {
  const events: NumberedEvent[] = [];
  const logs: NumberedLog[] = [];
  for (const { runId, entries } of writes) {
    const fence = fences.get(runId);
    const firstSeq = (fence?.kind === 'open' ? fence.eventSeq : 0) - entries.length + 1;
    for (const [index, entry] of entries.entries()) {
      const seq = firstSeq + index;
      events.push({ runId, seq, event: asEvent(entry) });
      if (entry.kind === 'log') logs.push({ runId, seq, chunk: entry });
    }
  }
  return { events, logs };
}

function asEvent(entry: RunEntry): RunEventBody {
  if (entry.kind !== 'log') return entry;
  return { kind: 'log', data: { level: entry.level, ...(entry.step !== null && { step: entry.step }) } };
}

/** A run that would wait although a cancel was asked for ends at once instead. */
function endings(
  writes: readonly RunWrite[],
  fences: Fences,
): { finished: FinishedRun[]; handed: HandedBack[] } {
  const finished: FinishedRun[] = [];
  const handed: HandedBack[] = [];
  for (const write of writes) {
    const { end } = write;
    const fence = fences.get(write.runId);
    const cancelRequested = fence?.kind === 'open' && fence.cancelRequested;
    if (end === null) continue;
    if (end.kind === 'finish') finished.push({ write, end, cancelRequested });
    else if (!cancelRequested) handed.push({ write, end });
    else {
      const stopped = { kind: 'finish', result: { kind: 'stopped' }, output: null } as const;
      finished.push({ write, end: stopped, cancelRequested });
    }
  }
  return { finished, handed };
}
