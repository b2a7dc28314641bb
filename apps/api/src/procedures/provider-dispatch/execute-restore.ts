import { executeRestoreContract } from '@signalbox/contracts/provider-dispatch/execute-restore';
import { getRun } from '@signalbox/db/queries/run/get-run';
import { found } from '../../access/capability.ts';
import { givenId } from '../../access/given.ts';
import { operationInput } from '../../gate/start-procedure.ts';
import { acceptable, wellFormed } from '../../trpc.ts';
import { dispatch } from './dispatch.ts';
import { dispatchTenantProcedure, requireStart } from './dispatch-procedures.ts';

/**
 * Restores from a preview, in the words of the provider-dispatch contract. It goes through the connection that the
 * preview went through, since this surface has no way to name another.
 */
export const executeRestore = dispatchTenantProcedure
  .use(async ({ ctx, getRawInput, next }) => {
    const { principal, tenant } = ctx;
    const id = givenId(await getRawInput(), 'restoreRun');
    const run =
      id === undefined
        ? null
        : await ctx.db.inWorkspace(principal.workspaceId, (tx) => getRun(tx, principal, { id }));
    const restorable =
      run?.tenant?.id === tenant.id && run.operation === 'restore_preview' && run.status === 'succeeded';
    const preview = found(restorable ? run : null);
    requireStart(principal, 'restore_execute');
    return next({ ctx: { preview } });
  })
  .meta(executeRestoreContract.meta)
  .use(wellFormed)
  .input(executeRestoreContract.input)
  .use(acceptable)
  .output(executeRestoreContract.output)
  .mutation(({ ctx, input }) => {
    const { tenant, preview } = ctx;
    return dispatch(ctx, {
      wish: {
        operation: 'restore_execute',
        tenantId: tenant.id,
        connectionId: preview.connection?.id ?? null,
        input: operationInput('restore_execute', { previewRunId: preview.id }),
      },
      context: { surface: 'provider-dispatch.restore' },
      subject: tenant.name,
      meta: executeRestoreContract.meta,
      given: input,
    });
  });
