import type { Run } from '@signalbox/contracts/run/run';
import type { RunRecord } from '@signalbox/db/queries/run/run-record';
import { isTerminal } from '@signalbox/domain/run/lifecycle';

/**
 * Where the time went until now. Ended phases are stored; the present one is added here by the same rule: a queued
 * run waits until its wake time, from then on it only lacks a worker.
 */
export function phases(record: RunRecord, now: Date): Run['phases'] {
  const { queuedMs, waitingMs, executingMs, phaseSince, status, wakeAt } = record;
  const since = phaseSince.getTime();
  const end = Math.max(now.getTime(), since);
  if (isTerminal(status)) return { queuedMs, waitingMs, executingMs };
  if (status === 'running') return { queuedMs, waitingMs, executingMs: executingMs + end - since };
  if (status !== 'queued') return { queuedMs, waitingMs: waitingMs + end - since, executingMs };
  const woken = Math.min(end, Math.max(wakeAt.getTime(), since));
  return { queuedMs: queuedMs + end - woken, waitingMs: waitingMs + woken - since, executingMs };
}
