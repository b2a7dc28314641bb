import { toFaults } from '@signalbox/contracts/problem/to-faults';
import { getCheckpointContract } from '@signalbox/contracts/provisioning/get-checkpoint';
import { uid } from '@signalbox/contracts/shape/ids';
import { getCheckpoint as readCheckpoint } from '@signalbox/db/queries/provisioning/checkpoints';
import { AppError } from '@signalbox/domain/error/app-error';
import { found, requireCapability } from '../../access/capability.ts';
import { given } from '../../access/given.ts';
import { presentCheckpoint } from '../../presenters/provisioning/checkpoint.ts';
import { callerProcedure, wellFormed } from '../../trpc.ts';

/** One checkpoint with what there was. */
export const getCheckpoint = callerProcedure
  .use(async ({ ctx, getRawInput, next }) => {
    const { principal } = ctx;
    const named = uid.safeParse(given(await getRawInput(), 'id'));
    const checkpoint = named.success
      ? found(await ctx.db.inWorkspace(principal.workspaceId, (tx) => readCheckpoint(tx, named.data)))
      : null;
    requireCapability(principal, 'infra.read');
    if (checkpoint === null) {
      const errors = named.error === undefined ? [] : toFaults(named.error, '/id');
      throw new AppError({ code: 'invalid_input', errors });
    }
    return next({ ctx: { checkpoint } });
  })
  .meta(getCheckpointContract.meta)
  .use(wellFormed)
  .input(getCheckpointContract.input)
  .output(getCheckpointContract.output)
  .query(({ ctx }) => ({ ...presentCheckpoint(ctx.checkpoint), content: ctx.checkpoint.content }));
