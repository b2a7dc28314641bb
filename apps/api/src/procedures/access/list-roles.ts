import { listRolesContract } from '@signalbox/contracts/access/list-roles';
import { countByRole } from '@signalbox/db/queries/access/members';
import { capabilities, roleHolds, roles } from '@signalbox/domain/access/capabilities';
import { capabilityWords, roleWords } from '@signalbox/domain/access/capability-words';
import { memberProcedure } from '../../access/procedures.ts';
import { wellFormed } from '../../trpc.ts';

/** Who can do what. */
export const listRoles = memberProcedure('member.read')
  .meta(listRolesContract.meta)
  .use(wellFormed)
  .input(listRolesContract.input)
  .output(listRolesContract.output)
  .query(async ({ ctx: { db, principal } }) => {
    const counts = await db.inWorkspace(principal.workspaceId, countByRole);
    return {
      roles: roles.map((role) => ({ role, text: roleWords[role], members: counts.get(role) ?? 0 })),
      capabilities: capabilities.map((capability) => ({
        capability,
        ...capabilityWords[capability],
        roles: roles.filter((role) => roleHolds(role, capability)),
      })),
    };
  });
