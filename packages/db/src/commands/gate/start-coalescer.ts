import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { createGroupCommit } from '../../client/group-commit.ts';
import type { StartResult } from './start-runs.ts';

/** Hands a list of starts of one workspace to the gate; see `startRuns`. */
export type StartBatch = (workspaceId: string, requests: readonly StartRequest[]) => Promise<StartResult[]>;

/** Starts one thing; resolves when the transaction that decided it has committed. */
export type StartOne = (request: StartRequest) => Promise<StartResult>;

/** Starts that share one transaction at most. */
export const largestBatch = 100;

/**
 * Lets starts that arrive while another commits share the next commit, workspace by workspace. One bad start fails
 * alone, so that nobody is refused for somebody else's; the gate itself tells twins of one list apart.
 */
export function coalesceStarts(startBatch: StartBatch): StartOne {
  const starts = createGroupCommit<StartRequest, StartResult>({ commit: startBatch, largest: largestBatch });
  return (request) => starts.add(request.principal.workspaceId, request);
}
