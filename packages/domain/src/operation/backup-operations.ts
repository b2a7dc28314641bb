import { graphDefaults } from './graph-defaults.ts';
import type { OperationRule } from './rule.ts';

/** Capturing policies of a tenant and writing them back. */
export const backupOperations = {
  snapshot_capture: {
    ...graphDefaults,
    name: 'snapshot_capture',
    label: 'Capture policies',
    description: 'Reads policies with their assignments and keeps each as a new immutable version.',
    capability: 'run.start.snapshot_capture',
    surfaces: ['native', 'admin', 'tenant'],
    permissions: ['DeviceManagementConfiguration.Read.All'],
    target: 'none',
    itemField: 'policyIds',
  },
  backup_set_add_policies: {
    ...graphDefaults,
    name: 'backup_set_add_policies',
    label: 'Add policies to a backup set',
    description: 'Captures the chosen policies and adds each to a backup set as an immutable item.',
    capability: 'run.start.backup_set_add_policies',
    surfaces: ['native', 'admin', 'tenant'],
    permissions: ['DeviceManagementConfiguration.Read.All'],
    target: 'backup_set',
    itemField: 'policyIds',
  },
  restore_preview: {
    ...graphDefaults,
    name: 'restore_preview',
    label: 'Preview a restore',
    description:
      'Compares the items of a backup set with the live objects and says what a restore would do. Writes nothing.',
    capability: 'run.start.restore_preview',
    surfaces: ['native', 'admin', 'tenant'],
    permissions: ['DeviceManagementConfiguration.Read.All', 'GroupMember.Read.All'],
    target: 'complete_backup_set',
    itemField: null,
  },
  restore_execute: {
    ...graphDefaults,
    name: 'restore_execute',
    label: 'Restore policies',
    description:
      'Writes the items of a preview back to the tenant, with their assignments. Refused when the preview is stale.',
    capability: 'run.start.restore_execute',
    surfaces: ['native', 'admin'],
    permissions: ['DeviceManagementConfiguration.ReadWrite.All', 'GroupMember.Read.All'],
    target: 'restore_preview',
    itemField: 'itemIds',
  },
} as const satisfies Record<string, OperationRule>;
