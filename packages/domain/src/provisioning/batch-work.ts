import { isServerProvider, type ServerProviderName } from '../connection/providers.ts';
import type { JsonObject } from '../gate/canonical.ts';
import type { BatchNode } from './batch-graph.ts';
import {
  type BatchOperationType,
  type BatchTargets,
  clusterTargets,
  operationOfType,
} from './batch-operation.ts';
import type { ClusterSpec } from './plan-cluster.ts';
import type { WantedServer } from './work.ts';

/** What an operation of a batch works from, with the keys of a settings file. */
export interface BatchConfig {
  readonly infra?: string | undefined;
  readonly server_configs?: readonly Omit<WantedServer, 'role'>[] | undefined;
  readonly taskservs?: readonly string[] | undefined;
  readonly clusters?: readonly ClusterSpec[] | undefined;
}

/** One operation of a batch as it was asked for. */
export interface BatchOperation extends BatchNode {
  readonly type: BatchOperationType;
  readonly config?: BatchConfig | undefined;
}

/** One operation of a batch as it will be done. */
export interface BatchWork {
  /** What the caller called it. */
  readonly key: string;
  readonly operation: (typeof operationOfType)[BatchOperationType];
  readonly provider: ServerProviderName;
  readonly infra: string;
  /** Each once. */
  readonly dependencies: readonly string[];
  /** What its run is started with. */
  readonly input: JsonObject;
}

/** The infra an operation works on: the one it names, else the one that is named as the batch. */
export function infraOf(batch: string, operation: Pick<BatchOperation, 'config'>): string {
  return operation.config?.infra ?? batch;
}

/**
 * What each operation of a batch becomes. Task services go to the servers of the operations they depend on, the nearest
 * ones: behind an operation that makes servers none further back is looked at. Where there are none, they go to all of
 * the infra. For a list that was found to be a batch.
 */
export function batchWork(batch: string, operations: readonly BatchOperation[]): BatchWork[] {
  const byId = new Map(operations.map((each) => [each.id, each]));
  return operations.map((operation) => {
    const { id, type, provider, dependencies, config = {} } = operation;
    if (!isServerProvider(provider)) throw new Error(`The operation ${id} names no provider of servers.`);
    const infra = infraOf(batch, operation);
    const about = { infra, settings: 'config.k', checkMode: false, provider };
    return {
      key: id,
      operation: operationOfType[type],
      provider,
      infra,
      dependencies: [...new Set(dependencies)],
      input: { ...about, ...workOf(type, config, () => nearestServers(operation, { batch, byId })) },
    };
  });
}

function workOf(type: BatchOperationType, config: BatchConfig, nearest: () => readonly string[]): JsonObject {
  switch (type) {
    case 'server_batch':
      return { servers: (config.server_configs ?? []).map((server) => ({ ...server })) };
    case 'cluster_batch':
      return { clusters: (config.clusters ?? []).map((cluster) => ({ ...cluster })) };
    case 'taskserv_batch': {
      const servers = nearest();
      return {
        taskservs: [...(config.taskservs ?? [])],
        ...(servers.length > 0 && { servers: [...servers] }),
      };
    }
  }
}

/** The servers an operation makes, by name. */
function serversMade({ config = {} }: BatchOperation): readonly string[] {
  const servers = (config.server_configs ?? []).map(({ name }) => name);
  return [...servers, ...clusterTargets(config.clusters ?? []).servers];
}

function nearestServers(
  from: BatchOperation,
  { batch, byId }: { readonly batch: string; readonly byId: ReadonlyMap<string, BatchOperation> },
): readonly string[] {
  const infra = infraOf(batch, from);
  const names = new Set<string>();
  const seen = new Set(from.dependencies);
  // Grows while it is walked.
  for (const id of seen) {
    const operation = byId.get(id);
    if (operation === undefined) continue;
    const made = infraOf(batch, operation) === infra ? serversMade(operation) : [];
    for (const name of made) names.add(name);
    if (made.length === 0) for (const need of operation.dependencies) seen.add(need);
  }
  return [...names];
}

/** The configuration an operation of a batch was given, as far as its work tells. */
export function configOf(input: JsonObject): JsonObject {
  const { infra, servers, taskservs, clusters } = input;
  if (taskservs !== undefined) return { infra: infra ?? null, taskservs };
  if (clusters !== undefined) return { infra: infra ?? null, clusters };
  return { infra: infra ?? null, server_configs: servers ?? [] };
}

/** What the work of an operation is on, by name; no servers for task services that go to all of their infra. */
export function targetsOf(input: JsonObject): BatchTargets {
  if (Array.isArray(input.clusters)) return clusterTargets(input.clusters as unknown as ClusterSpec[]);
  const servers = Array.isArray(input.servers) ? input.servers : [];
  const names = servers.map((server) => (typeof server === 'string' ? server : String(server?.name)));
  return { servers: names, clusters: [] };
}
