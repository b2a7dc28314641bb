import type { Edited } from '@signalbox/db/commands/onboarding/editor';
import type { SessionRecord } from '@signalbox/db/queries/onboarding/sessions';
import { holds, type Principal } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import { type ReasonCode, stepsFor } from '@signalbox/domain/gate/reasons';
import { presentSteps } from '../../presenters/gate/next-steps.ts';

/**
 * The session after a change.
 * @throws AppError with the reason, when it was refused; 409 on the wire
 */
export function edited(result: Edited, principal: Principal, tenantId: number): SessionRecord {
  if (result.kind === 'done') return result.session;
  const { reason, message } = result;
  const codes =
    reason === 'conflict'
      ? (['open_onboarding'] as const)
      : stepsFor(reason satisfies ReasonCode, (capability) => holds(principal, capability));
  const nextSteps = presentSteps(codes, principal, { tenantId }).map(({ code, label, href, capability }) => ({
    code,
    label,
    ...(href !== undefined && { href }),
    ...(capability !== undefined && { capability }),
  }));
  if (reason === 'conflict') throw new AppError({ code: 'conflict', message, nextSteps });
  throw new AppError({ code: 'start_refused', reason, message, nextSteps });
}
