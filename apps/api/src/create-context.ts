import type { SessionAccess } from '@signalbox/db/queries/access/live-session';
import { authenticate } from './access/authenticate.ts';
import type { AppContext, AppServices, Caller, RequestFacts } from './context.ts';

/** A tab that asks by itself while nobody sits at it must not keep its session alive for ever. */
function accessOf({ headers }: RequestFacts): SessionAccess {
  return headers['x-signalbox-unattended'] === '1' ? 'look' : 'use';
}

/** Puts the services of the process beside the facts of one call. */
export function contextMaker(services: AppServices): (facts: RequestFacts) => Promise<AppContext> {
  return async (facts) => {
    let caller: Promise<Caller | null> | undefined;
    return {
      ...facts,
      ...services,
      hangUp: () => facts.hangUp(),
      authenticate() {
        caller ??= authenticate(services, facts, accessOf(facts));
        return caller;
      },
      authenticateAgain: () => authenticate(services, facts, 'look'),
    };
  };
}
