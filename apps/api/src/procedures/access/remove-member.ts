import { removeMemberContract } from '@signalbox/contracts/access/remove-member';
import { removeMember as removeMemberCommand } from '@signalbox/db/commands/access/remove-member';
import { memberByIdProcedure } from '../../access/member-procedures.ts';
import { freshCode } from '../../access/step-up.ts';
import { presentMember } from '../../presenters/access/member.ts';
import { wellFormed } from '../../trpc.ts';
import { requireDone } from './refuse-member.ts';

/** Ends a membership. */
export const removeMember = memberByIdProcedure('member.manage')
  .meta(removeMemberContract.meta)
  .use(freshCode)
  .use(wellFormed)
  .input(removeMemberContract.input)
  .output(removeMemberContract.output)
  .mutation(async ({ ctx, input: { id } }) => {
    const { db, principal, requestId, member } = ctx;
    const ask = { userId: id, username: member.username, requestId };
    requireDone(await removeMemberCommand(db, principal, ask));
    return presentMember(member, principal);
  });
