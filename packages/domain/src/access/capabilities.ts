/** What a member may do, from least to most. Each role has all capabilities of the ones before it. */
export const roles = ['viewer', 'operator', 'manager', 'owner'] as const;
export type Role = (typeof roles)[number];

/** Every capability and the least role that holds it. */
const leastRole = {
  'workspace.read': 'viewer',
  'member.read': 'viewer',
  'run.read': 'viewer',
  'tenant.read': 'viewer',
  'connection.read': 'viewer',
  'backup.read': 'viewer',
  'onboarding.read': 'viewer',
  'infra.read': 'viewer',
  'run.start.snapshot_capture': 'operator',
  'run.start.backup_set_add_policies': 'operator',
  'run.start.restore_preview': 'operator',
  'run.start.restore_execute': 'operator',
  'run.start.provider.connection.check': 'operator',
  'run.start.onboarding.consent.verify': 'operator',
  'run.start.onboarding.connectivity.check': 'operator',
  'run.start.onboarding.permissions.verify': 'operator',
  'run.start.onboarding.rbac.verify': 'operator',
  'run.start.directory.groups.sync': 'operator',
  'run.start.directory.role_definitions.sync': 'operator',
  'run.start.inventory.sync': 'operator',
  'run.start.compliance.snapshot': 'operator',
  'run.start.servers.connection.check': 'operator',
  'run.start.create_servers': 'operator',
  'run.start.create_taskserv': 'operator',
  'run.start.delete_taskserv': 'operator',
  'run.start.restart_taskserv': 'operator',
  'run.start.configure_taskserv': 'operator',
  'run.start.create_cluster': 'operator',
  'run.start.delete_cluster': 'operator',
  'run.start.scale_cluster': 'operator',
  'run.start.upgrade_cluster': 'operator',
  'run.start.deployment': 'operator',
  'run.cancel': 'operator',
  'run.replay': 'operator',
  'run.retry': 'operator',
  'backup.manage': 'operator',
  'onboarding.edit': 'operator',
  'checkpoint.create': 'operator',
  'rollback.execute': 'operator',
  'connection.manage': 'manager',
  'tenant.manage': 'manager',
  'infra.manage': 'manager',
  'run.approve': 'manager',
  'run.force_cancel': 'manager',
  'onboarding.takeover': 'manager',
  'audit.read': 'manager',
  'member.manage': 'owner',
  'key.manage': 'owner',
  'workspace.manage': 'owner',
  'workspace.tier': 'owner',
} as const satisfies Record<string, Role>;

export type Capability = keyof typeof leastRole;

export const capabilities = Object.keys(leastRole) as Capability[];

export function roleHolds(role: Role, capability: Capability): boolean {
  return roles.indexOf(role) >= roles.indexOf(leastRole[capability]);
}

/** The capabilities of a role, in catalogue order. */
export function capabilitiesOf(role: Role): Capability[] {
  return capabilities.filter((capability) => roleHolds(role, capability));
}
