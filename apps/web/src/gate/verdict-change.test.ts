import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import { expect, it } from 'vitest';
import { verdictChange } from './verdict-change.ts';

const plain: Pick<StartOutcome, 'message' | 'nextSteps'> = { message: 'What the gate said.', nextSteps: [] };
const run = (id: number) => ({ id, operation: 'snapshot_capture' }) as NonNullable<StartOutcome['run']>;
const reason = (code: 'consent_missing' | 'throttled', label: string) =>
  ({ code, label, text: '', severity: 'error' }) as const;

const accepted: StartOutcome = { ...plain, outcome: 'accepted', connectionId: 7 };
const made: StartOutcome = { ...accepted, run: run(9) };
const deduped = (id: number): StartOutcome => ({ ...plain, outcome: 'deduped', run: run(id) });
const busy = (runId: number): StartOutcome => ({
  ...plain,
  outcome: 'scope_busy',
  holder: { runId, operation: 'restore_execute', since: '2026-03-01T12:00:00Z' },
});
const consent: StartOutcome = {
  ...plain,
  outcome: 'blocked',
  reason: reason('consent_missing', 'Consent missing'),
};
const throttled: StartOutcome = { ...plain, outcome: 'blocked', reason: reason('throttled', 'Throttled') };

const said = (before: StartOutcome, after: StartOutcome) =>
  verdictChange({ outcome: before, at: 0 }, after, () => '14:02:11');

it.each([
  [accepted, made],
  [deduped(3), deduped(3)],
  [busy(3), busy(3)],
  [consent, consent],
])('says nothing when the answer is the one foretold', (before, after) => {
  expect(said(before, after)).toBeNull();
});

it.each([
  [accepted, busy(12), 'Accepted', 'run #12 (Restore policies) took the scope'],
  [accepted, deduped(12), 'Accepted', 'run #12 began the same work'],
  [accepted, consent, 'Accepted', 'this came up: Consent missing'],
  [deduped(11), made, 'Deduped', 'run #11 ended, so run #9 was made'],
  [deduped(11), deduped(12), 'Deduped', 'run #11 ended and run #12 began the same work'],
  [deduped(11), busy(12), 'Deduped', 'run #11 ended and run #12 (Restore policies) took the scope'],
  [busy(11), made, 'Scope busy', 'run #11 let go of the scope, so run #9 was made'],
  [
    busy(11),
    busy(12),
    'Scope busy',
    'run #11 let go of the scope and run #12 (Restore policies) took the scope',
  ],
  [busy(11), consent, 'Scope busy', 'run #11 let go of the scope and this came up: Consent missing'],
  [consent, made, 'Blocked', '“Consent missing” has passed, so run #9 was made'],
  [consent, throttled, 'Blocked', '“Consent missing” has passed and this came up: Throttled'],
  [accepted, { ...made, connectionId: 8 }, 'Accepted', 'another connection became the one that is used'],
  [accepted, { ...made, approvalNeeded: true }, 'Accepted', 'an approval became necessary'],
] satisfies [StartOutcome, StartOutcome, string, string][])(
  'says exactly what changed: %#',
  (...[before, after, word, cause]) => {
    expect(said(before, after)).toBe(`The preview said ${word} at 14:02:11; since then ${cause}.`);
  },
);
