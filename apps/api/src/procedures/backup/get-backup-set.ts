import { getBackupSetContract } from '@signalbox/contracts/backup/get-backup-set';
import { backupSetProcedure } from '../../access/procedures.ts';
import { presentBackupSet } from '../../presenters/backup/backup-set.ts';
import { wellFormed } from '../../trpc.ts';

/** One backup set. */
export const getBackupSet = backupSetProcedure('backup.read')
  .meta(getBackupSetContract.meta)
  .use(wellFormed)
  .input(getBackupSetContract.input)
  .output(getBackupSetContract.output)
  .query(({ ctx }) => presentBackupSet(ctx.backupSet));
