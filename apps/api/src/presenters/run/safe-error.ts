import type { Run } from '@signalbox/contracts/run/run';
import type { Principal } from '@signalbox/domain/access/principal';
import { holds } from '@signalbox/domain/access/principal';
import { stepsFor } from '@signalbox/domain/gate/reasons';
import type { SafeError } from '@signalbox/domain/run/safe-error';
import { presentSteps, type StepObjects } from '../gate/next-steps.ts';
import { knownReason } from '../gate/reason.ts';

type PresentedError = NonNullable<Run['safeError']>;

/** Why a run did not succeed, with what this caller can do about it. */
export function presentSafeError(
  error: SafeError,
  principal: Principal,
  objects: StepObjects,
): PresentedError {
  const code = knownReason(error.code);
  const steps = code === null ? [] : stepsFor(code, (capability) => holds(principal, capability));
  return {
    code: error.code,
    message: error.message,
    nextSteps: presentSteps(
      steps.filter((step) => step !== 'open_run'),
      principal,
      objects,
    ),
    ...(error.context !== undefined && { context: { ...error.context } }),
  };
}
