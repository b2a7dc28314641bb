import { replaceRecoveryCodesContract } from '@signalbox/contracts/access/replace-recovery-codes';
import { replaceRecoveryCodes as replaceRecoveryCodesCommand } from '@signalbox/db/commands/access/replace-recovery-codes';
import { freshCode, noFactor } from '../../access/step-up.ts';
import { personProcedure, wellFormed } from '../../trpc.ts';

/** Makes new recovery codes. */
export const replaceRecoveryCodes = personProcedure
  .use(freshCode)
  .meta(replaceRecoveryCodesContract.meta)
  .use(wellFormed)
  .input(replaceRecoveryCodesContract.input)
  .output(replaceRecoveryCodesContract.output)
  .mutation(async ({ ctx: { db, session, requestId } }) => {
    const codes = await replaceRecoveryCodesCommand(db, { userId: session.user.userId, requestId });
    if (codes === null) throw noFactor();
    return { recoveryCodes: [...codes] };
  });
