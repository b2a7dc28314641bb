import { getRunPreviewContract } from '@signalbox/contracts/backup/get-run-preview';
import { policiesOfItems, previewOf } from '@signalbox/db/queries/backup/restore-previews';
import { found } from '../../access/capability.ts';
import { runProcedure } from '../../access/procedures.ts';
import { presentPreview, presentPreviewItems } from '../../presenters/backup/restore-preview.ts';
import { wellFormed } from '../../trpc.ts';

/** What a preview run found, item by item. */
export const getRunPreview = runProcedure('backup.read')
  .meta(getRunPreviewContract.meta)
  .use(wellFormed)
  .input(getRunPreviewContract.input)
  .output(getRunPreviewContract.output)
  .query(({ ctx }) =>
    ctx.db.inWorkspace(ctx.principal.workspaceId, async (tx) => {
      const preview = found(await previewOf(tx, ctx.run.id));
      const policies = await policiesOfItems(tx, preview.setId);
      return { preview: presentPreview(preview), items: presentPreviewItems(preview, policies) };
    }),
  );
