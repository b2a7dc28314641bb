import { authenticate } from './access/authenticate.ts';
import type { AppContext, AppServices, RequestFacts, Session } from './context.ts';

/** Puts the services of the process beside the facts of one call. */
export function contextMaker(services: AppServices): (facts: RequestFacts) => Promise<AppContext> {
  return async (facts) => {
    let session: Promise<Session | null> | undefined;
    return {
      ...facts,
      ...services,
      hangUp: () => facts.hangUp(),
      authenticate() {
        session ??= authenticate(services, facts, 'use');
        return session;
      },
      authenticateAgain: () => authenticate(services, facts, 'look'),
    };
  };
}
