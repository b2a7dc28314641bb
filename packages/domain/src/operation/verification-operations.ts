import { verificationDefaults } from './graph-defaults.ts';
import type { OperationRule } from './rule.ts';

/** Finding out whether a connection works, as a whole and question by question while a tenant is onboarded. */
export const verificationOperations = {
  'provider.connection.check': {
    ...verificationDefaults,
    name: 'provider.connection.check',
    label: 'Check the connection',
    description:
      'Signs in to the provider, compares granted with needed permissions and keeps consent and health true.',
    capability: 'run.start.provider.connection.check',
    surfaces: ['native', 'tenant', 'connection', 'onboarding'],
    // What the check itself reads. It may start without them and then says that they are missing.
    permissions: ['Application.Read.All', 'Organization.Read.All'],
  },
  'onboarding.consent.verify': {
    ...verificationDefaults,
    name: 'onboarding.consent.verify',
    label: 'Verify consent',
    description:
      'Asks the provider whether an administrator of the tenant has granted consent, and keeps the answer as evidence.',
    capability: 'run.start.onboarding.consent.verify',
    surfaces: ['onboarding'],
    permissions: ['Application.Read.All'],
  },
  'onboarding.connectivity.check': {
    ...verificationDefaults,
    name: 'onboarding.connectivity.check',
    label: 'Check connectivity',
    description: 'Signs in to the tenant, reads who it is, and keeps the answer as evidence.',
    capability: 'run.start.onboarding.connectivity.check',
    surfaces: ['onboarding'],
    permissions: ['Organization.Read.All'],
  },
  'onboarding.permissions.verify': {
    ...verificationDefaults,
    name: 'onboarding.permissions.verify',
    label: 'Verify permissions',
    description:
      'Compares the granted permissions with those all operations need, and keeps the difference as evidence.',
    capability: 'run.start.onboarding.permissions.verify',
    surfaces: ['onboarding'],
    permissions: ['Application.Read.All'],
  },
  'onboarding.rbac.verify': {
    ...verificationDefaults,
    name: 'onboarding.rbac.verify',
    label: 'Verify role access',
    description:
      'Reads the role definitions of Entra and of Intune, and keeps as evidence whether both can be read.',
    capability: 'run.start.onboarding.rbac.verify',
    surfaces: ['onboarding'],
    permissions: ['DeviceManagementRBAC.Read.All', 'RoleManagement.Read.Directory'],
  },
} as const satisfies Record<string, OperationRule>;
