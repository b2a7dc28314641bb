import type { RunHint } from '@signalbox/contracts/run/live-events';
import type { RunSummary } from '@signalbox/contracts/run/run-summary';
import { expect, it } from 'vitest';
import { matches, patchRow, traitsOfHint, traitsOfRow } from './live-rows.ts';

const counts = { total: 10, succeeded: 2, failed: 0, skipped: 0 };
const common = {
  id: 7,
  uid: '0198f2a0-5c1e-7d3a-9b54-0f6c2b7a9e11',
  operation: 'snapshot_capture',
  codename: 'amber-viaduct',
  tags: ['nightly'],
  initiator: { kind: 'user' as const, username: 'ada' },
  statusText: '',
  counts,
  createdAt: '2026-03-01T12:00:00.000Z',
};
const row: RunSummary = {
  ...common,
  operationLabel: 'Capture policies',
  status: 'queued',
  reasonCode: 'throttled',
  tenant: { id: 1, externalId: 'contoso', name: 'Contoso' },
  connection: { id: 4, label: 'Graph' },
  eventSeq: 8,
};
const hint: RunHint = {
  ...common,
  kind: 'run',
  tenantId: 1,
  connectionId: 4,
  status: 'failed',
  reasonCode: 'provider_refused',
  startedAt: '2026-03-01T12:00:10.000Z',
  finishedAt: '2026-03-01T12:01:00.000Z',
  eventSeq: 9,
};

it('patches a row only with a newer hint about the same run', () => {
  expect(patchRow(row, hint)).toMatchObject({ status: 'failed', finishedAt: hint.finishedAt });
  expect(patchRow({ ...row, eventSeq: 10 }, hint).status).toBe('queued');
  expect(patchRow({ ...row, id: 8 }, hint).status).toBe('queued');
});

it('drops the reason a run no longer has', () => {
  const { reasonCode: _, ...going } = hint;
  expect(patchRow(row, { ...going, status: 'running' })).not.toHaveProperty('reasonCode');
});

it('holds a row and a hint against a filter in the same way', () => {
  const { status, reasonCode, finishedAt } = hint;
  expect(
    traitsOfRow({ ...row, status, reasonCode: reasonCode ?? '', finishedAt: finishedAt ?? '', eventSeq: 9 }),
  ).toMatchObject({ tenantId: 1, connectionId: 4, username: 'ada', reason: 'provider_refused', finishedAt });
  expect(traitsOfHint(hint)).toMatchObject({ tenantId: 1, connectionId: 4, username: 'ada', finishedAt });
});

it.each([
  [{}, true],
  [{ status: 'failed,partial' }, true],
  [{ status: 'succeeded' }, false],
  [{ operation: 'restore_execute' }, false],
  [{ tenantId: 1, connectionId: 4 }, true],
  [{ tenantId: 2 }, false],
  [{ connectionId: 5 }, false],
  [{ initiatedBy: 'me' }, true],
  [{ initiatedBy: 'ada' }, true],
  [{ initiatedBy: 'bob' }, false],
  [{ tag: 'nightly' }, true],
  [{ tag: 'night' }, false],
  [{ reason: 'provider_refused' as const }, true],
  [{ reason: 'throttled' as const }, false],
  [{ createdAfter: '2026-03-01T12:00:00Z' }, true],
  [{ createdAfter: '2026-03-01T12:00:01Z' }, false],
  [{ createdBefore: '2026-03-01T12:00:00Z' }, false],
  [{ endedAfter: '2026-03-01T12:01:00Z' }, true],
  [{ endedAfter: '2026-03-01T12:02:00Z' }, false],
  [{ q: '#7' }, true],
  [{ q: 'Amber-Viaduct' }, true],
  [{ q: '70' }, false],
])('says for %j what the API would', (filter, expected) => {
  expect(matches(filter, traitsOfHint(hint), 'ada')).toBe(expected);
});

it('takes no run without an end for one that ended', () => {
  expect(matches({ endedAfter: '2020-01-01T00:00:00Z' }, traitsOfRow(row), null)).toBe(false);
});
