import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import type { BootstrapOutcome } from '@signalbox/contracts/onboarding/start-bootstrap';
import { holds } from '@signalbox/domain/access/principal';
import { stepsFor } from '@signalbox/domain/gate/reasons';
import type { BootstrapAnswer, StatedOutcome } from '../../gate/start-bootstrap.ts';
import { presentSteps } from '../gate/next-steps.ts';
import { presentReason } from '../gate/reason.ts';
import { presentStartOutcome } from '../gate/start-outcome.ts';
import { presentRunSummary } from '../run/run-summary.ts';
import { type BootstrapAround, presentBootstrap, runUnderWay } from './bootstrap.ts';

/** What a bootstrap was answered, in the native words. */
export function presentBootstrapOutcome(answer: BootstrapAnswer, around: BootstrapAround): BootstrapOutcome {
  const { said, acceptedOperation, pendingOperations, bootstrap } = answer;
  return {
    ...(said.kind === 'decided' ? presentStartOutcome(said, around.now) : stated(said, answer, around)),
    acceptedOperation,
    pendingOperations: [...pendingOperations],
    ...(bootstrap !== null && { bootstrap: presentBootstrap(bootstrap, around) }),
  };
}

function stated(
  { outcome, operation, reason, message }: StatedOutcome,
  { bootstrap }: BootstrapAnswer,
  { principal, tenantId, now }: BootstrapAround,
): StartOutcome {
  const run = bootstrap && runUnderWay(bootstrap);
  const steps = stepsFor(reason, (capability) => holds(principal, capability));
  return {
    outcome,
    message,
    reason: presentReason(reason),
    nextSteps: presentSteps(steps, principal, { tenantId, operation, runId: run?.id }),
    ...(run && { run: presentRunSummary(run, now) }),
  };
}
