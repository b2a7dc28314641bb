import { expect, it } from 'vitest';
import { cardSteps, cardTone, outputFacts, quietFor } from './what-next-model.ts';

const now = Date.parse('2026-03-01T12:10:00.000Z');

it('mentions a running run only when it has shown nothing for minutes, and not for the time before it was taken', () => {
  const phaseSince = '2026-03-01T12:00:00.000Z';
  const run = { status: 'running' as const, phaseSince };
  expect(quietFor(run, now)).toBe(600_000);
  expect(quietFor({ ...run, progress: { updatedAt: '2026-03-01T12:09:00.000Z' } }, now)).toBeNull();
  expect(quietFor({ ...run, status: 'succeeded' }, now)).toBeNull();
  const taken = {
    phaseSince: '2026-03-01T12:09:00.000Z',
    progress: { updatedAt: '2026-03-01T11:00:00.000Z' },
  };
  expect(quietFor({ ...run, ...taken }, now)).toBeNull();
});

it('gives a run that waits another tone than one that works', () => {
  const waiting = { gate: 'worker', sentence: '', since: '', freedBy: '' };
  expect(cardTone({ status: 'queued', waiting })).toBe('lunar');
  expect(cardTone({ status: 'running' })).toBe('accent');
  expect(cardTone({ status: 'running', waiting: { ...waiting, gate: 'lease' } })).toBe('caution');
  expect(cardTone({ status: 'partial' })).toBe('caution');
});

const counts = { total: 40, succeeded: 33, failed: 7, skipped: 0 };
const run = {
  operation: 'snapshot_capture',
  id: 15,
  input: {},
  status: 'partial' as const,
  counts,
  whatNext: { sentence: '', nextSteps: [] as never[] },
};
const step = (code: string, href?: string) => ({
  code,
  label: code,
  ...(href === undefined ? {} : { href }),
});

it.each([
  'pending',
  'queued',
  'running',
  'awaiting_approval',
  'succeeded',
  'partial',
  'failed',
  'cancelled',
  'rejected',
  'expired',
  'vetoed',
] as const)('has one main step for %s, also for a reader who may do nothing', (status) => {
  const { main, others } = cardSteps({ ...run, status }, 'acme');
  expect(main.label).not.toBe('');
  expect(main.kind).not.toBe('advice');
  expect(others.some(({ label }) => label === main.label)).toBe(false);
});

it('offers the server’s first deed first, advice last, and nothing that leads to the page one is on', () => {
  const here = '/w/acme/runs/15';
  const nextSteps = [
    step('ask_manager'),
    step('open_run', here),
    step('retry_failed_items', `${here}?tab=items`),
    step('open_connection', '/w/acme/connections/2'),
  ];
  const { main, others } = cardSteps({ ...run, whatNext: { sentence: '', nextSteps } }, 'acme');
  expect(main).toEqual({ kind: 'retry', label: 'Retry these 7 items' });
  expect(others.map(({ label }) => label)).toEqual(['open_connection', 'Read the log', 'ask_manager']);
});

it('leads a run that succeeded to what it gave before doing it again', () => {
  const replay = step('replay', '/w/acme/start?replay=15');
  const done = { ...run, status: 'succeeded' as const, whatNext: { sentence: '', nextSteps: [replay] } };
  expect(cardSteps(done, 'acme').main).toMatchObject({ kind: 'part', search: { tab: 'items' } });
  const preview = { sentence: '', nextSteps: [step('run_restore', '/w/acme/start?preview=15'), replay] };
  expect(cardSteps({ ...done, whatNext: preview }, 'acme').main).toMatchObject({
    kind: 'go',
    label: 'run_restore',
  });
});

it('leads a run that only counted to where what it counted is kept', () => {
  const tenant = { id: 7, externalId: 'contoso', name: 'Contoso' };
  const synced = { ...run, operation: 'directory.groups.sync', status: 'succeeded' as const, tenant };
  const href = '/w/acme/tenants/7?part=groups';
  expect(cardSteps(synced, 'acme').main).toEqual({ kind: 'go', label: 'See the groups', href });
});

it('shows short results in words and leaves ids and long values to their part', () => {
  const output = { newVersions: 1_200, backupSetId: 4, changed: true, note: 'x'.repeat(81), list: [1] };
  expect(outputFacts(output)).toEqual([
    { label: 'new versions', value: '1,200' },
    { label: 'changed', value: 'yes' },
  ]);
});

it('leads from a rollback that left something standing to its aim again, and from a finished one nowhere', () => {
  const nextSteps = ['replay', 'retry_failed_items'].map((code) => ({
    code,
    label: code,
    href: '/w/w/start',
  }));
  const rollback = {
    ...run,
    operation: 'provisioning_rollback',
    input: { target: { kind: 'runs', runIds: [3] } },
    whatNext: { sentence: '', nextSteps },
  };
  const steps = cardSteps({ ...rollback, status: 'partial' }, 'w');
  expect(steps.main).toEqual({ kind: 'go', label: 'Roll back the rest…', href: '/w/w/rollback?runs=3' });
  expect(cardSteps({ ...rollback, status: 'succeeded' }, 'w')).toMatchObject({
    main: { label: 'See the results' },
    others: [],
  });
});
