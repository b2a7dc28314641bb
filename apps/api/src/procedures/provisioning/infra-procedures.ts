import { getInfra } from '@signalbox/db/queries/provisioning/infras';
import { standingResources } from '@signalbox/db/queries/provisioning/standing-resources';
import type { Capability } from '@signalbox/domain/access/capabilities';
import type { Principal } from '@signalbox/domain/access/principal';
import { found, requireCapability } from '../../access/capability.ts';
import { givenText } from '../../access/given.ts';
import type { AppContext } from '../../context.ts';
import { presentInfra } from '../../presenters/provisioning/infra.ts';
import { readSettings, usualSettings } from '../../provisioning/infra-files.ts';
import { callerProcedure } from '../../trpc.ts';

/** An operation on the infra called `name`. A text that can name none names no infra. */
export function infraProcedure(capability: Capability) {
  return callerProcedure.use(async ({ ctx, getRawInput, next }) => {
    const { principal } = ctx;
    const name = givenText(await getRawInput(), 'name') ?? '';
    const infra = found(await ctx.db.inWorkspace(principal.workspaceId, (tx) => getInfra(tx, name)));
    requireCapability(principal, capability);
    return next({ ctx: { infra } });
  });
}

/** An infra as it is now, with its settings and what stands. */
export async function showInfra(
  { db, principal, infraRoot }: AppContext & { readonly principal: Principal },
  name: string,
) {
  const { workspaceId } = principal;
  const { infra, standing } = await db.inWorkspace(workspaceId, async (tx) => ({
    infra: found(await getInfra(tx, name)),
    standing: await standingResources(tx, name),
  }));
  const settings = await readSettings({ root: infraRoot, workspaceId, infra: name }, usualSettings);
  return presentInfra(infra, settings, standing);
}
