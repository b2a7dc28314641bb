import { listWorkflowSnapshotsContract } from '@signalbox/contracts/provisioning/list-workflow-snapshots';
import { stateChanges } from '@signalbox/db/queries/provisioning/workflow';
import { presentSnapshot } from '../../presenters/provisioning/workflow-state.ts';
import { wellFormed } from '../../trpc.ts';
import { workflowStateProcedure } from './workflow-state-procedure.ts';

/** How a task or a batch stood after each change of its state. */
export const listWorkflowSnapshots = workflowStateProcedure
  .meta(listWorkflowSnapshotsContract.meta)
  .use(wellFormed)
  .input(listWorkflowSnapshotsContract.input)
  .output(listWorkflowSnapshotsContract.output)
  .query(async ({ ctx }) => {
    const { db, principal, workflow } = ctx;
    const changes = await db.inWorkspace(principal.workspaceId, (tx) => stateChanges(tx, workflow));
    return { success: true, data: changes.map((change) => presentSnapshot(workflow, change)) };
  });
