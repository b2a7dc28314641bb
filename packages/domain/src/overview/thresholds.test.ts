import { expect, test } from 'vitest';
import { connectionTrouble } from './connection-trouble.ts';
import { firstSteps } from './first-steps.ts';
import { heldTooLong } from './thresholds.ts';

const minute = 60_000;

test.each([
  // Quick work is not long after a moment, only after five minutes.
  [4 * minute, 1_000, false],
  [6 * minute, 1_000, true],
  // Slow work may take its time, four times over.
  [39 * minute, 10 * minute, false],
  [41 * minute, 10 * minute, true],
  // With nothing to compare with, half an hour.
  [29 * minute, null, false],
  [31 * minute, null, true],
])('a scope held %d ms where %s ms is usual: unusual is %s', (held, usual, long) => {
  expect(heldTooLong(held, usual)).toBe(long);
});

const fine = { consent: 'granted', health: 'ok', healthReason: null, credential: 'present', expired: false };

test.each([
  [{ credential: 'missing', consent: 'missing' }, 'Credential missing', true],
  [{ expired: true }, 'Credential expired', true],
  [{ credential: 'refused' }, 'Credential refused', true],
  [{ consent: 'unknown', health: 'unknown' }, 'Never checked', false],
  [{ consent: 'missing', health: 'failing', healthReason: 'consent_missing' }, 'Consent missing', true],
  [{ health: 'failing', healthReason: 'provider_unavailable' }, 'Provider unavailable', true],
  [{ health: 'failing', healthReason: 'constructor' }, 'Failing', true],
  [{ health: 'warning', healthReason: 'permission_missing' }, 'Permission missing', false],
  [{ health: 'warning' }, 'Degraded', false],
])('a connection with %o is troubled by %s', (found, trouble, stops) => {
  expect(connectionTrouble({ ...fine, ...found })).toEqual({ trouble, stops });
});

test('a step leads to where it is taken, and to its result once it is done', () => {
  const nothing = { connected: true, checked: false, captured: false, backupSet: false, previewed: false };
  const places = (facts: Partial<Parameters<typeof firstSteps>[0]>) =>
    firstSteps({ ...nothing, onlyConnectionId: null, ...facts }).map(({ done, place }) => [done, place.path]);
  expect(places({})).toEqual([
    [true, '/connections'],
    [false, '/connections'],
    [false, '/start'],
    [false, '/backup-sets'],
    [false, '/start'],
  ]);
  expect(places({ onlyConnectionId: 4 })[1]).toEqual([false, '/connections/4']);
  expect(places({ checked: true, captured: true, previewed: true }).map(([, path]) => path)).toEqual([
    '/connections',
    '/runs',
    '/runs',
    '/backup-sets',
    '/runs',
  ]);
});
