import type { OperationRule } from './rule.ts';

/** What the work on an infra has in common. */
const provisioningDefaults = {
  provider: 'of_infra',
  surfaces: ['provisioning'],
  scopes: ['infra:{infra}'],
  permissions: [],
  retry: { attempts: 5, baseMs: 2_000, capMs: 60_000 },
  needsUsableConnection: true,
  begins: 'queued',
  countsQuota: false,
  target: 'infra',
  itemField: null,
} as const;

/** Making, changing and removing servers and what runs on them. Named as the tasks of the provisioning contract are. */
export const provisioningOperations = {
  provisioning_rollback: {
    ...provisioningDefaults,
    name: 'provisioning_rollback',
    label: 'Roll back',
    description:
      'Undoes changes of infras, the newest first: all after a checkpoint, or those of chosen operations and what depends on them.',
    provider: null,
    capability: 'rollback.execute',
    needsUsableConnection: false,
    target: 'infras',
  },
  'servers.connection.check': {
    ...provisioningDefaults,
    name: 'servers.connection.check',
    label: 'Check the connection to a provider of servers',
    description:
      'Signs in to a provider of servers, reads from it, and keeps the health of the connection true.',
    capability: 'run.start.servers.connection.check',
    surfaces: ['servers'],
    scopes: ['c:{connection}'],
    needsUsableConnection: false,
    target: 'none',
  },
  create_servers: {
    ...provisioningDefaults,
    name: 'create_servers',
    label: 'Create servers',
    description: 'Creates the servers that the settings of an infra name and waits until they run.',
    capability: 'run.start.create_servers',
  },
  create_taskserv: {
    ...provisioningDefaults,
    name: 'create_taskserv',
    label: 'Install a task service',
    description: 'Installs a task service on the servers of an infra and checks that it runs.',
    capability: 'run.start.create_taskserv',
  },
  delete_taskserv: {
    ...provisioningDefaults,
    name: 'delete_taskserv',
    label: 'Remove a task service',
    description: 'Stops a task service on the servers of an infra and removes it.',
    capability: 'run.start.delete_taskserv',
  },
  restart_taskserv: {
    ...provisioningDefaults,
    name: 'restart_taskserv',
    label: 'Restart a task service',
    description: 'Stops a task service on the servers of an infra and starts it again.',
    capability: 'run.start.restart_taskserv',
  },
  configure_taskserv: {
    ...provisioningDefaults,
    name: 'configure_taskserv',
    label: 'Configure a task service',
    description: 'Writes the settings of a task service on the servers of an infra and has it read them.',
    capability: 'run.start.configure_taskserv',
  },
  create_cluster: {
    ...provisioningDefaults,
    name: 'create_cluster',
    label: 'Create a cluster',
    description:
      'Creates the servers of a cluster, each with its role, and installs the task services they need.',
    capability: 'run.start.create_cluster',
  },
  delete_cluster: {
    ...provisioningDefaults,
    name: 'delete_cluster',
    label: 'Remove a cluster',
    description: 'Removes the task services and the servers of a cluster.',
    capability: 'run.start.delete_cluster',
  },
  scale_cluster: {
    ...provisioningDefaults,
    name: 'scale_cluster',
    label: 'Scale a cluster',
    description: 'Adds servers to a cluster or removes some, until it has as many as the settings say.',
    capability: 'run.start.scale_cluster',
  },
  upgrade_cluster: {
    ...provisioningDefaults,
    name: 'upgrade_cluster',
    label: 'Upgrade a cluster',
    description: 'Installs the task services of a cluster anew, one server at a time.',
    capability: 'run.start.upgrade_cluster',
  },
} as const satisfies Record<string, OperationRule>;
