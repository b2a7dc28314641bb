import { contractListCheckpointsContract } from '@signalbox/contracts/provisioning/contract-list-checkpoints';
import { listCheckpoints } from '@signalbox/db/queries/provisioning/checkpoints';
import { memberProcedure } from '../../access/procedures.ts';
import { presentContractCheckpoint } from '../../presenters/provisioning/checkpoint.ts';
import { wellFormed } from '../../trpc.ts';

/** As many as one answer lists; the contract has no pages. */
const newest = 100;

/** The newest checkpoints, in the words of the provisioning contract. */
export const contractListCheckpoints = memberProcedure('infra.read')
  .meta(contractListCheckpointsContract.meta)
  .use(wellFormed)
  .input(contractListCheckpointsContract.input)
  .output(contractListCheckpointsContract.output)
  .query(async ({ ctx }) => {
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      listCheckpoints(tx, { cursor: null, limit: newest }),
    );
    return { success: true, data: rows.map(presentContractCheckpoint) };
  });
