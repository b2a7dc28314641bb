import type { AppRouter } from '@signalbox/api/router';
import type { NextStep } from '@signalbox/contracts/gate/next-step';
import type { Reason } from '@signalbox/contracts/gate/reason';
import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import type { BootstrapView } from '@signalbox/contracts/onboarding/bootstrap-view';
import type { RunSummary } from '@signalbox/contracts/run/run-summary';
import type { EvidenceStatus } from '@signalbox/domain/onboarding/evidence';
import type { SessionStatus } from '@signalbox/domain/onboarding/session';
import type { OnboardingTask } from '@signalbox/domain/onboarding/tasks';
import type { createTRPCClient } from '@trpc/client';
import type { TRPCBuiltRouter, TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server';
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { queryClient, api as realApi, trpc as realTrpc } from '../client/api.ts';
import type { Values } from './draft-model.ts';

export interface TaskView {
  task: OnboardingTask;
  label: string;
  status: EvidenceStatus;
  reason?: Reason | undefined;
  message?: string | undefined;
  recordedAt?: string | undefined;
  lastRun?: RunSummary | undefined;
  activeRun?: RunSummary | undefined;
  nextSteps: NextStep[];
}
export interface SessionRowView {
  id: number;
  tenant: { id: number; externalId: string; name: string };
  connection?: { id: number; label: string } | undefined;
  status: SessionStatus;
  step: number;
  tasks: TaskView[];
  lock: { holder?: string; until?: string; mine: boolean; version: number };
  assignee?: { id: number; username: string } | undefined;
  updatedAt: string;
  createdAt: string;
  finishedAt?: string | undefined;
  stalled: boolean;
}
export interface SessionView extends SessionRowView {
  draft: Values;
  keptDraft?: Values | undefined;
  bootstrap?: BootstrapView | undefined;
}
export interface EvidenceRow {
  id: number;
  task: OnboardingTask;
  label: string;
  status: EvidenceStatus;
  reason?: Reason;
  message?: string;
  payload: Record<string, unknown>;
  runId?: number;
  sessionId?: number;
  connectionId?: number;
  recordedAt: string;
}
interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
type Q<I, O> = TRPCQueryProcedure<{ input: I; output: O; meta: object }>;
type M<I, O> = TRPCMutationProcedure<{ input: I; output: O; meta: object }>;
type Procs = {
  onboarding: {
    list: Q<
      { tenantId?: number; status?: SessionStatus; assigneeUserId?: number; limit?: number; cursor?: string },
      Page<SessionRowView>
    >;
    get: Q<{ id: number }, SessionView>;
    open: M<{ id: number }, SessionView>;
    update: M<{ id: number; lockVersion: number } & Record<string, unknown>, SessionView>;
    lock: M<{ id: number; takeover?: boolean; reason?: string }, SessionView>;
    release: M<{ id: number }, SessionView>;
    abandon: M<{ id: number; reason: string }, SessionView>;
    restoreDraft: M<{ id: number; lockVersion: number }, SessionView>;
    dismissDraft: M<{ id: number }, SessionView>;
    startTask: M<{ id: number; task: OnboardingTask }, StartOutcome>;
    bootstrap: M<{ id: number; operations: OnboardingTask[] }, SessionView>;
    evidence: Q<
      { tenantId: number; task?: OnboardingTask; limit?: number; cursor?: string },
      Page<EvidenceRow>
    >;
  };
};
type Root = AppRouter['_def']['_config']['$types'];
type Guess = TRPCBuiltRouter<Root, Procs>;
export const trpc = realTrpc as unknown as TRPCOptionsProxy<Guess> & typeof realTrpc;
export const api = realApi as unknown as ReturnType<typeof createTRPCClient<Guess>> & typeof realApi;
export { queryClient };
