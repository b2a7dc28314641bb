import { describe, expect, it } from 'vitest';
import { nextSteps } from '../gate/next-steps.ts';
import { reasonCodes } from '../gate/reasons.ts';
import { noCounts } from './counts.ts';
import { describeWaiting, type NarrativeFacts, runReason, statusText, whatNext } from './describe-run.ts';
import { isTerminal, runStatuses, terminalStatuses } from './lifecycle.ts';

const now = new Date('2026-03-14T02:15:00.000Z');
const earlier = new Date('2026-03-14T02:00:00.000Z');
const later = new Date('2026-03-14T02:20:00.000Z');

function facts(changed: Partial<NarrativeFacts>): NarrativeFacts {
  return {
    operation: 'snapshot_capture',
    status: 'queued',
    waitCause: null,
    wakeAt: earlier,
    phaseSince: earlier,
    counts: noCounts,
    currentStep: null,
    attempt: 1,
    safeError: null,
    leaseWorker: null,
    leaseExpiresAt: null,
    cancelRequestedAt: null,
    cancelBy: null,
    cancelReason: null,
    initiatorName: 'operator',
    connectionLabel: 'Graph',
    liveWorkers: 1,
    ...changed,
  };
}

const running = { status: 'running', leaseWorker: 'w1', leaseExpiresAt: later } as const;

describe('nothing waits without a stated cause', () => {
  const standing = runStatuses.filter((status) => !isTerminal(status) && status !== 'running');

  it.each(standing)('%s says at which gate, since when and who may free it', (status) => {
    for (const waitCause of [null, 'a code of a later version', ...reasonCodes]) {
      for (const wakeAt of [earlier, later]) {
        for (const liveWorkers of [0, 1, null]) {
          const waiting = describeWaiting(facts({ status, waitCause, wakeAt, liveWorkers }), now);
          expect(waiting?.sentence).toMatch(/^[A-Z].*\.$/);
          expect(waiting?.freedBy).not.toBe('');
          expect(waiting?.since).toEqual(earlier);
        }
      }
    }
  });

  it('a running run waits for nothing while its worker is heard', () => {
    expect(describeWaiting(facts(running), now)).toBeNull();
  });

  it('a running run whose worker fell silent says who had it and that it is taken over', () => {
    const waiting = describeWaiting(facts({ ...running, leaseExpiresAt: earlier }), now);
    expect(waiting).toMatchObject({ gate: 'lease', holder: 'w1', since: earlier });
  });

  it('a running run that was asked to stop says what it waits for', () => {
    const waiting = describeWaiting(facts({ ...running, cancelRequestedAt: earlier }), now);
    expect(waiting).toMatchObject({ gate: 'cancel', holder: 'w1', since: earlier });
  });

  it('a run that does not stop offers to be ended by force, and not before it had its time', () => {
    const asked = { ...running, cancelRequestedAt: new Date(now.getTime() - 59_000) };
    expect(whatNext(facts(asked), now).steps).toEqual([]);
    const slow = { ...running, cancelRequestedAt: earlier };
    expect(whatNext(facts(slow), now)).toEqual({
      sentence: 'A cancel was asked for a while ago, and the worker has not stopped.',
      steps: ['force_cancel'],
    });
    const silent = { ...asked, leaseExpiresAt: earlier };
    expect(whatNext(facts(silent), now).steps).toEqual(['force_cancel']);
  });

  it('a queued run without any worker says so instead of promising one', () => {
    expect(describeWaiting(facts({ liveWorkers: 0 }), now)).toMatchObject({
      sentence: 'The run is admitted, but no worker is running.',
      freedBy: 'whoever starts a worker',
    });
    expect(whatNext(facts({ liveWorkers: 0 }), now).steps).toEqual(['start_worker', 'ask_manager']);
  });

  it('a throttled run names the connection and the moment it goes on', () => {
    const waiting = describeWaiting(facts({ waitCause: 'throttled', wakeAt: later }), now);
    expect(waiting).toMatchObject({ gate: 'provider', holder: 'Graph', until: later });
  });

  it('a run whose wait is over only lacks a worker, whatever it waited for before', () => {
    const waiting = describeWaiting(facts({ waitCause: 'waiting_to_retry', wakeAt: earlier }), now);
    expect(waiting).toMatchObject({ gate: 'worker', until: null });
  });

  it.each(terminalStatuses)('%s waits for nothing', (status) => {
    expect(describeWaiting(facts({ status }), now)).toBeNull();
  });
});

