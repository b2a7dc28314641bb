import { expect, test } from 'vitest';
import { type AttentionFacts, attentionKinds, needsAttention } from './attention.ts';
import { counted, countText } from './counted-runs.ts';
import { hrefOf, placeOf } from './place.ts';

const at = new Date('2026-03-14T08:00:00Z');
const none = counted(0);
const calm: AttentionFacts = {
  liveWorkers: 2,
  queued: none,
  silent: [],
  still: [],
  overdue: [],
  holding: [],
  troubled: { count: none, newest: [] },
  refused: { count: none, groups: [] },
  bulk: [],
  bootstraps: [],
  connections: { count: none, first: [] },
  quota: { current: 7, limit: 10, period: '2026-03-01' },
};
const run = (id: number) => ({ id, operation: 'snapshot_capture', tenant: 'Contoso', at });
const connection = (id: number, stops: boolean) => ({ id, label: `C${id}`, trouble: 'Failing', stops });
const group = (times: number) => ({
  operation: 'snapshot_capture',
  tenant: { id: 7, name: 'Contoso' },
  reason: { code: 'consent_missing', label: 'Consent missing' },
  times,
  at,
});

/** Everything that can be wrong at once. */
const trouble: AttentionFacts = {
  liveWorkers: 0,
  queued: counted(12),
  silent: [run(1)],
  still: [run(2)],
  overdue: [run(3)],
  holding: [run(4)],
  troubled: {
    count: counted(2),
    newest: [
      { ...run(5), note: '2 of 40 failed' },
      { ...run(6), note: 'Poison' },
    ],
  },
  refused: { count: counted(3), groups: [group(3)] },
  bulk: [{ id: 9, at, waiting: counted(3) }],
  bootstraps: [
    { operation: 'inventory.sync', tenant: { id: 7, name: 'Contoso' }, at, why: 'Run 4 holds it.' },
  ],
  connections: { count: counted(1), first: [connection(8, true)] },
  quota: { current: 10, limit: 10, period: '2026-03-01' },
};

const kindsOf = (facts: AttentionFacts) => needsAttention(facts).map(({ kind }) => kind);

test('nothing needs attention where nothing is wrong, and new work is none', () => {
  expect(needsAttention(calm)).toEqual([]);
  expect(needsAttention({ ...calm, queued: counted(40) })).toEqual([]);
});

test('what stands still or has failed comes before what may soon, in the order of the catalogue', () => {
  const items = needsAttention(trouble);
  expect(items.map(({ kind, severity }) => [kind, severity])).toEqual([
    ['no_worker', 'stop'],
    ['lease_expired', 'stop'],
    ['connection_unhealthy', 'stop'],
    ['runs_failed', 'stop'],
    ['quota_used', 'stop'],
    ['no_progress', 'caution'],
    ['scope_held', 'caution'],
    ['bulk_waiting', 'caution'],
    ['bootstrap_waiting', 'caution'],
    ['starts_refused', 'caution'],
  ]);
  const [, , , failed] = items;
  expect(failed).toMatchObject({ sentence: '2 runs failed or ended in part in the last 24 hours.' });
  // A connection that only degrades moves behind what has failed.
  const degraded = { ...trouble, connections: { count: counted(1), first: [connection(8, false)] } };
  expect(kindsOf(degraded).indexOf('connection_unhealthy')).toBeGreaterThan(
    kindsOf(degraded).indexOf('runs_failed'),
  );
});

test('the quota is told from 80 % on, and as urgent when it is used up', () => {
  const told = (current: number) =>
    needsAttention({ ...calm, quota: { current, limit: 10, period: '2026-03-01' } }).map(
      ({ severity, sentence, place }) => [severity, sentence, place.path],
    );
  expect(told(7)).toEqual([]);
  const used = 'of 10 runs are used; the count begins anew on 2026-04-01 at 00:00 UTC.';
  expect(told(8)).toEqual([['caution', `8 ${used}`, '/usage']]);
  expect(told(11)).toEqual([['stop', `11 ${used} Until then deployments are refused.`, '/usage']]);
});

test('every kind there is can be reached, each with one action that leads somewhere', () => {
  const seen = new Set([...kindsOf(trouble), ...kindsOf({ ...trouble, liveWorkers: 1 })]);
  expect([...seen].sort()).toEqual([...attentionKinds].sort());
  for (const item of needsAttention(trouble)) {
    expect(item.sentence).toMatch(/^[A-Z0-9].*\.$/);
    expect(item.action.place.path).toMatch(/^\/[a-z]/);
  }
});

test('without a worker overdue retries are no news of their own', () => {
  expect(kindsOf({ ...calm, overdue: [run(3)] })).toEqual(['retry_overdue']);
  expect(kindsOf({ ...calm, overdue: [run(3)], liveWorkers: 0 })).toEqual(['no_worker']);
});

test('a run that is named for a graver cause is not named again for its scope', () => {
  const facts = {
    ...calm,
    silent: [run(1)],
    still: [run(2)],
    overdue: [run(3)],
    holding: [1, 2, 3, 4].map(run),
  };
  expect(needsAttention(facts).map(({ kind, place }) => [kind, place.path])).toEqual([
    ['lease_expired', '/runs/1'],
    ['no_progress', '/runs/2'],
    ['retry_overdue', '/runs/3'],
    ['scope_held', '/runs/4'],
  ]);
});

test('one of a kind is opened at once; several lead to the list their number counts', () => {
  const of = (facts: Partial<AttentionFacts>) => needsAttention({ ...calm, ...facts })[0];
  const one = of({ troubled: { count: counted(1), newest: [{ ...run(5), note: '' }] } });
  expect(one?.action).toEqual({ label: 'Open the run', place: placeOf('/runs/5') });
  expect(one?.place.search).toEqual({ status: 'failed,partial', ended: '24h' });
  const several = of({ connections: { count: counted(4), first: [connection(8, true)] } });
  expect(several?.action.place).toEqual(several?.place);
  expect(several?.place).toEqual(placeOf('/connections', { only: 'unhealthy' }));
});

test('a kind of refused start leads to exactly those, and says how often it came while that is known', () => {
  const example = (facts: AttentionFacts['refused']) =>
    needsAttention({ ...calm, refused: facts })[0]?.examples[0];
  const place = {
    path: '/refusals',
    search: { last: '24h', operation: 'snapshot_capture', tenant: '7', reason: 'consent_missing' },
  };
  expect(example({ count: counted(3), groups: [group(3)] })).toMatchObject({
    note: 'Consent missing, 3 times',
    place,
  });
  expect(example({ count: counted(1), groups: [group(1)] })).toMatchObject({
    note: 'Consent missing',
    place,
  });
  // Past the cap nobody has counted them all.
  expect(example({ count: counted(5_000), groups: [group(900)] })).toMatchObject({ note: 'Consent missing' });
});

test('a count says where it stopped, and one is one', () => {
  const words = ['run waits', 'runs wait'] as const;
  expect(countText(counted(1), words)).toBe('1 run waits');
  expect(countText(counted(1_000), words)).toBe('1,000 runs wait');
  expect(countText(counted(1_001), words)).toBe('1,000+ runs wait');
});

test('an address keeps its commas and hides nothing else', () => {
  expect(hrefOf('ws-a', placeOf('/runs', { status: 'failed,partial', q: 'a&b=#c' }))).toBe(
    '/w/ws-a/runs?status=failed,partial&q=a%26b%3D%23c',
  );
  expect(hrefOf('ws-a', placeOf('/fleet'))).toBe('/w/ws-a/fleet');
});
