import { getConnectionImpactContract } from '@signalbox/contracts/connection/get-connection-impact';
import { disableImpact } from '@signalbox/db/queries/connection/disable-impact';
import { connectionProcedure } from '../../access/procedures.ts';
import { wellFormed } from '../../trpc.ts';

/** What a disable of a provider connection would mean now. */
export const getConnectionImpact = connectionProcedure('connection.read')
  .meta(getConnectionImpactContract.meta)
  .use(wellFormed)
  .input(getConnectionImpactContract.input)
  .output(getConnectionImpactContract.output)
  .query(async ({ ctx: { db, principal, connection } }) => {
    const { others, ...impact } = await db.inWorkspace(principal.workspaceId, (tx) =>
      disableImpact(tx, connection),
    );
    return { isDefault: connection.isDefault, ...impact, otherConnections: others };
  });
