import { createCheckpointContract } from '@signalbox/contracts/provisioning/create-checkpoint';
import { memberProcedure } from '../../access/procedures.ts';
import { presentCheckpoint } from '../../presenters/provisioning/checkpoint.ts';
import { wellFormed } from '../../trpc.ts';
import { makeCheckpoint } from './make-checkpoint.ts';

/** Makes a checkpoint. */
export const createCheckpoint = memberProcedure('checkpoint.create')
  .meta(createCheckpointContract.meta)
  .use(wellFormed)
  .input(createCheckpointContract.input)
  .output(createCheckpointContract.output)
  .mutation(async ({ ctx, input }) => {
    const checkpoint = await makeCheckpoint(ctx, createCheckpointContract.meta, input);
    ctx.reply.created(`/v1/checkpoints/${checkpoint.uid}`);
    return presentCheckpoint(checkpoint);
  });
