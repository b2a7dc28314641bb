import { createInfraContract } from '@signalbox/contracts/provisioning/create-infra';
import { createInfra as createInfraCommand } from '@signalbox/db/commands/provisioning/create-infra';
import { AppError } from '@signalbox/domain/error/app-error';
import { memberProcedure } from '../../access/procedures.ts';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { madeOnce } from '../../gate/made-once.ts';
import { writeSettings } from '../../provisioning/infra-files.ts';
import { judgeSettings } from '../../provisioning/settings-of.ts';
import { wellFormed } from '../../trpc.ts';
import { showInfra } from './infra-procedures.ts';

/** Makes an infra with its settings. */
export const createInfra = memberProcedure('infra.manage')
  .meta(createInfraContract.meta)
  .use(wellFormed)
  .input(createInfraContract.input)
  .output(createInfraContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, principal, requestId, infraRoot } = ctx;
    const { name, settings } = input;
    judgeSettings(settings, '/settings');
    const place = { root: infraRoot, workspaceId: principal.workspaceId, infra: name };
    const once = await createInfraCommand(db, principal, {
      name,
      requestId,
      idempotency: idempotencyOf(ctx, createInfraContract.meta, input),
      writeSettings: () => writeSettings(place, settings),
    });
    const made = madeOnce(
      once,
      () => new AppError({ code: 'conflict', message: `The workspace has an infra ${name} already.` }),
    );
    ctx.reply.created(`/v1/infras/${made.name}`);
    return showInfra(ctx, made.name);
  });
