import type { SafeError } from '@signalbox/domain/run/safe-error';
import { inLanes } from '../../in-lanes.ts';
import { GraphFailure } from '../../providers/graph/graph-failure.ts';
import { OperationFailure } from '../failures.ts';
import { judgeFailure } from './judge-failure.ts';
import { runFailure } from './run-failure.ts';
import type { GraphSession } from './session.ts';

/** An item without a result. */
export interface OpenItem {
  readonly key: string;
  readonly label: string;
}

export interface EachItem {
  readonly items: readonly OpenItem[];
  /** Items worked on at once. */
  readonly concurrency: number;
  /** Does the work of an item and records its result. A GraphFailure it throws is judged here. */
  work(item: OpenItem): Promise<void>;
}

/** So many items in a row without an answer mean that the provider is down, not that the items are odd. */
const downAfter = 3;

/**
 * Works through items, a few at once, and stops between two of them as soon as the run has to stop.
 *
 * What concerns an item fails the item; what concerns the connection ends the attempt. An item the provider gave no
 * usable answer for stays open for the next attempt while the others go on, and fails when there is no next one.
 */
export async function forEachItem(session: GraphSession, each: EachItem): Promise<void> {
  const { context, client, needed, lastTry } = session;
  const unanswered: SafeError[] = [];
  let inARow = 0;
  let ending = false;

  const judge = async (item: OpenItem, failure: GraphFailure): Promise<void> => {
    const judgement = await judgeFailure(client, failure, needed);
    if (judgement.kind === 'item') return failItem(session, item, judgement.error);
    // Another item has said it already; this one stays open.
    if (ending) return;
    if (judgement.kind === 'unavailable') {
      inARow += 1;
      if (inARow < downAfter) {
        if (lastTry) return failItem(session, item, judgement.error);
        unanswered.push(judgement.error);
        return context.log('warning', `${item.label}: no usable answer; it is tried again later.`);
      }
    }
    ending = true;
    throw await runFailure(session, judgement);
  };

  await inLanes(each.items, each.concurrency, async (item) => {
    context.signal.throwIfAborted();
    try {
      await each.work(item);
      inARow = 0;
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      await judge(item, error);
    }
  });
  const [first] = unanswered;
  if (first !== undefined) throw new OperationFailure(first, true);
}

/** Records the failure of an item and says why. */
export async function failItem(session: GraphSession, item: OpenItem, error: SafeError): Promise<void> {
  const { context } = session;
  await context.items.settle(item.key, 'failed', { error });
  await context.log('warning', `${item.label}: ${error.message}`);
}
