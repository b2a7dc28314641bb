import { contractGetSessionContract } from '@signalbox/contracts/onboarding/contract-get-session';
import { liveSession } from '@signalbox/db/queries/onboarding/sessions';
import { tenantProcedure } from '../../access/procedures.ts';
import { presentContractSession } from '../../presenters/onboarding/session.ts';
import { wellFormed } from '../../trpc.ts';

/** The live onboarding session of a tenant, in the words of the onboarding contract. */
export const contractGetSession = tenantProcedure('onboarding.read', 'tenantId')
  .meta(contractGetSessionContract.meta)
  .use(wellFormed)
  .input(contractGetSessionContract.input)
  .output(contractGetSessionContract.output)
  .query(async ({ ctx: { db, principal, tenant } }) => {
    const session = await db.inWorkspace(principal.workspaceId, (tx) =>
      liveSession(tx, principal, tenant.id),
    );
    return { session: session && presentContractSession(session) };
  });
