import { backupOperations } from './backup-operations.ts';
import { provisioningOperations } from './provisioning-operations.ts';
import type { OperationRule, Surface } from './rule.ts';
import { syncOperations } from './sync-operations.ts';
import { verificationOperations } from './verification-operations.ts';

/** Every operation Signalbox knows, by name. Names are append-only: old runs outlive old code. */
export const operations = {
  ...backupOperations,
  ...verificationOperations,
  ...syncOperations,
  ...provisioningOperations,
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
