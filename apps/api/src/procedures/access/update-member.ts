import { updateMemberContract } from '@signalbox/contracts/access/update-member';
import { changeMember } from '@signalbox/db/commands/access/change-member';
import { getMember } from '@signalbox/db/queries/access/members';
import { found } from '../../access/capability.ts';
import { memberByIdProcedure } from '../../access/member-procedures.ts';
import { freshCode } from '../../access/step-up.ts';
import { presentMember } from '../../presenters/access/member.ts';
import { wellFormed } from '../../trpc.ts';
import { requireDone } from './refuse-member.ts';

/** Gives a member another role or other tenants. */
export const updateMember = memberByIdProcedure('member.manage')
  .meta(updateMemberContract.meta)
  .use(freshCode)
  .use(wellFormed)
  .input(updateMemberContract.input)
  .output(updateMemberContract.output)
  .mutation(async ({ ctx, input: { id, role, tenants } }) => {
    const { db, principal, requestId, member } = ctx;
    const change = { userId: id, username: member.username, change: { role, tenants }, requestId };
    requireDone(await changeMember(db, principal, change));
    const now = await db.inWorkspace(principal.workspaceId, (tx) => getMember(tx, principal, id));
    return presentMember(found(now), principal);
  });
