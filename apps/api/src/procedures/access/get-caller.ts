import { getCallerContract } from '@signalbox/contracts/access/get-caller';
import { getApiKey } from '@signalbox/db/queries/access/api-keys';
import { AppError } from '@signalbox/domain/error/app-error';
import { found } from '../../access/capability.ts';
import { presentCaller } from '../../presenters/access/caller.ts';
import { callerProcedure, wellFormed } from '../../trpc.ts';

/** Whoever calls, whatever they may do. */
export const getCaller = callerProcedure
  .meta(getCallerContract.meta)
  .use(wellFormed)
  .input(getCallerContract.input)
  .output(getCallerContract.output)
  .query(async ({ ctx }) => {
    const { db, principal } = ctx;
    const { workspaceId, key } = principal;
    if (workspaceId === '') throw new AppError({ code: 'not_found' });
    if (key === undefined) return presentCaller(principal, null);
    const record = found(await db.inWorkspace(workspaceId, (tx) => getApiKey(tx, key.id)));
    return presentCaller(principal, record);
  });
