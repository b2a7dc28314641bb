import { listTasksContract } from '@signalbox/contracts/provisioning/list-tasks';
import { listTasks as readTasks } from '@signalbox/db/queries/provisioning/tasks';
import { runStatusesOf } from '@signalbox/domain/provisioning/task-status';
import { memberProcedure } from '../../access/procedures.ts';
import { presentTask } from '../../presenters/provisioning/task.ts';
import { wellFormed } from '../../trpc.ts';

/** Tasks of provisioning, newest first, in the words of the provisioning contract. */
export const listTasks = memberProcedure('run.read')
  .meta(listTasksContract.meta)
  .use(wellFormed)
  .input(listTasksContract.input)
  .output(listTasksContract.output)
  .query(async ({ ctx, input }) => {
    const { status, limit, offset } = input;
    const tasks = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      readTasks(tx, { limit, offset, ...(status !== undefined && { statuses: runStatusesOf(status) }) }),
    );
    return { success: true, data: tasks.map((task) => presentTask(task)) };
  });
