import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import { type RestartOptions, restartRequest } from '@signalbox/db/commands/gate/restart-run';
import type { RunWithPayload } from '@signalbox/db/queries/run/run-record';
import type { Principal } from '@signalbox/domain/access/principal';
import type { AppContext } from '../context.ts';
import { refuseState } from './refuse-state.ts';
import { startNatively } from './start.ts';

type Caller = AppContext & { readonly principal: Principal; readonly run: RunWithPayload };

/**
 * Starts a run again through the gate, all of it or only its failed items.
 * @throws AppError conflict when the state of the run does not admit it
 */
export async function restart(
  ctx: Caller,
  options: Omit<RestartOptions, 'requestId'>,
): Promise<StartOutcome> {
  const { db, principal, run, requestId } = ctx;
  const asked = await restartRequest(db, { principal, run }, { ...options, requestId });
  if (asked.kind === 'wrong_state') throw refuseState(run, principal, asked.reason);
  return startNatively(ctx, { ...asked.request, context: { surface: ctx.surface } });
}
