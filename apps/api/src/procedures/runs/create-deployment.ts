import { createDeploymentContract } from '@signalbox/contracts/runs/create-run';
import { AppError } from '@signalbox/domain/error/app-error';
import { memberProcedure } from '../../access/procedures.ts';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { start, startRequest } from '../../gate/start.ts';
import { refusalOf } from '../../openapi/answer-start.ts';
import { presentStartOutcome } from '../../presenters/gate/start-outcome.ts';
import { runsRunId } from '../../presenters/runs/runs-run-id.ts';
import { wellFormed } from '../../trpc.ts';

/** Creates a deployment, in the words of the runs contract. */
export const createDeployment = memberProcedure('run.start.deployment')
  .meta(createDeploymentContract.meta)
  .use(wellFormed)
  .input(createDeploymentContract.input)
  .output(createDeploymentContract.output)
  .mutation(async ({ ctx, input }) => {
    const { description, target, constraints } = input.user_intent;
    const userIntent = { description, target, ...(constraints !== undefined && { constraints }) };
    const outcome = await start(
      ctx,
      startRequest(ctx, {
        operation: 'deployment',
        tenantId: null,
        connectionId: null,
        input: { userIntent, requireApproval: input.require_approval },
        idempotency: idempotencyOf(ctx, createDeploymentContract.meta, input),
        context: { surface: 'runs' },
        tags: [...new Set(input.tags)],
        ...(input.codename !== undefined && { codename: input.codename }),
      }),
    );
    const { verdict, run } = outcome.result;
    if (run === null) {
      const now = new Date();
      const refusal = refusalOf(presentStartOutcome(outcome, now), now);
      const quota = verdict.kind === 'blocked' ? verdict.quota : undefined;
      // The contract's own members stand beside those of the problem.
      throw new AppError({ ...refusal, details: { ...refusal.details, ...quota } });
    }
    ctx.reply.created(`/v1/runs/${run.id}`);
    return { run_id: runsRunId(run.uid) };
  });
