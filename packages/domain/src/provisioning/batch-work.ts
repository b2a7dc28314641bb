import { isServerProvider, type ServerProviderName } from '../connection/providers.ts';
import type { JsonObject } from '../gate/canonical.ts';
import type { BatchNode } from './batch-graph.ts';
import {
  type BatchOperationType,
  type BatchTargets,
  clusterTargets,
  operationOfType,
} from './batch-operation.ts';
import type { BatchProblem } from './batch-problem.ts';
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

/** The most that one operation does, and all of a batch together: makes of a server, or a task service on one. */
export const batchReach = { operation: 5_000, batch: 20_000 } as const;

/**
 * Operations that reach further than one may, or the one with which the batch does. Where task services go to all of
 * their infra, only their number is known here.
 */
export function checkBatchReach(batch: string, operations: readonly BatchOperation[]): BatchProblem[] {
  const near = serversNear(batch, operations);
  let all = 0;
  for (const [index, operation] of operations.entries()) {
    const { id, type, config = {} } = operation;
    const servers = type === 'taskserv_batch' ? near(operation).length : serversMade(operation).length;
    const reach = Math.max(1, servers) * Math.max(1, config.taskservs?.length ?? 1);
    all += reach;
    const tell = (what: string, most: number): BatchProblem[] => {
      const message = `${what} at most ${most} servers and task services on servers.`;
      return [{ code: 'too_many_servers', operations: [id], index, message }];
    };
    if (reach > batchReach.operation)
      return tell(`"${id}" would work on ${reach}; an operation has`, batchReach.operation);
    if (all > batchReach.batch)
      return tell(`Up to "${id}" it would be ${all}; a batch has`, batchReach.batch);
  }
  return [];
}

/**
 * What each operation of a batch becomes. Task services go to the servers of the operations they depend on, the nearest
 * ones: behind an operation that makes servers none further back is looked at. Where there are none, they go to all of
 * the infra. For a list that was found to be a batch.
 */
export function batchWork(batch: string, operations: readonly BatchOperation[]): BatchWork[] {
  const near = serversNear(batch, operations);
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
      input: { ...about, ...workOf(type, config, () => near(operation)) },
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

/** The servers that task services go to, by operation; what each makes is listed once. */
function serversNear(
  batch: string,
  operations: readonly BatchOperation[],
): (from: BatchOperation) => readonly string[] {
  const byId = new Map(operations.map((each) => [each.id, each]));
  const made = new Map(operations.map((each) => [each.id, serversMade(each)]));
  return (from) => {
    const infra = infraOf(batch, from);
    const names = new Set<string>();
    const seen = new Set(from.dependencies);
    // Grows while it is walked.
    for (const id of seen) {
      const operation = byId.get(id);
      if (operation === undefined) continue;
      const here = infraOf(batch, operation) === infra ? (made.get(id) ?? []) : [];
      for (const name of here) if (names.size <= batchReach.operation) names.add(name);
      if (here.length === 0) for (const need of operation.dependencies) seen.add(need);
    }
    return [...names];
  };
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
