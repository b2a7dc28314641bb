import { listBackupItemsContract } from '@signalbox/contracts/backup/list-backup-items';
import { backupItemsOf } from '@signalbox/db/queries/backup/backup-items';
import { backupSetProcedure } from '../../access/procedures.ts';
import { nameCursor } from '../../page/name-cursor.ts';
import { openPage } from '../../page/open-page.ts';
import { presentBackupItem } from '../../presenters/backup/backup-set.ts';
import { wellFormed } from '../../trpc.ts';

/** Items of a backup set, by name. */
export const listBackupItems = backupSetProcedure('backup.read')
  .meta(listBackupItemsContract.meta)
  .use(wellFormed)
  .input(listBackupItemsContract.input)
  .output(listBackupItemsContract.output)
  .query(async ({ ctx, input }) => {
    const page = openPage(ctx, `backup-set:${ctx.backupSet.id}:items`, input);
    const ask = { kind: input.kind, after: nameCursor(page), limit: page.fetch };
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      backupItemsOf(tx, ctx.backupSet.id, ask),
    );
    return page.close(rows, { present: presentBackupItem, position: (row) => [row.name, row.id] });
  });
