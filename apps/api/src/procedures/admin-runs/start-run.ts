import { adminRunTypes } from '@signalbox/contracts/admin-runs/run-record';
import { adminStartRunContract } from '@signalbox/contracts/admin-runs/start-run';
import { AppError } from '@signalbox/domain/error/app-error';
import { operationRule } from '@signalbox/domain/operation/registry';
import { requireCapability } from '../../access/capability.ts';
import { givenText } from '../../access/given.ts';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { start, startRequest } from '../../gate/start.ts';
import { refusalOf } from '../../openapi/answer-start.ts';
import { presentAdminRun } from '../../presenters/admin-runs/run-record.ts';
import { presentStartOutcome } from '../../presenters/gate/start-outcome.ts';
import { wellFormed } from '../../trpc.ts';
import { adminRunInput } from './targets.ts';
import { adminTenantProcedure } from './tenant-procedure.ts';

/** Starts a backup or restore operation of a tenant, in the words of the admin-runs contract. */
export const adminStartRun = adminTenantProcedure
  .use(async ({ ctx, getRawInput, next }) => {
    const given = givenText(await getRawInput(), 'runType');
    const runType = adminRunTypes.find((each) => each === given);
    if (runType !== undefined) requireCapability(ctx.principal, operationRule(runType).capability);
    return next();
  })
  .meta(adminStartRunContract.meta)
  .use(wellFormed)
  .input(adminStartRunContract.input)
  .output(adminStartRunContract.output)
  .mutation(async ({ ctx, input }) => {
    const { runType, targetObjectId, itemIds } = input;
    const outcome = await start(
      ctx,
      startRequest(ctx, {
        operation: runType,
        tenantId: ctx.tenant.id,
        connectionId: null,
        input: await adminRunInput(ctx.db, ctx.principal, { runType, body: { targetObjectId, itemIds } }),
        payloadHash: input.payloadHash ?? null,
        idempotency: idempotencyOf(ctx, adminStartRunContract.meta, input),
        context: { surface: 'admin-runs' },
      }),
    );
    const now = new Date();
    const { verdict, run } = outcome.result;
    if (run === null || (verdict.kind !== 'accepted' && verdict.kind !== 'deduped')) {
      // The contract has no shape for a refusal, so it is told as a problem.
      throw new AppError(refusalOf(presentStartOutcome(outcome, now), now));
    }
    const record = presentAdminRun(run);
    if (verdict.kind === 'accepted') ctx.reply.created(adminRunPath(ctx.tenant.externalId, record));
    return { reused: verdict.kind === 'deduped', run: record };
  });

function adminRunPath(tenantExternalId: string, { type, id }: { type: string; id: string }): string {
  return `/admin/t/${encodeURIComponent(tenantExternalId)}/runs/${type}/${id}`;
}
