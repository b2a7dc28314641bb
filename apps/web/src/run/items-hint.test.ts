import { expect, it } from 'vitest';
import { hintOf } from './items-hint.ts';

it('says why an item was skipped, where the operation did not', () => {
  expect(hintOf({ outcome: 'skipped', detail: { action: 'skip' } })).toContain('already was as wanted');
  expect(hintOf({ outcome: 'skipped', message: 'Excluded by name.' })).toBeNull();
  expect(hintOf({ outcome: 'skipped', detail: { why: 'x' } })).toBe('Left as it is.');
});

it('tells what a capture kept', () => {
  expect(hintOf({ outcome: 'succeeded', detail: { version: 3, fresh: false } })).toBe(
    'Unchanged since version 3.',
  );
  expect(hintOf({ outcome: 'succeeded', detail: { version: 4, fresh: true } })).toBe('Kept as version 4.');
});

it('makes nothing up', () => {
  expect(hintOf({ outcome: 'succeeded' })).toBeNull();
  expect(hintOf({ outcome: 'failed', detail: { version: 1 } })).toBeNull();
});
