import type { ProviderRunDetail } from '@signalbox/contracts/provider-dispatch/run-detail';
import type { RunStatus } from '@signalbox/domain/run/lifecycle';

type Words = Required<Pick<ProviderRunDetail, 'executionStatus' | 'outcome'>>;

/** The states of a run in the two words of the provider-dispatch contract. */
const words: Readonly<Record<RunStatus, Words>> = {
  pending: { executionStatus: 'queued', outcome: null },
  queued: { executionStatus: 'queued', outcome: null },
  running: { executionStatus: 'running', outcome: null },
  awaiting_approval: { executionStatus: 'running', outcome: null },
  succeeded: { executionStatus: 'completed', outcome: 'succeeded' },
  partial: { executionStatus: 'completed', outcome: 'partially_succeeded' },
  failed: { executionStatus: 'completed', outcome: 'failed' },
  cancelled: { executionStatus: 'completed', outcome: 'cancelled' },
  rejected: { executionStatus: 'completed', outcome: 'blocked' },
  expired: { executionStatus: 'completed', outcome: 'blocked' },
  vetoed: { executionStatus: 'completed', outcome: 'blocked' },
};

/** How far a run has come, and what it came to. */
export function dispatchWords(status: RunStatus): Words {
  return words[status];
}
