import { adminGetRunContract } from '@signalbox/contracts/admin-runs/get-run';
import { getRun } from '@signalbox/db/queries/run/get-run';
import { found, requireCapability } from '../../access/capability.ts';
import { givenText } from '../../access/given.ts';
import { presentAdminRun } from '../../presenters/admin-runs/run-record.ts';
import { wellFormed } from '../../trpc.ts';
import { adminTenantProcedure } from './tenant-procedure.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A run's status and progress in the words of the admin-runs contract. Tenant, type and run must belong together. */
export const adminGetRun = adminTenantProcedure
  .use(async ({ ctx, getRawInput, next }) => {
    const { principal, tenant } = ctx;
    const raw = await getRawInput();
    const uid = givenText(raw, 'runId')?.toLowerCase() ?? '';
    const type = givenText(raw, 'runType');
    const run = uuid.test(uid)
      ? await ctx.db.inWorkspace(principal.workspaceId, (tx) => getRun(tx, principal, { uid }))
      : null;
    const matches = run !== null && run.tenant?.id === tenant.id && run.operation === type;
    const visible = found(matches ? run : null);
    requireCapability(principal, 'run.read');
    return next({ ctx: { run: visible } });
  })
  .meta(adminGetRunContract.meta)
  .use(wellFormed)
  .input(adminGetRunContract.input)
  .output(adminGetRunContract.output)
  .query(({ ctx }) => presentAdminRun(ctx.run));
