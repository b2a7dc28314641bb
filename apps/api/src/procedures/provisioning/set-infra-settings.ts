import { setInfraSettingsContract } from '@signalbox/contracts/provisioning/set-infra-settings';
import { changeInfraSettings } from '@signalbox/db/commands/provisioning/create-infra';
import { AppError } from '@signalbox/domain/error/app-error';
import { writeSettings } from '../../provisioning/infra-files.ts';
import { judgeSettings } from '../../provisioning/settings-of.ts';
import { wellFormed } from '../../trpc.ts';
import { infraProcedure, showInfra } from './infra-procedures.ts';

/** Gives an infra new settings. */
export const setInfraSettings = infraProcedure('infra.manage')
  .meta(setInfraSettingsContract.meta)
  .use(wellFormed)
  .input(setInfraSettingsContract.input)
  .output(setInfraSettingsContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, principal, requestId, infraRoot } = ctx;
    const { name } = ctx.infra;
    judgeSettings(input.settings, '/settings');
    const place = { root: infraRoot, workspaceId: principal.workspaceId, infra: name };
    const changed = await changeInfraSettings(db, principal, {
      name,
      requestId,
      writeSettings: () => writeSettings(place, input.settings),
    });
    if (!changed) throw new AppError({ code: 'not_found' });
    return showInfra(ctx, name);
  });
