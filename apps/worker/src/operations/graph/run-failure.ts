import { GraphFailure } from '../../providers/graph/graph-failure.ts';
import { OperationFailure, Throttled } from '../failures.ts';
import { type Judgement, judgeFailure } from './judge-failure.ts';
import { observeFailure } from './observe.ts';
import { type GraphSession, noteFinding, seconds } from './session.ts';

/** Does work whose failure concerns the whole run: what Graph refused comes out as the executor understands it. */
export async function guarded<T>(session: GraphSession, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    throw await runFailure(session, await judgeFailure(session.client, error, session.needed));
  }
}

/**
 * The error that ends this attempt. What was learned about the connection is written together with the end of the
 * attempt, so that the next start is refused for the true reason, or waits until the provider's pause is over; so is the
 * evidence of an onboarding task that failed.
 */
export async function runFailure(session: GraphSession, judgement: Judgement): Promise<Error> {
  const { context, connectionId, operation, lastTry } = session;
  switch (judgement.kind) {
    case 'throttled': {
      const { waitMs } = judgement;
      await context.deed({ kind: 'set_throttled', connectionId, waitMs });
      const until = new Date(Date.now() + waitMs).toISOString().slice(11, 19);
      await context.log(
        'warning',
        `The provider asked for a pause of ${seconds(waitMs)}; the run goes on by itself at ${until} UTC.`,
      );
      return new Throttled(waitMs);
    }
    case 'connection':
      await noteFinding(session, judgement.finding);
      await observeFailure(context, operation, judgement.error);
      await context.log('error', judgement.error.message);
      return new OperationFailure(judgement.error, false);
    case 'unavailable':
      if (lastTry) await observeFailure(context, operation, judgement.error);
      await context.log('warning', judgement.error.message);
      return new OperationFailure(judgement.error, true);
    case 'item':
      await observeFailure(context, operation, judgement.error);
      await context.log('error', judgement.error.message);
      return new OperationFailure(judgement.error, false);
  }
}
