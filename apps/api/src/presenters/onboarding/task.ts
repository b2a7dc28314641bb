import type { OnboardingTaskSummary } from '@signalbox/contracts/onboarding/contract-shapes';
import type { TaskView } from '@signalbox/contracts/onboarding/session-view';
import type { TaskRecord } from '@signalbox/db/queries/onboarding/tasks';
import { holds, type Principal } from '@signalbox/domain/access/principal';
import { operationLabel } from '@signalbox/domain/gate/describe-start';
import { stepsFor } from '@signalbox/domain/gate/reasons';
import { taskStatus } from '@signalbox/domain/onboarding/evidence';
import { presentSteps } from '../gate/next-steps.ts';
import { presentReason } from '../gate/reason.ts';
import { presentRunSummary } from '../run/run-summary.ts';
import { optionalMoment } from '../time.ts';

/** Whose view, at which moment, and what the task is about. */
interface Around {
  readonly principal: Principal;
  readonly tenantId: number;
  readonly connectionId: number | null;
  readonly now: Date;
}

/** A task of the board. A step that leads to where it is shown is left out. */
export function presentTask(record: TaskRecord, { principal, now, ...objects }: Around): TaskView {
  const { task, evidence, lastRun, activeRun } = record;
  const { status, reason, message } = taskStatus(evidence, now);
  const codes = reason === null ? [] : stepsFor(reason, (capability) => holds(principal, capability));
  const runId = evidence?.runId ?? null;
  return {
    task,
    label: operationLabel(task),
    status,
    ...(reason !== null && { reason: presentReason(reason) }),
    ...(message !== null && { message }),
    ...optionalMoment('recordedAt', evidence?.recordedAt ?? null),
    ...(lastRun !== null && { lastRun: presentRunSummary(lastRun, now) }),
    ...(activeRun !== null && { activeRun: presentRunSummary(activeRun, now) }),
    nextSteps: presentSteps(
      codes.filter((code) => code !== 'open_onboarding' && code !== 'replay'),
      principal,
      { ...objects, runId, operation: task },
    ),
  };
}

/** The same in the words of the onboarding contract. */
export function presentTaskSummary(
  { task, evidence, lastRun, activeRun }: TaskRecord,
  now: Date,
): OnboardingTaskSummary {
  const { status, reason, message } = taskStatus(evidence, now);
  return {
    task_type: task,
    status,
    reason_code: reason,
    message,
    last_run_id: activeRun?.id ?? lastRun?.id ?? null,
  };
}
