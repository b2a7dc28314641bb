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
    async function known(access: SessionAccess): Promise<Caller | null> {
      const found = await authenticate(services, facts, access);
      if (found !== null) facts.proven(found);
      return found;
    }
    return {
      ...facts,
      ...services,
      proven: (found) => facts.proven(found),
      hangUp: () => facts.hangUp(),
      authenticate() {
        caller ??= known(accessOf(facts));
        return caller;
      },
      authenticateAgain: () => known('look'),
    };
  };
}
