import type { OperationName } from '../operation/registry.ts';
import type { PlanItemStatus } from '../plan/plan-item.ts';
import type { PlanStatus } from '../plan/plan-status.ts';
import { clusterMembers } from './plan-cluster.ts';

/** The kinds of work a batch is made of. */
export const batchOperationTypes = ['server_batch', 'taskserv_batch', 'cluster_batch'] as const;
export type BatchOperationType = (typeof batchOperationTypes)[number];

/** What each kind of work becomes a run of. */
export const operationOfType = {
  server_batch: 'create_servers',
  taskserv_batch: 'create_taskserv',
  cluster_batch: 'create_cluster',
} as const satisfies Record<BatchOperationType, OperationName>;

/** The kind of work an operation of a batch is; null for an operation that stands in no batch. */
export function typeOfOperation(operation: string): BatchOperationType | null {
  return batchOperationTypes.find((type) => operationOfType[type] === operation) ?? null;
}

/** How many of its operations a batch runs at once when nobody says, and at most. */
export const parallelLimits = { usual: 5, most: 100 } as const;

/** How a batch stands. */
export const batchStatuses = ['running', 'completed', 'failed', 'cancelled'] as const;
export type BatchStatus = (typeof batchStatuses)[number];

const planWords: Readonly<Record<PlanStatus, BatchStatus>> = {
  working: 'running',
  completed: 'completed',
  failed: 'failed',
  aborted: 'cancelled',
};

export function batchStatus(status: PlanStatus): BatchStatus {
  return planWords[status];
}

/** The status of the plan behind a batch. */
export function planStatusOf(status: BatchStatus): PlanStatus {
  const statuses = Object.keys(planWords) as PlanStatus[];
  return statuses.find((each) => planWords[each] === status) ?? 'working';
}

/** How an operation of a batch stands. */
export const batchItemStatuses = [
  'waiting',
  'running',
  'completed',
  'failed',
  'skipped',
  'cancelled',
] as const;
export type BatchItemStatus = (typeof batchItemStatuses)[number];

const itemWords: Readonly<Record<PlanItemStatus, BatchItemStatus>> = {
  waiting: 'waiting',
  admitted: 'running',
  done: 'completed',
  failed: 'failed',
  skipped: 'skipped',
  aborted: 'cancelled',
};

/** `reason` is why the item did not succeed: one whose run was cancelled is cancelled too. */
export function batchItemStatus(item: {
  readonly status: PlanItemStatus;
  readonly reason: string | null;
}): BatchItemStatus {
  return item.status === 'failed' && item.reason === 'cancelled' ? 'cancelled' : itemWords[item.status];
}

/** The objects an operation of a batch works on, by name. */
export interface BatchTargets {
  readonly servers: readonly string[];
  readonly clusters: readonly string[];
}

/**
 * The scopes of what an operation of a batch works on. The batch holds the infra as a whole, so its operations exclude
 * one another on their own objects only.
 */
export function targetScopes(infra: string, { servers, clusters }: BatchTargets): string[] {
  return [
    ...servers.map((name) => `infra:${infra}:server:${name}`),
    ...clusters.map((name) => `infra:${infra}:cluster:${name}`),
  ];
}

/** What a cluster that is made works on: itself, and the servers it consists of. */
export function clusterTargets(
  clusters: readonly { readonly name: string; readonly type: string; readonly size: number }[],
): BatchTargets {
  return { servers: clusters.flatMap(clusterMembers), clusters: clusters.map(({ name }) => name) };
}
