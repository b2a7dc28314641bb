import { contractListTasksContract } from '@signalbox/contracts/onboarding/contract-list-tasks';
import { liveSession } from '@signalbox/db/queries/onboarding/sessions';
import { tasksOf } from '@signalbox/db/queries/onboarding/tasks';
import { tenantProcedure } from '../../access/procedures.ts';
import { presentTaskSummary } from '../../presenters/onboarding/task.ts';
import { wellFormed } from '../../trpc.ts';

/** The onboarding tasks of a tenant, in the words of the onboarding contract. */
export const contractListTasks = tenantProcedure('onboarding.read', 'tenantId')
  .meta(contractListTasksContract.meta)
  .use(wellFormed)
  .input(contractListTasksContract.input)
  .output(contractListTasksContract.output)
  .query(({ ctx: { db, principal, tenant } }) =>
    db.inWorkspace(principal.workspaceId, async (tx) => {
      const session = await liveSession(tx, principal, tenant.id);
      const of = { tenantId: tenant.id, connectionId: session?.connectionId ?? null };
      const now = new Date();
      return (await tasksOf(tx, of)).map((task) => presentTaskSummary(task, now));
    }),
  );
