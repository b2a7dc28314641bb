import { createBackupSetContract } from '@signalbox/contracts/backup/create-backup-set';
import { createBackupSet as createBackupSetCommand } from '@signalbox/db/commands/backup/create-backup-set';
import { getBackupSet } from '@signalbox/db/queries/backup/backup-sets';
import { AppError } from '@signalbox/domain/error/app-error';
import { found } from '../../access/capability.ts';
import { tenantProcedure } from '../../access/procedures.ts';
import { presentBackupSet } from '../../presenters/backup/backup-set.ts';
import { wellFormed } from '../../trpc.ts';

/** Makes an empty backup set. */
export const createBackupSet = tenantProcedure('backup.manage', 'tenantId')
  .meta(createBackupSetContract.meta)
  .use(wellFormed)
  .input(createBackupSetContract.input)
  .output(createBackupSetContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, principal, requestId } = ctx;
    const set = { tenantId: ctx.tenant.id, name: input.name, requestId };
    const id = await createBackupSetCommand(db, principal, set);
    if (id === null) {
      throw new AppError({ code: 'conflict', message: 'The tenant already has a backup set of this name.' });
    }
    const made = await db.inWorkspace(principal.workspaceId, (tx) => getBackupSet(tx, principal, id));
    ctx.reply.created(`/v1/backup-sets/${id}`);
    return presentBackupSet(found(made));
  });
