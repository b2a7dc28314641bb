import { revokeOtherSessionsContract } from '@signalbox/contracts/access/revoke-other-sessions';
import { revokeOtherSessions as revokeOtherSessionsCommand } from '@signalbox/db/commands/access/end-session';
import { personProcedure, wellFormed } from '../../trpc.ts';

/** Ends all sessions of the caller but this one. */
export const revokeOtherSessions = personProcedure
  .meta(revokeOtherSessionsContract.meta)
  .use(wellFormed)
  .input(revokeOtherSessionsContract.input)
  .output(revokeOtherSessionsContract.output)
  .mutation(async ({ ctx: { db, session, requestId } }) => {
    const owner = { userId: session.user.userId, requestId };
    return { ended: await revokeOtherSessionsCommand(db, owner, session.id) };
  });
