import { listMembersContract } from '@signalbox/contracts/access/list-members';
import { listMembers as listMembersQuery } from '@signalbox/db/queries/access/members';
import { holds } from '@signalbox/domain/access/principal';
import { memberProcedure } from '../../access/procedures.ts';
import { nameCursor } from '../../page/name-cursor.ts';
import { openPage } from '../../page/open-page.ts';
import { presentMember } from '../../presenters/access/member.ts';
import { wellFormed } from '../../trpc.ts';

/** Members of the workspace, by username. */
export const listMembers = memberProcedure('member.read')
  .meta(listMembersContract.meta)
  .use(wellFormed)
  .input(listMembersContract.input)
  .output(listMembersContract.output)
  .query(async ({ ctx, input }) => {
    const { db, principal } = ctx;
    const page = openPage(ctx, 'members', input);
    const { role, text } = input;
    const emails = holds(principal, 'member.manage');
    const ask = { role, text, emails, after: nameCursor(page), limit: page.fetch };
    const rows = await db.inWorkspace(principal.workspaceId, (tx) => listMembersQuery(tx, principal, ask));
    return page.close(rows, {
      present: (row) => presentMember(row, principal),
      position: (row) => [row.nameKey, row.id],
    });
  });
