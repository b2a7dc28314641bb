import type { AppRouter } from '@signalbox/api/router';
import type { TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { problemOf } from '../client/problem-model.ts';
import { askForFreshCode } from './step-up-request.ts';

/**
 * A deed that needs a fresh code asks for it and is then done again, once. Whoever sends a mutation sees only how it
 * ended; without a code it ends with the refusal.
 */
export const stepUpLink: TRPCLink<AppRouter> = () => {
  return ({ next, op }) =>
    observable((observer) => {
      let closed = false;
      const attempt = (asksForCode: boolean) =>
        next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: (error) => {
            const refused = problemOf(error)?.code === 'step_up_required';
            if (!asksForCode || !refused || op.type !== 'mutation') {
              observer.error(error);
              return;
            }
            void askForFreshCode().then((given) => {
              if (closed) return;
              if (given) subscription = attempt(false);
              else observer.error(error);
            });
          },
        });
      let subscription = attempt(true);
      return () => {
        closed = true;
        subscription.unsubscribe();
      };
    });
};
