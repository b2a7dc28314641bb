import { listRestorePreviewsContract } from '@signalbox/contracts/backup/list-restore-previews';
import { listPreviews } from '@signalbox/db/queries/backup/restore-previews';
import { memberProcedure } from '../../access/procedures.ts';
import { idCursor } from '../../page/name-cursor.ts';
import { openPage } from '../../page/open-page.ts';
import { presentPreview } from '../../presenters/backup/restore-preview.ts';
import { wellFormed } from '../../trpc.ts';

/** Succeeded previews a restore could use, newest first. */
export const listRestorePreviews = memberProcedure('backup.read')
  .meta(listRestorePreviewsContract.meta)
  .use(wellFormed)
  .input(listRestorePreviewsContract.input)
  .output(listRestorePreviewsContract.output)
  .query(async ({ ctx, input }) => {
    const page = openPage(ctx, 'restore-previews', input);
    const ask = { tenantId: input.tenantId, before: idCursor(page), limit: page.fetch };
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      listPreviews(tx, ctx.principal, ask),
    );
    return page.close(rows, { present: presentPreview, position: (row) => [row.runId] });
  });
