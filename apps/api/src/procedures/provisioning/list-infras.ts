import { listInfrasContract } from '@signalbox/contracts/provisioning/list-infras';
import { listInfras as readInfras } from '@signalbox/db/queries/provisioning/infras';
import { memberProcedure } from '../../access/procedures.ts';
import { openPage } from '../../page/open-page.ts';
import { presentInfraSummary } from '../../presenters/provisioning/infra.ts';
import { readSettings, usualSettings } from '../../provisioning/infra-files.ts';
import { wellFormed } from '../../trpc.ts';

/** Infras of the workspace, by name. */
export const listInfras = memberProcedure('infra.read')
  .meta(listInfrasContract.meta)
  .use(wellFormed)
  .input(listInfrasContract.input)
  .output(listInfrasContract.output)
  .query(async ({ ctx, input }) => {
    const page = openPage(ctx, 'infras', input);
    const after = String(page.position?.[0] ?? '');
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      readInfras(tx, { after, limit: page.fetch }),
    );
    const { workspaceId } = ctx.principal;
    const texts = new Map(
      await Promise.all(
        rows.map(async ({ name }) => {
          const place = { root: ctx.infraRoot, workspaceId, infra: name };
          return [name, await readSettings(place, usualSettings)] as const;
        }),
      ),
    );
    const present = (infra: (typeof rows)[number]) =>
      presentInfraSummary(infra, texts.get(infra.name) ?? null);
    return page.close(rows, { present, position: ({ name }) => [name] });
  });
