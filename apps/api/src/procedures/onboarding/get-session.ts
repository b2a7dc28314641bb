import { getSessionContract } from '@signalbox/contracts/onboarding/get-session';
import { loadSessionView } from '../../presenters/onboarding/load-session-view.ts';
import { wellFormed } from '../../trpc.ts';
import { sessionProcedure } from './session-procedures.ts';

/** One onboarding, with everything its wizard shows. */
export const getSession = sessionProcedure('onboarding.read')
  .meta(getSessionContract.meta)
  .use(wellFormed)
  .input(getSessionContract.input)
  .output(getSessionContract.output)
  .query(({ ctx }) => loadSessionView(ctx, ctx.session));
