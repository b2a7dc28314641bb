import { operationLabel } from '../gate/describe-start.ts';
import type { NextStepCode } from '../gate/next-steps.ts';
import { type ReasonCode, reasonRule, reasons } from '../gate/reasons.ts';
import { type Counts, remaining } from './counts.ts';
import { decideForceCancel } from './force-cancel.ts';
import { isTerminal, type RunStatus } from './lifecycle.ts';
import type { SafeError } from './safe-error.ts';

/** What the story of a run is told from. Times are the database's; `now` is an argument of its own. */
export interface NarrativeFacts {
  readonly operation: string;
  readonly status: RunStatus;
  /** A code of the reason catalogue while the run waits. */
  readonly waitCause: string | null;
  readonly wakeAt: Date;
  /** When the present phase began. */
  readonly phaseSince: Date;
  readonly counts: Counts;
  readonly currentStep: string | null;
  readonly attempt: number;
  readonly safeError: SafeError | null;
  readonly leaseWorker: string | null;
  readonly leaseExpiresAt: Date | null;
  readonly cancelRequestedAt: Date | null;
  /** Who asked for the cancel, and why, in their own words. */
  readonly cancelBy: string | null;
  readonly cancelReason: string | null;
  readonly initiatorName: string;
  readonly connectionLabel: string | null;
  /** Workers seen lately; null when nobody asked. */
  readonly liveWorkers: number | null;
}

/** What a run that has not ended stands before. */
export interface Waiting {
  /** The gate it stands at: start, worker, retry, provider, approval, lease or cancel. */
  readonly gate: 'start' | 'worker' | 'retry' | 'provider' | 'approval' | 'lease' | 'cancel';
  readonly sentence: string;
  readonly holder: string | null;
  readonly since: Date;
  readonly until: Date | null;
  /** Who or what may free it. */
  readonly freedBy: string;
}

/** The sentence of the "what is happening, what next" card, with the steps that help, most useful first. */
export interface WhatNext {
  readonly sentence: string;
  readonly steps: readonly NextStepCode[];
}

/** The reason behind the present state: why it waits, or why it did not succeed. Null when there is nothing to explain. */
export function runReason(
  facts: Pick<NarrativeFacts, 'status' | 'waitCause' | 'safeError'>,
): ReasonCode | null {
  if (isTerminal(facts.status))
    return facts.safeError?.code ?? (facts.status === 'cancelled' ? 'cancelled' : null);
  if (facts.status === 'awaiting_approval') return 'approval_required';
  if (facts.status !== 'queued') return null;
  const cause = facts.waitCause ?? 'waiting_for_worker';
  return Object.hasOwn(reasons, cause) ? (cause as ReasonCode) : 'waiting_for_worker';
}

/** The state of a run as one plain sentence. */
export function statusText(
  facts: Pick<
    NarrativeFacts,
    'status' | 'waitCause' | 'counts' | 'currentStep' | 'safeError' | 'cancelRequestedAt'
  >,
): string {
  const { status, counts, safeError } = facts;
  switch (status) {
    case 'pending':
      return 'Created; not started yet.';
    case 'queued':
      return reasonRule(runReason(facts) ?? 'waiting_for_worker').text;
    case 'running': {
      if (facts.cancelRequestedAt !== null) return 'Stopping: a cancel was asked for.';
      const step = facts.currentStep === null ? 'Running' : `Running: ${facts.currentStep}`;
      return counts.total === 0 ? `${step}.` : `${step}, ${progressText(counts)}.`;
    }
    case 'awaiting_approval':
      return 'Waiting for an approval.';
    case 'succeeded':
      return counts.total === 0 ? 'Succeeded.' : `Succeeded: ${outcomeText(counts)}.`;
    case 'partial':
      return `Partly succeeded: ${outcomeText(counts)}.`;
    case 'failed':
      return `Failed: ${safeError?.message ?? 'no cause was recorded.'}`;
    case 'cancelled':
      return counts.total === 0 ? 'Cancelled.' : `Cancelled: ${outcomeText(counts)}.`;
    case 'rejected':
      return 'Rejected: an approver said no.';
    case 'expired':
      return 'Expired: nobody decided in time.';
    case 'vetoed':
      return 'Vetoed: a security finding stopped it.';
  }
}

/** What the run stands before, since when, and who may free it. Null when it works or has ended. */
export function describeWaiting(facts: NarrativeFacts, now: Date): Waiting | null {
  const since = facts.phaseSince;
  const base = { holder: null, since, until: null };
  switch (facts.status) {
    case 'pending':
      return {
        ...base,
        gate: 'start',
        sentence: 'Created; not started yet. It waits until it is asked to start.',
        freedBy: 'whoever may start it',
      };
    case 'awaiting_approval':
      return {
        ...base,
        gate: 'approval',
        sentence: reasons.approval_required.text,
        freedBy: 'a member who may approve',
      };
    case 'queued':
      return describeQueued(facts, now);
    case 'running':
      return describeHeld(facts, now);
    default:
      return null;
  }
}

