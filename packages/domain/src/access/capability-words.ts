import { type Capability, capabilities, type Role } from './capabilities.ts';

/** Where a capability stands in a table that people read. */
export const capabilityAreas = [
  'Runs',
  'Backups',
  'Tenants and connections',
  'Infrastructure',
  'Workspace',
] as const;
export type CapabilityArea = (typeof capabilityAreas)[number];

/** A capability in plain words: what its holder can do. */
export interface CapabilityWords {
  readonly area: CapabilityArea;
  /** Completes the sentence "can ...". */
  readonly label: string;
}

/** Every capability in plain words. The type asks for a new one as soon as it is in the table of roles. */
export const capabilityWords: Readonly<Record<Capability, CapabilityWords>> = {
  'run.read': { area: 'Runs', label: 'see runs, their items and logs' },
  'run.start.snapshot_capture': { area: 'Runs', label: 'start captures of policies' },
  'run.start.backup_set_add_policies': { area: 'Runs', label: 'start adding policies to a backup set' },
  'run.start.restore_preview': { area: 'Runs', label: 'start previews of a restore' },
  'run.start.restore_execute': { area: 'Runs', label: 'start restores' },
  'run.start.provider.connection.check': { area: 'Runs', label: 'start checks of a connection' },
  'run.start.onboarding.consent.verify': { area: 'Runs', label: 'verify the consent of a tenant' },
  'run.start.onboarding.connectivity.check': { area: 'Runs', label: 'check whether a tenant is reached' },
  'run.start.onboarding.permissions.verify': { area: 'Runs', label: 'verify the permissions of a tenant' },
  'run.start.onboarding.rbac.verify': { area: 'Runs', label: 'verify the role access of a tenant' },
  'run.start.directory.groups.sync': { area: 'Runs', label: 'start syncs of groups' },
  'run.start.directory.role_definitions.sync': { area: 'Runs', label: 'start syncs of role definitions' },
  'run.start.inventory.sync': { area: 'Runs', label: 'start syncs of the policy inventory' },
  'run.start.compliance.snapshot': { area: 'Runs', label: 'take compliance snapshots' },
  'run.start.servers.connection.check': {
    area: 'Runs',
    label: 'start a check of a connection to a provider of servers',
  },
  'run.start.create_servers': { area: 'Runs', label: 'start the creation of servers' },
  'run.start.create_taskserv': { area: 'Runs', label: 'install task services' },
  'run.start.delete_taskserv': { area: 'Runs', label: 'remove task services' },
  'run.start.restart_taskserv': { area: 'Runs', label: 'restart task services' },
  'run.start.configure_taskserv': { area: 'Runs', label: 'configure task services' },
  'run.start.create_cluster': { area: 'Runs', label: 'create clusters' },
  'run.start.delete_cluster': { area: 'Runs', label: 'remove clusters' },
  'run.start.scale_cluster': { area: 'Runs', label: 'scale clusters' },
  'run.start.upgrade_cluster': { area: 'Runs', label: 'upgrade clusters' },
  'run.start.deployment': { area: 'Runs', label: 'create deployments' },
  'run.cancel': { area: 'Runs', label: 'cancel runs' },
  'run.replay': { area: 'Runs', label: 'replay runs' },
  'run.retry': { area: 'Runs', label: 'retry failed items' },
  'run.approve': { area: 'Runs', label: 'approve and reject runs, such as restores' },
  'run.force_cancel': { area: 'Runs', label: 'end runs by force' },
  'backup.read': { area: 'Backups', label: 'see backup sets and previews' },
  'backup.manage': { area: 'Backups', label: 'create backup sets' },
  'tenant.read': { area: 'Tenants and connections', label: 'see tenants' },
  'tenant.manage': { area: 'Tenants and connections', label: 'add and change tenants' },
  'connection.read': { area: 'Tenants and connections', label: 'see provider connections' },
  'connection.manage': { area: 'Tenants and connections', label: 'add and change provider connections' },
  'onboarding.read': { area: 'Tenants and connections', label: 'see the onboarding of tenants' },
  'onboarding.edit': { area: 'Tenants and connections', label: 'onboard tenants' },
  'onboarding.takeover': {
    area: 'Tenants and connections',
    label: 'take over an onboarding that somebody is editing',
  },
  'infra.read': { area: 'Infrastructure', label: 'see infras, their servers, batches and checkpoints' },
  'infra.manage': { area: 'Infrastructure', label: 'add and change infras and their settings' },
  'rollback.execute': { area: 'Infrastructure', label: 'undo changes of infras' },
  'checkpoint.create': { area: 'Infrastructure', label: 'create checkpoints' },
  'workspace.read': { area: 'Workspace', label: 'see the workspace, its usage and tier' },
  'member.read': { area: 'Workspace', label: 'see who the members are and who may do what' },
  'audit.read': { area: 'Workspace', label: 'read the audit log' },
  'member.manage': { area: 'Workspace', label: 'invite, change and remove members' },
  'key.manage': { area: 'Workspace', label: 'create and revoke API keys' },
  'workspace.manage': { area: 'Workspace', label: 'change the settings of the workspace' },
  'workspace.tier': { area: 'Workspace', label: 'change the tier' },
};

/** What each role is for, in one sentence. */
export const roleWords: Readonly<Record<Role, string>> = {
  viewer: 'Sees what happens and changes nothing.',
  operator: 'Also starts, cancels, replays and retries.',
  manager: 'Also approves, ends by force, manages connections and tenants, and reads the audit log.',
  owner: 'Also decides who belongs here, with which keys and on which tier.',
};

/** The capabilities of an area, in the order of the table of roles. */
export function capabilitiesIn(area: CapabilityArea): Capability[] {
  return capabilities.filter((capability) => capabilityWords[capability].area === area);
}
