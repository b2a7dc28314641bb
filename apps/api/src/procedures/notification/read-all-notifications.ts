import { readAllNotificationsContract } from '@signalbox/contracts/notification/read-all-notifications';
import { markAllRead } from '@signalbox/db/commands/notification/mark-read';
import { memberPersonProcedure } from '../../access/procedures.ts';
import { wellFormed } from '../../trpc.ts';

/** Notes that the caller has read everything up to the newest they have seen. */
export const readAllNotifications = memberPersonProcedure('run.read')
  .meta(readAllNotificationsContract.meta)
  .use(wellFormed)
  .input(readAllNotificationsContract.input)
  .output(readAllNotificationsContract.output)
  .mutation(async ({ ctx: { db, principal }, input }) => markAllRead(db, principal, input.upTo));
