import type { Principal } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import type { NextStepCode } from '@signalbox/domain/gate/next-steps';
import { isTerminal, type RunStatus } from '@signalbox/domain/run/lifecycle';
import { presentSteps } from '../presenters/gate/next-steps.ts';

interface RefusedRun {
  readonly id: number;
  readonly status: RunStatus;
}

/**
 * An action that the state of its run does not admit. What helps then is to look at the run as it is now, and where
 * it has ended to run it again; trying the same again later never does.
 */
export function refuseState(run: RefusedRun, principal: Principal, message: string): AppError {
  const codes: NextStepCode[] = isTerminal(run.status) ? ['open_this_run', 'replay'] : ['open_this_run'];
  const nextSteps = presentSteps(codes, principal, { runId: run.id }).map(
    ({ code, label, href, capability }) => ({
      code,
      label,
      ...(href !== undefined && { href }),
      ...(capability !== undefined && { capability }),
    }),
  );
  return new AppError({ code: 'conflict', message, nextSteps });
}
