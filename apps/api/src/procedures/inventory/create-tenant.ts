import { createTenantContract } from '@signalbox/contracts/workspace/create-tenant';
import { createTenant as createTenantCommand } from '@signalbox/db/commands/inventory/create-tenant';
import { AppError } from '@signalbox/domain/error/app-error';
import { memberProcedure } from '../../access/procedures.ts';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { madeOnce } from '../../gate/made-once.ts';
import { presentTenant } from '../../presenters/inventory/tenant.ts';
import { wellFormed } from '../../trpc.ts';

/** Adds a tenant. */
export const createTenant = memberProcedure('tenant.manage')
  .meta(createTenantContract.meta)
  .use(wellFormed)
  .input(createTenantContract.input)
  .output(createTenantContract.output)
  .mutation(async ({ ctx, input }) => {
    const once = await createTenantCommand(ctx.db, ctx.principal, {
      ...input,
      idempotency: idempotencyOf(ctx, createTenantContract.meta, input),
      requestId: ctx.requestId,
    });
    const tenant = madeOnce(once, (refused) => {
      if (refused === 'not_allowed') return new AppError({ code: 'forbidden', capability: 'tenant.manage' });
      const message = 'The external id is taken in this workspace.';
      return new AppError({ code: 'conflict', message, nextSteps: ['correct_input'] });
    });
    ctx.reply.created(`/v1/tenants/${tenant.id}`);
    return presentTenant(tenant);
  });