describe('every state has a sentence and known steps', () => {
  it.each(runStatuses)('%s', (status) => {
    expect(statusText(facts({ status }))).toMatch(/^[A-Z].*\.$/);
    const next = whatNext(facts({ status }), now);
    expect(next.sentence).toMatch(/^[A-Z].*\.$/);
    for (const step of next.steps) expect(Object.hasOwn(nextSteps, step)).toBe(true);
  });

  it.each(terminalStatuses)('%s offers at least one thing to do', (status) => {
    expect(whatNext(facts({ status }), now).steps.length).toBeGreaterThan(0);
  });

  it.each(reasonCodes)('a run that failed with %s says so and never advises to open itself', (code) => {
    const failed = facts({ status: 'failed', safeError: { code, message: 'It went wrong.' } });
    expect(runReason(failed)).toBe(code);
    expect(whatNext(failed, now).sentence).toContain('It went wrong.');
    expect(whatNext(failed, now).steps).not.toContain('open_run');
  });
});

describe('a cancelled run', () => {
  const cancelled = { status: 'cancelled', cancelBy: 'dana', cancelReason: 'wrong\n tenant' } as const;
  const error = {
    code: 'cancelled',
    message: 'The run was cancelled before all its work was done.',
  } as const;

  it('says who cancelled it and why, and what is kept', () => {
    const counts = { total: 3, succeeded: 1, failed: 0, skipped: 2 };
    expect(whatNext(facts({ ...cancelled, counts, safeError: error }), now)).toEqual({
      sentence: 'Cancelled by dana: “wrong tenant”. 1 succeeded and keep their results. 2 were skipped.',
      steps: ['replay'],
    });
    expect(whatNext(facts({ ...cancelled, cancelReason: null }), now).sentence).toBe('Cancelled by dana.');
  });

  it('by force also says that its worker was not heard', () => {
    const forced = { ...error, message: 'Ended without its worker.', context: { forced: true } };
    expect(whatNext(facts({ ...cancelled, safeError: forced }), now).sentence).toBe(
      'Cancelled by dana: “wrong tenant”. Ended without its worker.',
    );
  });
});

describe('a reader learns what mends it', () => {
  it.each(['credential_invalid', 'consent_missing', 'preview_stale', 'provider_unavailable'] as const)(
    '%s says what to do, after what went wrong and what is kept',
    (code) => {
      const counts = { total: 240, succeeded: 28, failed: 0, skipped: 212 };
      const failed = facts({ status: 'failed', counts, safeError: { code, message: 'It went wrong.' } });
      expect(whatNext(failed, now).sentence).toMatch(
        /^It went wrong\. 28 succeeded and keep their results\. 212 were skipped\. [A-Z].* (again|that one|answers)\.$/,
      );
    },
  );
});

describe('what a sentence says is true to the counts', () => {
  const counts = { total: 40, succeeded: 36, failed: 2, skipped: 1 };

  it('a running run gives what is done of how much, with failures', () => {
    expect(statusText(facts({ ...running, counts, currentStep: 'write' }))).toBe(
      'Running: write, 39 of 40, 2 failed.',
    );
  });

  it('a run without a known total claims none', () => {
    expect(statusText(facts(running))).toBe('Running.');
    expect(statusText(facts({ status: 'succeeded' }))).toBe('Succeeded.');
  });

  it('a partial run gives all three counts and says that successes are kept', () => {
    const partial = facts({
      status: 'partial',
      counts,
      safeError: { code: 'items_failed', message: '2 of 40 items failed.' },
    });
    expect(statusText(partial)).toBe('Partly succeeded: 36 of 40 items succeeded, 2 failed, 1 skipped.');
    expect(whatNext(partial, now)).toEqual({
      sentence: '2 of 40 items failed. 36 succeeded and keep their results. 1 was skipped.',
      steps: ['retry_failed_items'],
    });
  });
});
