import { contractStartTaskContract } from '@signalbox/contracts/onboarding/contract-start-task';
import { getTenant } from '@signalbox/db/queries/inventory/tenants';
import { liveSession } from '@signalbox/db/queries/onboarding/sessions';
import { AppError } from '@signalbox/domain/error/app-error';
import { isOnboardingTask } from '@signalbox/domain/onboarding/tasks';
import { found } from '../../access/capability.ts';
import { givenId, givenText } from '../../access/given.ts';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { start, startRequest } from '../../gate/start.ts';
import { taskWish } from '../../gate/start-onboarding.ts';
import { refusalOf } from '../../openapi/answer-start.ts';
import { presentStartOutcome } from '../../presenters/gate/start-outcome.ts';
import { callerProcedure, wellFormed } from '../../trpc.ts';
import { requireStart } from '../provider-dispatch/dispatch-procedures.ts';

/** Starts an onboarding task, in the words of the onboarding contract. */
export const contractStartTask = callerProcedure
  .use(async ({ ctx, getRawInput, next }) => {
    const { principal } = ctx;
    const raw = await getRawInput();
    const id = givenId(raw, 'tenantId');
    const { tenant, session } = await ctx.db.inWorkspace(principal.workspaceId, async (tx) => {
      const visible = found(id === undefined ? null : await getTenant(tx, principal, { id }));
      return { tenant: visible, session: await liveSession(tx, principal, visible.id) };
    });
    const named = givenText(raw, 'taskType') ?? '';
    const task = found(isOnboardingTask(named) ? named : null);
    requireStart(principal, task);
    return next({ ctx: { tenant, session, task } });
  })
  .meta(contractStartTaskContract.meta)
  .use(wellFormed)
  .input(contractStartTaskContract.input)
  .output(contractStartTaskContract.output)
  .mutation(async ({ ctx, input }) => {
    const { tenant, session, task } = ctx;
    const outcome = await start(
      ctx,
      startRequest(ctx, {
        ...taskWish({ task, tenantId: tenant.id, session, connectionId: null }),
        idempotency: idempotencyOf(ctx, contractStartTaskContract.meta, input),
        context: { surface: 'onboarding', ...(session !== null && { sessionId: session.id }) },
      }),
    );
    const now = new Date();
    const { run } = outcome.result;
    if (run === null) throw new AppError(refusalOf(presentStartOutcome(outcome, now), now));
    const url = `/admin/operations/${run.id}`;
    // The contract knows one answer, whether the run is new or was active already.
    ctx.reply.created(url);
    return { run_id: run.id, url };
  });
