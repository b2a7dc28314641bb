import { listSessionsContract } from '@signalbox/contracts/access/list-sessions';
import { sessionsOf } from '@signalbox/db/queries/access/sessions';
import { presentSession } from '../../presenters/access/account-session.ts';
import { personProcedure, wellFormed } from '../../trpc.ts';

/** Where the caller is signed in. */
export const listSessions = personProcedure
  .meta(listSessionsContract.meta)
  .use(wellFormed)
  .input(listSessionsContract.input)
  .output(listSessionsContract.output)
  .query(async ({ ctx: { db, session } }) => {
    const { items, total } = await sessionsOf(db, session.user.userId);
    return { items: items.map((each) => presentSession(each, session.id)), total };
  });
