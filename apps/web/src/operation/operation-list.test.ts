import type { OperationEntry } from '@signalbox/contracts/operation/list-operations';
import { operationRule, operationsOn } from '@signalbox/domain/operation/registry';
import { expect, it } from 'vitest';
import { groupOperations, matchesOperation } from './operation-list.ts';

const operationNames = operationsOn('native');
const catalogue: OperationEntry[] = operationNames.map((name) => {
  const { label, description, provider, capability } = operationRule(name);
  return {
    name,
    label,
    description,
    provider,
    capability,
    allowed: true,
    retriesItems: true,
    inputSchema: {},
  };
});

const shown = (recent: readonly string[], of = catalogue) =>
  groupOperations(of, recent).map(({ value, items }) => [value, items.map(({ name }) => name)]);

it('offers what was run last first, and everything exactly once', () => {
  expect(shown(['restore_execute', 'gone', 'snapshot_capture', 'restore_execute'])).toEqual([
    ['Recent', ['restore_execute', 'snapshot_capture']],
    ['Back up', ['backup_set_add_policies']],
    ['Restore', ['restore_preview']],
    [
      'Sync',
      ['directory.groups.sync', 'directory.role_definitions.sync', 'inventory.sync', 'compliance.snapshot'],
    ],
    ['Connections', ['provider.connection.check']],
  ]);
  const all = groupOperations(catalogue, [...operationNames]).flatMap(({ items }) => items);
  expect(all.map(({ name }) => name).sort()).toEqual([...operationNames].sort());
});

it('does not put first what one may no longer start', () => {
  const forbidden = catalogue.map((one) => ({ ...one, allowed: one.name !== 'restore_execute' }));
  expect(shown(['restore_execute'], forbidden)[0]).toEqual([
    'Back up',
    ['snapshot_capture', 'backup_set_add_policies'],
  ]);
});

it.each([
  ['capture', ['snapshot_capture', 'backup_set_add_policies']],
  ['restore PREVIEW', ['restore_preview', 'restore_execute']],
  ['connection.check', ['provider.connection.check']],
  ['   ', [...operationNames]],
  ['nothing like it', []],
])('finds by %j what has all the words', (typed, names) => {
  expect(catalogue.filter((one) => matchesOperation(one, typed)).map(({ name }) => name)).toEqual(names);
});
