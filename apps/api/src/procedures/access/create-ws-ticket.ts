import { createWsTicketContract } from '@signalbox/contracts/access/create-ws-ticket';
import { makeWsTicket } from '@signalbox/db/commands/access/ws-ticket';
import { AppError } from '@signalbox/domain/error/app-error';
import { moment } from '../../presenters/time.ts';
import { callerProcedure, wellFormed } from '../../trpc.ts';

/** A ticket for one event stream; what it may hear is asked when it is used. */
export const createWsTicket = callerProcedure
  .meta(createWsTicketContract.meta)
  .use(wellFormed)
  .input(createWsTicketContract.input)
  .output(createWsTicketContract.output)
  .mutation(async ({ ctx }) => {
    const { workspaceId, userId, username, key } = ctx.principal;
    if (workspaceId === '') throw new AppError({ code: 'not_found' });
    const sessionId = ctx.caller.session?.id ?? null;
    const listener = { workspaceId, sessionId, keyId: key?.id ?? null, userId, username };
    const { ticket, expiresAt } = await ctx.db.inWorkspace(workspaceId, (tx) => makeWsTicket(tx, listener));
    return { ticket, expiresAt: moment(expiresAt) };
  });