function describeQueued(facts: NarrativeFacts, now: Date): Waiting {
  const code = runReason(facts) ?? 'waiting_for_worker';
  const base = { sentence: reasonRule(code).text, holder: null, since: facts.phaseSince, until: null };
  const later = facts.wakeAt > now;
  if (later && code === 'throttled') {
    const holder = facts.connectionLabel;
    return {
      ...base,
      sentence: `${base.sentence} The run goes on by itself when the time is over; nobody has to act.`,
      gate: 'provider',
      holder,
      until: facts.wakeAt,
      freedBy: 'the provider, when its wait is over',
    };
  }
  if (later) return { ...base, gate: 'retry', until: facts.wakeAt, freedBy: 'the clock; nobody has to act' };
  const sentence = code === 'waiting_for_worker' ? base.sentence : reasons.waiting_for_worker.text;
  if (facts.liveWorkers === 0) {
    return {
      ...base,
      gate: 'worker',
      sentence: 'The run is admitted, but no worker is running.',
      freedBy: 'whoever starts a worker',
    };
  }
  return { ...base, gate: 'worker', sentence, freedBy: 'the next free worker' };
}

/** A running run waits only when its worker is silent, or when it is asked to stop and has not yet. */
function describeHeld(facts: NarrativeFacts, now: Date): Waiting | null {
  const holder = facts.leaseWorker;
  if (facts.leaseExpiresAt !== null && facts.leaseExpiresAt < now) {
    return {
      gate: 'lease',
      sentence:
        facts.cancelRequestedAt === null
          ? `The worker that had this run has not been heard from${takenOverText(facts.liveWorkers)}.`
          : 'A cancel was asked for, but the worker that had this run has not been heard from.',
      holder,
      since: facts.leaseExpiresAt,
      until: null,
      freedBy: facts.liveWorkers === 0 ? 'whoever starts a worker' : 'the next free worker',
    };
  }
  if (facts.cancelRequestedAt === null) return null;
  return {
    gate: 'cancel',
    sentence:
      decideForceCancel(facts, now).problem === null
        ? 'A cancel was asked for a while ago, and the worker has not stopped.'
        : 'A cancel was asked for; the worker stops at its next step.',
    holder,
    since: facts.cancelRequestedAt,
    until: null,
    freedBy: 'the worker that has this run',
  };
}

function takenOverText(liveWorkers: number | null): string {
  return liveWorkers === 0 ? ', and no other one is running' : '; another one takes it over';
}

/** What is happening and what to do next. Steps that only lead to the run itself are left out: the reader is there. */
export function whatNext(facts: NarrativeFacts, now: Date): WhatNext {
  const waiting = describeWaiting(facts, now);
  if (waiting !== null) {
    return { sentence: waiting.sentence, steps: stepsOfWaiting(facts, waiting, now) };
  }
  if (facts.status === 'running') return { sentence: statusText(facts), steps: [] };
  if (facts.status === 'succeeded') {
    const left =
      facts.operation === 'restore_preview' ? 'Nothing was written yet.' : 'Nothing is left to do.';
    return {
      sentence: `${operationLabel(facts.operation)}: done. ${left}`,
      steps: [...(afterSuccess[facts.operation] ?? []), 'replay'],
    };
  }
  const code = runReason(facts);
  if (code === null) return { sentence: statusText(facts), steps: ['replay'] };
  const message = cancelText(facts) ?? facts.safeError?.message ?? reasonRule(code).text;
  const steps = reasonRule(code).nextSteps.filter((step) => step !== 'open_run');
  return { sentence: `${message}${keptText(facts.counts)}${remedyText(code)}`, steps };
}

/** What is worth doing with the result of an operation, before doing it again. */
const afterSuccess: Readonly<Record<string, readonly NextStepCode[]>> = {
  restore_preview: ['run_restore'],
  backup_set_add_policies: ['open_backup_set'],
  'provider.connection.check': ['open_connection'],
};

function stepsOfWaiting(facts: NarrativeFacts, { gate }: Waiting, now: Date): NextStepCode[] {
  const { problem } = decideForceCancel(facts, now);
  const steps: NextStepCode[] = problem === null ? ['force_cancel'] : [];
  if (facts.liveWorkers === 0 && (gate === 'worker' || gate === 'lease'))
    steps.push('start_worker', 'ask_manager');
  if (gate === 'provider') steps.push('open_connection');
  return steps;
}

/** Who cancelled and why. Null when the run was not cancelled, or nobody was recorded. */
function cancelText({ status, cancelBy, cancelReason, safeError }: NarrativeFacts): string | null {
  if (status !== 'cancelled' || cancelBy === null) return null;
  const why = cancelReason?.replaceAll(/\s+/g, ' ');
  const said = why ? `Cancelled by ${cancelBy}: “${why}”.` : `Cancelled by ${cancelBy}.`;
  return safeError?.context?.forced === true ? `${said} ${safeError.message}` : said;
}

function keptText({ succeeded, skipped }: Counts): string {
  const kept = succeeded === 0 ? '' : ` ${succeeded} succeeded and keep their results.`;
  return skipped === 0 ? kept : `${kept} ${skipped} ${skipped === 1 ? 'was' : 'were'} skipped.`;
}

function remedyText(code: ReasonCode): string {
  const { remedy } = reasonRule(code);
  return remedy === undefined ? '' : ` ${remedy}`;
}

function progressText(counts: Counts): string {
  const done = counts.total - remaining(counts);
  const failed = counts.failed === 0 ? '' : `, ${counts.failed} failed`;
  return `${done} of ${counts.total}${failed}`;
}

function outcomeText(counts: Counts): string {
  const items = counts.total === 1 ? 'item' : 'items';
  const parts = [`${counts.succeeded} of ${counts.total} ${items} succeeded`];
  if (counts.failed > 0) parts.push(`${counts.failed} failed`);
  if (counts.skipped > 0) parts.push(`${counts.skipped} skipped`);
  return parts.join(', ');
}
