import type { OperationEntry } from '@signalbox/contracts/operation/list-operations';
import type { OperationOn } from '@signalbox/domain/operation/registry';
import type { WorkflowName } from './workflow-model.ts';

const groupNames = [
  'Back up',
  'Restore',
  'Sync',
  'Connections',
  'Servers',
  'Task services',
  'Clusters',
] as const;

/** An operation as the picker offers it: one of the catalogue, or a workflow on an infra. */
export type OfferedOperation = Pick<OperationEntry, 'label' | 'description' | 'capability' | 'allowed'> & {
  readonly name: OperationOn<'native'> | WorkflowName;
};

/** Under which heading an operation is offered. A new operation does not compile until it has one. */
const groups: Record<OfferedOperation['name'], (typeof groupNames)[number]> = {
  snapshot_capture: 'Back up',
  backup_set_add_policies: 'Back up',
  restore_preview: 'Restore',
  restore_execute: 'Restore',
  'directory.groups.sync': 'Sync',
  'directory.role_definitions.sync': 'Sync',
  'inventory.sync': 'Sync',
  'compliance.snapshot': 'Sync',
  'provider.connection.check': 'Connections',
  create_servers: 'Servers',
  create_taskserv: 'Task services',
  configure_taskserv: 'Task services',
  restart_taskserv: 'Task services',
  delete_taskserv: 'Task services',
  create_cluster: 'Clusters',
  scale_cluster: 'Clusters',
  upgrade_cluster: 'Clusters',
  delete_cluster: 'Clusters',
};

/** A heading with its operations, as the picker shows them. */
export interface OperationGroup {
  readonly value: string;
  readonly items: readonly OfferedOperation[];
}

/** The most operations under "Recent". */
const mostRecent = 3;

/**
 * The catalogue for the picker: what this person ran last first, the rest under its headings; each stands there once.
 * `recent` names operations, newest first; what the catalogue does not know is left out.
 */
export function groupOperations(
  operations: readonly OfferedOperation[],
  recent: readonly string[],
): OperationGroup[] {
  const lately = [...new Set(recent)]
    .flatMap((name) => operations.filter((one) => one.name === name && one.allowed))
    .slice(0, mostRecent);
  const rest = operations.filter((one) => !lately.includes(one));
  return [
    { value: 'Recent', items: lately },
    ...groupNames.map((value) => ({ value, items: rest.filter(({ name }) => groups[name] === value) })),
  ].filter(({ items }) => items.length > 0);
}

/** Whether every word typed stands somewhere in what names the operation. */
export function matchesOperation(operation: OfferedOperation, typed: string): boolean {
  const text = `${operation.label} ${operation.name} ${operation.description}`.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
