import type { AppRouter } from '@signalbox/api/router';
import type { TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { problemOf } from '../client/problem-model.ts';

/**
 * A deed that needs a fresh code asks for it and is then done again, once. Whoever sends a mutation sees only how it
 * ended; without a code it ends with the refusal.
 */
export const stepUpLink: TRPCLink<AppRouter> = () => {
  return ({ next, op }) =>
    observable((observer) => {
      const attempt = (error: typeof observer.error) => next(op).subscribe({ ...observer, error });
      let last = attempt((refusal) => {
        if (problemOf(refusal)?.code !== 'step_up_required') return observer.error(refusal);
        void import('./step-up-request.ts')
          .then(({ askForFreshCode }) => askForFreshCode())
          .then(
            (given) => {
              if (given) last = attempt((error) => observer.error(error));
              else observer.error(refusal);
            },
            () => observer.error(refusal),
          );
      });
      return () => last.unsubscribe();
    });
};
