import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { type ReasonCode, reasonRule } from '@signalbox/domain/gate/reasons';
import type { EvidenceStatus } from '@signalbox/domain/onboarding/evidence';
import { isOnboardingTask, type OnboardingTask } from '@signalbox/domain/onboarding/tasks';
import type { SafeError } from '@signalbox/domain/run/safe-error';
import type { RunContext } from '../../executor/run-context.ts';

/** What a task that could be done to its end saw. */
export interface Seen {
  /** One plain sentence. */
  readonly message: string;
  /** Facts in codes, ids and counts; never a secret. */
  readonly payload: JsonObject;
  /** Left out: ok. */
  readonly status?: EvidenceStatus;
  /** Names why, where the status is not ok. */
  readonly reason?: ReasonCode;
}

/** Records what an onboarding task observed, at the latest with the end of the attempt. A run observes once. */
export async function observeSuccess(
  context: RunContext,
  taskType: OnboardingTask,
  seen: Seen,
): Promise<void> {
  const { message, payload, status = 'ok', reason = null } = seen;
  await context.deed({ kind: 'record_evidence', seen: { taskType, status, reason, message, payload } });
}

/** Records that the provider gave no answer, so that nothing is known; to be called only where no attempt follows. */
export async function observeUnknown(context: RunContext, taskType: OnboardingTask): Promise<void> {
  const reason = 'provider_unavailable';
  const seen = {
    taskType,
    status: 'unknown',
    reason,
    message: reasonRule(reason).text,
    payload: {},
  } as const;
  await context.deed({ kind: 'record_evidence', seen });
}

/**
 * Records why a task failed, for operations that are onboarding tasks; for others it does nothing. To be called only
 * where no further attempt follows: the first observation of a run is the one that stays.
 */
export async function observeFailure(
  context: RunContext,
  operation: string,
  { code, message, context: facts }: SafeError,
): Promise<void> {
  if (!isOnboardingTask(operation)) return;
  const seen = { taskType: operation, status: 'fail', reason: code, message, payload: { ...facts } } as const;
  await context.deed({ kind: 'record_evidence', seen });
}
