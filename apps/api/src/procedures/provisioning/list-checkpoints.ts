import { listCheckpointsContract } from '@signalbox/contracts/provisioning/list-checkpoints';
import { listCheckpoints as readCheckpoints } from '@signalbox/db/queries/provisioning/checkpoints';
import { memberProcedure } from '../../access/procedures.ts';
import { openPage } from '../../page/open-page.ts';
import { presentCheckpoint } from '../../presenters/provisioning/checkpoint.ts';
import { wellFormed } from '../../trpc.ts';

/** Checkpoints of the workspace, newest first. */
export const listCheckpoints = memberProcedure('infra.read')
  .meta(listCheckpointsContract.meta)
  .use(wellFormed)
  .input(listCheckpointsContract.input)
  .output(listCheckpointsContract.output)
  .query(async ({ ctx, input }) => {
    const page = openPage(ctx, 'checkpoints', input);
    const { position } = page;
    const cursor = position && { createdAt: String(position[0]), id: Number(position[1]) };
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      readCheckpoints(tx, { cursor: cursor ?? null, limit: page.fetch }),
    );
    return page.close(rows, { present: presentCheckpoint, position: (row) => [row.exactAt, row.id] });
  });
