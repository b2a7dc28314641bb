import { readNotificationContract } from '@signalbox/contracts/notification/read-notification';
import { markRead } from '@signalbox/db/commands/notification/mark-read';
import { found } from '../../access/capability.ts';
import { notificationProcedure } from '../../access/procedures.ts';
import { presentNotification } from '../../presenters/notification/notification.ts';
import { wellFormed } from '../../trpc.ts';

/** Notes that the caller has read one of the things they were told. */
export const readNotification = notificationProcedure
  .meta(readNotificationContract.meta)
  .use(wellFormed)
  .input(readNotificationContract.input)
  .output(readNotificationContract.output)
  .mutation(async ({ ctx: { db, principal }, input }) =>
    presentNotification(found(await markRead(db, principal, input.id)), principal),
  );
