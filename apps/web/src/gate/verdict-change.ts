import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import { operationLabel } from '@signalbox/domain/gate/describe-start';
import { outcomeView } from './outcome-model.ts';

/** A verdict that was on the page, and the server's time it was given at, ms. */
export interface Foretold {
  readonly outcome: StartOutcome;
  readonly at: number;
}

type Holder = NonNullable<StartOutcome['holder']>;

function running({ runId, operation }: Holder): string {
  return runId === undefined ? 'a batch' : `run #${runId} (${operationLabel(operation)})`;
}

/** What stood in the way at first and does no longer. */
function gone({ outcome, run, holder, reason }: StartOutcome): string | null {
  switch (outcome) {
    case 'accepted':
      return null;
    case 'deduped':
      return run === undefined ? 'the run it would have joined ended' : `run #${run.id} ended`;
    case 'scope_busy':
      if (holder === undefined) return 'the scope was freed';
      return `${holder.runId === undefined ? 'a batch' : `run #${holder.runId}`} let go of the scope`;
    case 'blocked':
      return reason === undefined ? 'what blocked it has passed' : `“${reason.label}” has passed`;
  }
}

/** What has come up; for an accepted start, what follows. */
function come({ outcome, run, holder, reason, message }: StartOutcome): string {
  switch (outcome) {
    case 'accepted':
      return run === undefined ? 'the start was accepted' : `run #${run.id} was made`;
    case 'deduped':
      return run === undefined ? 'the same work began' : `run #${run.id} began the same work`;
    case 'scope_busy':
      return holder === undefined ? 'another run took the scope' : `${running(holder)} took the scope`;
    case 'blocked':
      return `this came up: ${reason?.label ?? message}`;
  }
}

/** What differs between two answers of the same kind. */
function shifted(before: StartOutcome, after: StartOutcome): string | null {
  const same = {
    accepted: before.connectionId === after.connectionId && before.approvalNeeded === after.approvalNeeded,
    deduped: before.run?.id === after.run?.id,
    scope_busy: before.holder?.runId === after.holder?.runId,
    blocked: before.reason?.code === after.reason?.code,
  }[after.outcome];
  if (same) return null;
  if (after.outcome !== 'accepted') return `${gone(before)} and ${come(after)}`;
  if (before.connectionId !== after.connectionId) return 'another connection became the one that is used';
  return after.approvalNeeded ? 'an approval became necessary' : 'the approval is no longer necessary';
}

function changed(before: StartOutcome, after: StartOutcome): string | null {
  if (before.outcome === after.outcome) return shifted(before, after);
  const first = gone(before);
  if (first === null) return come(after);
  return `${first}${after.outcome === 'accepted' ? ', so ' : ' and '}${come(after)}`;
}

/**
 * What has changed between the verdict on the page and the answer to the start; null when it is the same answer.
 * `clock` writes the time of the verdict.
 */
export function verdictChange(
  { outcome, at }: Foretold,
  answer: StartOutcome,
  clock: (at: number) => string,
): string | null {
  const cause = changed(outcome, answer);
  return cause === null
    ? null
    : `The preview said ${outcomeView(outcome.outcome).word} at ${clock(at)}; since then ${cause}.`;
}
