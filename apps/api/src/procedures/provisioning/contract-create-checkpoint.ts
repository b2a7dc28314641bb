import { contractCreateCheckpointContract } from '@signalbox/contracts/provisioning/contract-create-checkpoint';
import { memberProcedure } from '../../access/procedures.ts';
import { wellFormed } from '../../trpc.ts';
import { makeCheckpoint } from './make-checkpoint.ts';

/** Makes a checkpoint, in the words of the provisioning contract. */
export const contractCreateCheckpoint = memberProcedure('checkpoint.create')
  .meta(contractCreateCheckpointContract.meta)
  .use(wellFormed)
  .input(contractCreateCheckpointContract.input)
  .output(contractCreateCheckpointContract.output)
  .mutation(async ({ ctx, input }) => {
    const { uid } = await makeCheckpoint(ctx, contractCreateCheckpointContract.meta, input);
    return { success: true, data: uid };
  });
