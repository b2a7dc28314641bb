import { expect, test } from 'vitest';
import { type ChangeFacts, describeChange } from './describe-change.ts';

const base: ChangeFacts = {
  actor: { kind: 'user', name: 'dana' },
  action: 'run.created',
  object: { kind: 'run', id: '7', name: null },
  run: { id: 7 },
  operation: 'snapshot_capture',
  tenant: { id: 3, name: 'Contoso' },
  status: null,
  reason: null,
};
const tell = (facts: Partial<ChangeFacts>) => describeChange({ ...base, ...facts });

test.each([
  [{}, 'dana started Capture policies on Contoso.'],
  [{ action: 'run.finished', status: 'succeeded' }, 'Capture policies on Contoso succeeded.'],
  [
    { action: 'run.finished', status: 'partial', reason: 'items_failed' },
    'Capture policies on Contoso ended in part: Items failed.',
  ],
  [
    { action: 'run.finished', status: 'failed', reason: 'of_a_later_version' },
    'Capture policies on Contoso failed: of_a_later_version.',
  ],
  [{ action: 'run.finished', status: '__proto__' }, 'Capture policies on Contoso ended.'],
  [
    { action: 'run.finished', status: 'cancelled', reason: 'cancelled' },
    'Capture policies on Contoso was cancelled.',
  ],
  [{ action: 'run.cancel_requested' }, 'dana asked to cancel Capture policies on Contoso.'],
  [{ action: 'run.cancelled', operation: null, tenant: null }, 'dana cancelled run #7.'],
  [
    { action: 'run.cancel_too_late' },
    'The cancel of Capture policies on Contoso came too late: all work was done.',
  ],
] as const)('a change of a run %o is told and leads to the run', (facts, sentence) => {
  expect(tell(facts)).toEqual({ sentence, place: { path: '/runs/7', search: {} } });
});

test('a refused start leads to the refusals like it, for it left no run', () => {
  const refused = {
    action: 'run.start_refused',
    run: null,
    object: { kind: 'tenant', id: '3', name: 'contoso' },
  };
  expect(tell({ ...refused, reason: 'throttled' })).toEqual({
    sentence: 'dana was refused Capture policies on Contoso: Throttled by the provider.',
    place: { path: '/refusals', search: { operation: 'snapshot_capture', tenant: '3' } },
  });
});

test('an object leads to its page, and an id that is none leads nowhere', () => {
  const created = (kind: string, id: string, name: string | null) =>
    tell({ action: `${kind}.created`, object: { kind, id, name }, run: null, operation: null, tenant: null });
  expect(created('connection', '4', 'Main')).toEqual({
    sentence: 'dana added the connection Main.',
    place: { path: '/connections/4', search: {} },
  });
  expect(created('backup_set', '9', null).sentence).toBe('dana created the backup set #9.');
  expect(created('backup_set', '../9', null).place).toBeNull();
  expect(created('workspace', 'ws-a', null)).toEqual({
    sentence: 'dana created this workspace.',
    place: null,
  });
});

test('a deed this version does not know is shown by its own word', () => {
  const other = {
    action: 'saved_view.shared',
    object: { kind: 'saved_view', id: '2', name: null },
    run: null,
  };
  expect(tell(other)).toEqual({ sentence: 'dana: saved view shared, saved view #2.', place: null });
});
