import { graphDefaults } from './graph-defaults.ts';
import type { OperationRule } from './rule.ts';

/** Reading what a tenant has: its directory, its policies, its devices. */
export const syncOperations = {
  'directory.groups.sync': {
    ...graphDefaults,
    name: 'directory.groups.sync',
    label: 'Sync groups',
    description: 'Reads the groups of the tenant, all of them or what has changed, and keeps what was seen.',
    capability: 'run.start.directory.groups.sync',
    surfaces: ['native', 'tenant', 'bootstrap'],
    permissions: ['GroupMember.Read.All'],
    target: 'group_selection',
    itemField: null,
  },
  'directory.role_definitions.sync': {
    ...graphDefaults,
    name: 'directory.role_definitions.sync',
    label: 'Sync role definitions',
    description: 'Reads the role definitions of Entra and of Intune and keeps what was seen.',
    capability: 'run.start.directory.role_definitions.sync',
    surfaces: ['native', 'tenant', 'bootstrap'],
    permissions: ['DeviceManagementRBAC.Read.All', 'RoleManagement.Read.Directory'],
    target: 'none',
    itemField: null,
  },
  'inventory.sync': {
    ...graphDefaults,
    name: 'inventory.sync',
    label: 'Sync the policy inventory',
    description:
      'Reads the names of all policies of the tenant and keeps which are there, without their contents.',
    capability: 'run.start.inventory.sync',
    surfaces: ['native', 'tenant', 'connection', 'bootstrap'],
    permissions: ['DeviceManagementConfiguration.Read.All'],
    target: 'none',
    itemField: null,
  },
  'compliance.snapshot': {
    ...graphDefaults,
    name: 'compliance.snapshot',
    label: 'Take a compliance snapshot',
    description: 'Counts the managed devices of the tenant by their compliance.',
    capability: 'run.start.compliance.snapshot',
    surfaces: ['native', 'tenant', 'connection', 'bootstrap'],
    permissions: ['DeviceManagementManagedDevices.Read.All'],
    target: 'none',
    itemField: null,
  },
} as const satisfies Record<string, OperationRule>;
