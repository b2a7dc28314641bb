import { toFaults } from '@signalbox/contracts/problem/to-faults';
import { uid } from '@signalbox/contracts/shape/ids';
import { getWorkflow } from '@signalbox/db/queries/provisioning/workflow';
import { AppError } from '@signalbox/domain/error/app-error';
import { found, requireCapability } from '../../access/capability.ts';
import { given } from '../../access/given.ts';
import { callerProcedure } from '../../trpc.ts';

/** An operation on the state of the task or batch `workflowId`. */
export const workflowStateProcedure = callerProcedure.use(async ({ ctx, getRawInput, next }) => {
  const { db, principal } = ctx;
  const named = uid.safeParse(given(await getRawInput(), 'workflowId'));
  const workflow = named.success
    ? found(await db.inWorkspace(principal.workspaceId, (tx) => getWorkflow(tx, named.data)))
    : null;
  requireCapability(principal, 'infra.read');
  if (workflow === null) {
    const errors = named.error === undefined ? [] : toFaults(named.error, '/workflowId');
    throw new AppError({ code: 'invalid_input', errors });
  }
  return next({ ctx: { workflow } });
});
