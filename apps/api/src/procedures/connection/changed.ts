import type { ConnectionRecord } from '@signalbox/db/queries/connection/connections';
import type { Principal } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import type { NextStepCode } from '@signalbox/domain/gate/next-steps';
import { presentConnection } from '../../presenters/connection/connection.ts';
import { presentSteps } from '../../presenters/gate/next-steps.ts';

/**
 * The connection after a change.
 * @throws AppError not_found when it is gone
 */
export function changed(connection: ConnectionRecord | 'gone') {
  if (connection === 'gone') throw new AppError({ code: 'not_found' });
  return presentConnection(connection, new Date());
}

/** A change that the state of the connection does not admit, with what this caller can do instead. */
export function refuseConnection(
  connectionId: number,
  principal: Principal,
  refusal: { readonly message: string; readonly steps: readonly NextStepCode[] },
): AppError {
  const { message, steps } = refusal;
  const nextSteps = presentSteps(steps, principal, { connectionId }).map(
    ({ code, label, href, capability }) => ({
      code,
      label,
      ...(href !== undefined && { href }),
      ...(capability !== undefined && { capability }),
    }),
  );
  return new AppError({ code: 'conflict', message, nextSteps });
}
