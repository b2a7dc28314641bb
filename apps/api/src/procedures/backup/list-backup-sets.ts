import { listBackupSetsContract } from '@signalbox/contracts/backup/list-backup-sets';
import { listBackupSets as listBackupSetsQuery } from '@signalbox/db/queries/backup/backup-sets';
import { memberProcedure } from '../../access/procedures.ts';
import { idCursor } from '../../page/name-cursor.ts';
import { openPage } from '../../page/open-page.ts';
import { presentBackupSet } from '../../presenters/backup/backup-set.ts';
import { wellFormed } from '../../trpc.ts';

/** Backup sets of the tenants the caller is entitled to, newest first. */
export const listBackupSets = memberProcedure('backup.read')
  .meta(listBackupSetsContract.meta)
  .use(wellFormed)
  .input(listBackupSetsContract.input)
  .output(listBackupSetsContract.output)
  .query(async ({ ctx, input }) => {
    const page = openPage(ctx, 'backup-sets', input);
    const ask = { tenantId: input.tenantId, before: idCursor(page), limit: page.fetch };
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      listBackupSetsQuery(tx, ctx.principal, ask),
    );
    return page.close(rows, { present: presentBackupSet, position: (row) => [row.id] });
  });
