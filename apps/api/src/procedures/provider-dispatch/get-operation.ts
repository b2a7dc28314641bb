import { getOperationContract } from '@signalbox/contracts/provider-dispatch/get-operation';
import { surroundings } from '@signalbox/db/queries/observability/surroundings';
import { getRun } from '@signalbox/db/queries/run/get-run';
import { scopesOf } from '@signalbox/db/queries/run/run-parts';
import { seen } from '../../access/procedures.ts';
import { presentRunDetail } from '../../presenters/provider-dispatch/run-detail.ts';
import { acceptable, callerProcedure, wellFormed } from '../../trpc.ts';

/** A run in the words of the provider-dispatch contract. */
export const getOperation = callerProcedure
  .use(async ({ ctx, getRawInput, next }) => {
    const run = await seen(ctx, await getRawInput(), {
      name: 'run',
      load: (tx, principal, id) => getRun(tx, principal, { id }),
      capability: 'run.read',
    });
    return next({ ctx: { run } });
  })
  .meta(getOperationContract.meta)
  .use(wellFormed)
  .input(getOperationContract.input)
  .use(acceptable)
  .output(getOperationContract.output)
  .query(({ ctx }) =>
    ctx.db.inWorkspace(ctx.principal.workspaceId, async (tx) => {
      const scopes = await scopesOf(tx, ctx.run.id);
      const { now, liveWorkers } = await surroundings(tx);
      return presentRunDetail({ record: ctx.run, scopes, liveWorkers, now }, ctx.principal);
    }),
  );
