import { startTaskContract } from '@signalbox/contracts/onboarding/start-task';
import { getSession } from '@signalbox/db/queries/onboarding/sessions';
import { isOnboardingTask } from '@signalbox/domain/onboarding/tasks';
import { found } from '../../access/capability.ts';
import { givenId, givenText } from '../../access/given.ts';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { startNatively, startRequest } from '../../gate/start.ts';
import { taskWish } from '../../gate/start-onboarding.ts';
import { callerProcedure, wellFormed } from '../../trpc.ts';
import { requireStart } from '../provider-dispatch/dispatch-procedures.ts';

/** Starts a task from an onboarding. */
export const startTask = callerProcedure
  .use(async ({ ctx, getRawInput, next }) => {
    const { principal } = ctx;
    const raw = await getRawInput();
    const id = givenId(raw, 'id');
    const session = found(
      id === undefined
        ? null
        : await ctx.db.inWorkspace(principal.workspaceId, (tx) => getSession(tx, principal, id)),
    );
    const named = givenText(raw, 'task') ?? '';
    // An unknown task is nothing, like an unknown id.
    const task = found(isOnboardingTask(named) ? named : null);
    requireStart(principal, task);
    return next({ ctx: { session, task } });
  })
  .meta(startTaskContract.meta)
  .use(wellFormed)
  .input(startTaskContract.input)
  .output(startTaskContract.output)
  .mutation(({ ctx, input }) => {
    const { session, task } = ctx;
    const wish = taskWish({ task, tenantId: session.tenant.id, session, connectionId: null });
    return startNatively(
      ctx,
      startRequest(ctx, {
        ...wish,
        idempotency: idempotencyOf(ctx, startTaskContract.meta, input),
        context: { surface: ctx.surface, sessionId: session.id },
      }),
    );
  });
