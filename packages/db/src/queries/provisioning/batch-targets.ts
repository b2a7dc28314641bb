import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { targetScopes } from '@signalbox/domain/provisioning/batch-operation';
import { targetsOf } from '@signalbox/domain/provisioning/batch-work';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { standingResources } from './standing-resources.ts';

/** What an operation of a batch is started with, and the scopes of what it works on. */
export interface BatchTarget {
  readonly input: JsonObject;
  readonly scopes: readonly string[];
}

/**
 * What some operations of a batch work on. One that goes to all servers of its infra holds those that stand there and
 * those that others of the batch make there.
 */
export async function batchTargets(
  tx: WorkspaceTransaction,
  planId: number,
  wanted: readonly { readonly id: number }[],
): Promise<ReadonlyMap<number, BatchTarget>> {
  const rows = await tx.query.execute<{ id: string; input: JsonObject }>(sql`
    select id, input from plan_items where workspace_id = ${tx.workspaceId} and plan_id = ${planId}`);
  const ids = new Set(wanted.map(({ id }) => id));
  const everyServer = new Map<string, readonly string[]>();
  const targets = new Map<number, BatchTarget>();
  for (const { id, input } of rows) {
    if (!ids.has(Number(id))) continue;
    const infra = String(input.infra);
    const named = targetsOf(input);
    const whole = named.servers.length === 0 && named.clusters.length === 0;
    const servers = whole ? (everyServer.get(infra) ?? (await serversOf(tx, infra, rows))) : named.servers;
    if (whole) everyServer.set(infra, servers);
    const scopes = [...new Set(targetScopes(infra, { servers, clusters: named.clusters }))];
    targets.set(Number(id), { input, scopes });
  }
  return targets;
}

async function serversOf(
  tx: WorkspaceTransaction,
  infra: string,
  items: readonly { readonly input: JsonObject }[],
): Promise<string[]> {
  const standing = await standingResources(tx, infra, 'server');
  const planned = items.flatMap(({ input }) => (input.infra === infra ? targetsOf(input).servers : []));
  return [...new Set([...standing.map(({ name }) => name), ...planned])];
}
