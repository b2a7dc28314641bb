import { expect, it } from 'vitest';
import { rowNote } from './row-model.ts';

const counts = { total: 40, succeeded: 38, failed: 2, skipped: 0 };

it('always says how many failed of a partial run', () => {
  expect(rowNote({ status: 'partial', counts, reasonCode: 'items_failed' })).toBe('2 of 40 failed');
});

it('says that a cancel is on its way only while the run goes on', () => {
  const cancelRequestedAt = '2026-03-01T12:00:00.000Z';
  expect(rowNote({ status: 'running', counts, cancelRequestedAt })).toBe('cancel asked for');
  expect(rowNote({ status: 'succeeded', counts, cancelRequestedAt })).toBeNull();
});

it('names the reason in words, and a code it does not know as it is', () => {
  expect(rowNote({ status: 'failed', counts, reasonCode: 'preview_stale' })).toBe('preview out of date');
  expect(rowNote({ status: 'failed', counts, reasonCode: 'constructor' })).toBe('constructor');
  expect(rowNote({ status: 'failed', counts })).toBeNull();
});
