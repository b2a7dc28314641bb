import type { TakenConsent } from '@signalbox/db/commands/connection/take-consent';
import type { ConsentOutcome } from '@signalbox/domain/connection/consent';
import type { AppContext } from '../context.ts';
import { start, startRequest } from './start.ts';

/** What the console is told of a return: its outcome, or that nothing could be started to find out whether it is true. */
export type ConsentTold = ConsentOutcome | 'not_checked';

/**
 * Starts a check after an administrator is said to have consented: through the gate, as whoever asked, with the rights
 * they have now. A refusal is no error of the browser that comes back; the page of the connection says why.
 */
export async function checkAfterConsent(ctx: AppContext, taken: TakenConsent): Promise<ConsentTold> {
  const { connection, outcome, principal } = taken;
  if (outcome !== 'granted' || principal === null) return outcome;
  const caller = { ...ctx, principal };
  const request = startRequest(caller, {
    operation: 'provider.connection.check',
    tenantId: connection.tenant?.id ?? null,
    connectionId: connection.id,
    input: {},
    context: { surface: 'consent' },
  });
  const kind = await start(caller, request).then(
    ({ result }) => result.verdict.kind,
    () => 'blocked',
  );
  return kind === 'accepted' || kind === 'deduped' ? outcome : 'not_checked';
}
