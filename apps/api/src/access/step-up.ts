import { AppError } from '@signalbox/domain/error/app-error';
import { experimental_standaloneMiddleware } from '@trpc/server';
import type { Caller, Session } from '../context.ts';

/** How long a code counts: five minutes, as in the function that reads a session. */
export const freshForMs = 5 * 60_000;

/** The answer to somebody who has no second factor. */
export function noFactor(): AppError {
  return new AppError({ code: 'conflict', message: 'You have no second factor.', nextSteps: [] });
}

/**
 * Asks for a code given in this session within the last five minutes, where the person has a second factor.
 * @throws AppError step_up_required
 */
export function requireFreshCode({ user }: Pick<Session, 'user'>): void {
  if (user.mfaEnabled && !user.mfaFresh) throw new AppError({ code: 'step_up_required' });
}

/**
 * The beginning of a dangerous verb: stands right after visibility and capability and before `.use(wellFormed)`.
 * A program has nobody to ask; what its key may do was decided when it was made.
 */
export const freshCode = experimental_standaloneMiddleware<{
  ctx: { readonly caller: Caller };
}>().create(({ ctx, next }) => {
  if (ctx.caller.session !== null) requireFreshCode(ctx.caller.session);
  return next();
});
