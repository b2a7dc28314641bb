import type { Capability } from '../access/capabilities.ts';
import type { RetryPolicy } from '../run/retry.ts';

/** The providers an operation can reach. */
export const providers = ['graph'] as const;
export type Provider = (typeof providers)[number];

/** Doors through which an operation may be started; an operation absent from a door is unknown there. */
export type Surface = 'native' | 'admin' | 'tenant' | 'connection' | 'runs';

/** The rules of one kind of work. Its input shape is in contracts, its steps are in the worker. */
export interface OperationRule {
  readonly name: string;
  /** Verb and object, as the console shows it. */
  readonly label: string;
  readonly description: string;
  /** The provider it reaches through a connection of the tenant; null for work that needs neither. */
  readonly provider: Provider | null;
  readonly capability: Capability;
  readonly surfaces: readonly Surface[];
  /**
   * Scope keys the run holds while active; `{tenant}` and `{connection}` are filled in by the gate.
   * An empty list means that the operation excludes nobody.
   */
  readonly scopes: readonly string[];
  /** Graph application permissions the connection must have been granted. */
  readonly permissions: readonly string[];
  readonly retry: RetryPolicy;
  /** False when the operation must run although the connection is unhealthy: a check is how it becomes healthy. */
  readonly needsUsableConnection: boolean;
  /** How an accepted start begins: queued at once, or recorded until a call of its own asks it to start. */
  readonly begins: 'queued' | 'pending';
  /** True when a run counts against the workspace's monthly quota. */
  readonly countsQuota: boolean;
  /** What a missing target means: which object the gate looks for, or none. */
  readonly target: 'none' | 'backup_set' | 'complete_backup_set' | 'restore_preview';
  /** The input field that narrows a run to some items, so that failed ones can be retried; null when there is none. */
  readonly itemField: 'policyIds' | 'itemIds' | null;
}

const graphScope = ['t:{tenant}:c:{connection}'] as const;
const graphRetry: RetryPolicy = { attempts: 5, baseMs: 2_000, capMs: 60_000 };
const graphDefaults = {
  provider: 'graph',
  scopes: graphScope,
  retry: graphRetry,
  needsUsableConnection: true,
  begins: 'queued',
  countsQuota: false,
} as const;

/** Every operation Signalbox knows, by name. Names are append-only: old runs outlive old code. */
export const operations = {
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
  'provider.connection.check': {
    ...graphDefaults,
    name: 'provider.connection.check',
    label: 'Check the connection',
    description:
      'Signs in to the provider, compares granted with needed permissions and keeps consent and health true.',
    capability: 'run.start.provider.connection.check',
    surfaces: ['native', 'tenant', 'connection'],
    // What the check itself reads. It may start without them and then says that they are missing.
    permissions: ['Application.Read.All', 'Organization.Read.All'],
    retry: { attempts: 2, baseMs: 1_000, capMs: 5_000 },
    needsUsableConnection: false,
    target: 'none',
    itemField: null,
  },
  deployment: {
    name: 'deployment',
    label: 'Deploy a site',
    description: 'Plans, builds, checks and publishes a site from a description.',
    provider: null,
    capability: 'run.start.deployment',
    surfaces: ['runs'],
    scopes: [],
    permissions: [],
    retry: { attempts: 3, baseMs: 2_000, capMs: 30_000 },
    needsUsableConnection: false,
    begins: 'pending',
    countsQuota: true,
    target: 'none',
    itemField: null,
  },
} as const satisfies Record<string, OperationRule>;

export type OperationName = keyof typeof operations;
/** The names of those that may be started through a door. */
export type OperationOn<TSurface extends Surface> = {
  [Name in OperationName]: TSurface extends (typeof operations)[Name]['surfaces'][number] ? Name : never;
}[OperationName];

export const operationNames = Object.keys(operations) as OperationName[];

export function isOperation(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}

/** Operations that may be started through a door. */
export function operationsOn<TSurface extends Surface>(surface: TSurface): OperationOn<TSurface>[] {
  const there = (name: OperationName): name is OperationOn<TSurface> =>
    operationRule(name).surfaces.includes(surface);
  return operationNames.filter(there);
}

export function operationRule(name: OperationName): OperationRule {
  return operations[name];
}

/** Permissions a connection of a provider needs so that every operation works. */
export function permissionsNeeded(provider: Provider): string[] {
  const wanted = operationNames
    .map(operationRule)
    .filter((rule) => rule.provider === provider)
    .flatMap((rule) => rule.permissions);
  return [...new Set(wanted)].sort();
}

/** Wider permissions that Graph accepts in place of the least one. */
const wider: Readonly<Record<string, readonly string[]>> = {
  'GroupMember.Read.All': ['Group.Read.All', 'Directory.Read.All'],
  'Organization.Read.All': ['Directory.Read.All'],
  'Application.Read.All': ['Directory.Read.All'],
};

/** Whether a permission was granted itself or in a wider form; one to write includes the one to read. */
export function permissionGranted(needed: string, granted: readonly string[]): boolean {
  const accepted = [needed, ...(Object.hasOwn(wider, needed) ? (wider[needed] ?? []) : [])];
  return accepted.some(
    (name) => granted.includes(name) || granted.includes(name.replace('.Read.', '.ReadWrite.')),
  );
}
