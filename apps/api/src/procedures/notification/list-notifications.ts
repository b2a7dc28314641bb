import { listNotificationsContract } from '@signalbox/contracts/notification/list-notifications';
import {
  countUnread,
  listNotifications as listNotificationsQuery,
} from '@signalbox/db/queries/notification/notifications';
import { memberPersonProcedure } from '../../access/procedures.ts';
import { openPage } from '../../page/open-page.ts';
import { presentNotification } from '../../presenters/notification/notification.ts';
import { wellFormed } from '../../trpc.ts';

/** What the caller was told, and how much of it they have not read. */
export const listNotifications = memberPersonProcedure('run.read')
  .meta(listNotificationsContract.meta)
  .use(wellFormed)
  .input(listNotificationsContract.input)
  .output(listNotificationsContract.output)
  .query(async ({ ctx, input }) => {
    const { principal, db } = ctx;
    const page = openPage(ctx, 'notifications', input);
    const before = page.position === null ? null : Number(page.position[0]);
    const ask = { unread: input.only === 'unread', runId: input.runId, before, limit: page.fetch };
    const { rows, unread } = await db.inWorkspace(principal.workspaceId, async (tx) => ({
      rows: await listNotificationsQuery(tx, principal, ask),
      unread: await countUnread(tx, principal),
    }));
    const shown = page.close(rows, {
      present: (row) => presentNotification(row, principal),
      position: (row) => [row.id],
    });
    return { ...shown, unread };
  });
