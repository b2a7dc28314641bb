import { listInvitationsContract } from '@signalbox/contracts/access/list-invitations';
import { listInvitations as listInvitationsQuery } from '@signalbox/db/queries/access/invitations';
import { memberProcedure } from '../../access/procedures.ts';
import { idCursor } from '../../page/name-cursor.ts';
import { openPage } from '../../page/open-page.ts';
import { presentInvitations } from '../../presenters/access/invitation.ts';
import { wellFormed } from '../../trpc.ts';

/** Invitations of the workspace, newest first. */
export const listInvitations = memberProcedure('member.manage')
  .meta(listInvitationsContract.meta)
  .use(wellFormed)
  .input(listInvitationsContract.input)
  .output(listInvitationsContract.output)
  .query(async ({ ctx, input }) => {
    const { db, principal } = ctx;
    const page = openPage(ctx, 'invitations', input);
    const ask = { state: input.state, before: idCursor(page), limit: page.fetch };
    const rows = await db.inWorkspace(principal.workspaceId, async (tx) =>
      presentInvitations(tx, principal, await listInvitationsQuery(tx, ask)),
    );
    return page.close(rows, { present: (row) => row, position: (row) => [row.id] });
  });
