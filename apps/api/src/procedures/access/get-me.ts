import { getMeContract } from '@signalbox/contracts/access/get-me';
import { AppError } from '@signalbox/domain/error/app-error';
import { presentMe } from '../../presenters/access/me.ts';
import { personProcedure, wellFormed } from '../../trpc.ts';

/** The signed-in caller. */
export const getMe = personProcedure
  .meta(getMeContract.meta)
  .use(wellFormed)
  .input(getMeContract.input)
  .output(getMeContract.output)
  .query(({ ctx }) => {
    if (ctx.session.memberships.length === 0) throw new AppError({ code: 'not_found' });
    return presentMe(ctx.session, ctx.demoPassword !== null);
  });
