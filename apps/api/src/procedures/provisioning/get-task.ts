import { toFaults } from '@signalbox/contracts/problem/to-faults';
import { getTaskContract } from '@signalbox/contracts/provisioning/get-task';
import { uid } from '@signalbox/contracts/shape/ids';
import { logTail, getTask as readTask } from '@signalbox/db/queries/provisioning/tasks';
import { AppError } from '@signalbox/domain/error/app-error';
import { found, requireCapability } from '../../access/capability.ts';
import { given } from '../../access/given.ts';
import { presentTask } from '../../presenters/provisioning/task.ts';
import { callerProcedure, wellFormed } from '../../trpc.ts';

/** The most of a task's output that is answered, in bytes. */
const mostOutput = 65_536;

/** One task of provisioning, in the words of the provisioning contract. */
export const getTask = callerProcedure
  .use(async ({ ctx, getRawInput, next }) => {
    const { principal } = ctx;
    const named = uid.safeParse(given(await getRawInput(), 'taskId'));
    const load = (taskId: string) =>
      ctx.db.inWorkspace(principal.workspaceId, async (tx) => {
        const task = found(await readTask(tx, taskId));
        return { task, output: await logTail(tx, task.id, mostOutput) };
      });
    const said = named.success ? await load(named.data) : null;
    requireCapability(principal, 'run.read');
    if (said === null) {
      const errors = named.error === undefined ? [] : toFaults(named.error, '/taskId');
      throw new AppError({ code: 'invalid_input', errors });
    }
    return next({ ctx: { said } });
  })
  .meta(getTaskContract.meta)
  .use(wellFormed)
  .input(getTaskContract.input)
  .output(getTaskContract.output)
  .query(({ ctx }) => ({ success: true, data: presentTask(ctx.said.task, ctx.said.output) }));
