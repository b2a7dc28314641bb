import { randomUUIDv7 } from 'node:crypto';
import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { infraScope, scopeKeys } from '@signalbox/domain/gate/scope';
import { connectionScope } from '@signalbox/domain/operation/scope-templates';
import { type BatchProblem, unknownInfras } from '@signalbox/domain/provisioning/batch-problem';
import type { BatchWork } from '@signalbox/domain/provisioning/batch-work';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints, recordset } from '../../client/rows.ts';
import { type BatchDetail, getBatch } from '../../queries/provisioning/batch.ts';
import { judgeBatch } from '../../queries/provisioning/judge-batch.ts';
import { knownInfras } from '../../queries/provisioning/known-infras.ts';
import { plans } from '../../schema/plan.ts';
import { recordRefusals } from '../gate/record-refusals.ts';
import type { DecidedStart } from '../gate/start-runs.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { appendPlanEvents } from '../plan/append-plan-events.ts';
import { enqueuePlans } from '../plan/enqueue-plans.ts';

/** A batch whose graph was found to be one. */
export interface BatchOrder {
  readonly name: string;
  readonly version: string;
  readonly storageBackend: string;
  readonly parallelLimit: number;
  readonly rollbackEnabled: boolean;
  /** In the order they were given. */
  readonly works: readonly BatchWork[];
  /** The infra that is made when there is none of this name; null: every infra was named and must be there. */
  readonly ownInfra: string | null;
  readonly parentPlanId: number | null;
  readonly requestId: string | null;
}

/** Why a batch was not admitted. */
export type BatchRefusal =
  | { readonly kind: 'problems'; readonly problems: readonly BatchProblem[] }
  /** What the gate said to one of its operations, of what stands in the way the first in the order of its questions. */
  | { readonly kind: 'gate'; readonly decided: DecidedStart };

/** Somebody took a scope between the look and the claim; thrown to undo everything and look again. */
export class BatchRaceLost extends Error {}

const scopeOf = (connection: number) => scopeKeys([connectionScope], { tenant: null, connection });

/**
 * Admits a batch, in one transaction: asks the gate about every kind of work in it, takes the scopes of its infras and
 * connections, and writes the plan with its operations, their dependencies, its first event, the audit entry and the
 * wake-up of a worker. A refusal leaves nothing behind but itself.
 * @throws BatchRaceLost when a scope was taken in this moment
 */
export async function admitBatch(
  tx: WorkspaceTransaction,
  principal: Principal,
  order: BatchOrder,
): Promise<{ made: BatchDetail } | { refused: BatchRefusal }> {
  const { works, ownInfra, requestId } = order;
  const infras = [...new Set(works.map(({ infra }) => infra))].sort();
  const known = await knownInfras(tx, infras);
  const named = works.map(({ key, infra }) => ({ id: key, infra }));
  const problems = unknownInfras(named, { known, own: ownInfra });
  if (problems.length > 0) return { refused: { kind: 'problems', problems } };

  const judged = await judgeBatch(tx, { principal, works, requestId });
  const obstacle = firstObstacle(works.map(judged));
  if (obstacle !== null) {
    await recordRefusals(tx, [obstacle]);
    return { refused: { kind: 'gate', decided: obstacle } };
  }
  const connectionOf = (work: BatchWork) => connectionIn(judged(work));

  if (ownInfra !== null && !known.has(ownInfra)) {
    await tx.query.execute(sql`
      insert into infras (workspace_id, name, created_by) values (${tx.workspaceId}, ${ownInfra}, ${principal.username})
      on conflict do nothing`);
  }
  const { id, uid } = await insertPlan(tx, principal, order);
  const connections = [...new Set(works.map(connectionOf))];
  const scopes = [...infras.map(infraScope), ...connections.flatMap(scopeOf)].sort();
  await claim(tx, id, scopes);
  await insertItems(
    tx,
    id,
    works.map((work) => ({ ...work, connection: connectionOf(work) })),
  );
  await appendPlanEvents(tx, id, [
    { kind: 'state', data: { from: null, to: 'working', by: principal.username } },
  ]);
  await writeAudit(tx, [
    {
      actor: actorOf(principal),
      action: 'batch.created',
      object: { kind: 'batch', id: uid },
      details: {
        name: order.name,
        operations: works.length,
        parallelLimit: order.parallelLimit,
        rollbackEnabled: order.rollbackEnabled,
        scopes,
        ...(ownInfra !== null && !known.has(ownInfra) && { madeInfra: ownInfra }),
      } satisfies JsonObject,
      requestId,
    },
  ]);
  await enqueuePlans(tx, [id]);
  const made = await getBatch(tx, uid);
  if (made === null) throw new Error(`The batch ${uid} was made and is not there.`);
  return { made };
}

/** The gate asks for the capability before it looks at connections, and for what is free last. */
const questions = ['not_found', 'forbidden', 'blocked', 'scope_busy'] as const;

function firstObstacle(decided: readonly DecidedStart[]): DecidedStart | null {
  for (const kind of questions) {
    const found = decided.find(({ decision }) => decision.kind === kind);
    if (found !== undefined) return found;
  }
  return null;
}

function connectionIn({ decision }: DecidedStart): number {
  if (decision.kind === 'accepted' && decision.connectionId !== null) return decision.connectionId;
  throw new Error('The gate admitted work on an infra without a connection.');
}

async function insertPlan(
  tx: WorkspaceTransaction,
  principal: Principal,
  order: BatchOrder,
): Promise<{ readonly id: number; readonly uid: string }> {
  const { name, version, storageBackend, parallelLimit, rollbackEnabled, parentPlanId, requestId } = order;
  const uid = randomUUIDv7();
  const [made] = await tx.query
    .insert(plans)
    .values({
      workspaceId: tx.workspaceId,
      uid,
      kind: 'batch',
      selection: { version, storageBackend },
      name,
      parallelLimit,
      rollbackEnabled,
      parentPlanId,
      initiatorUserId: principal.userId,
      initiatorName: principal.username,
      initiatorKeyId: principal.key?.id ?? null,
      requestId,
    })
    .returning({ id: plans.id });
  if (made === undefined) throw new Error('A plan was inserted without an id.');
  return { id: made.id, uid };
}

async function claim(tx: WorkspaceTransaction, planId: number, scopes: readonly string[]): Promise<void> {
  const taken = await tx.query.execute(sql`
    insert into scope_claims (workspace_id, scope_key, plan_id)
    select ${tx.workspaceId}, s.key, ${planId} from jsonb_array_elements_text(${JSON.stringify(scopes)}::jsonb) as s (key)
    order by s.key
    on conflict do nothing
    returning scope_key`);
  if (taken.length < scopes.length) throw new BatchRaceLost();
}

async function insertItems(
  tx: WorkspaceTransaction,
  planId: number,
  works: readonly (BatchWork & { readonly connection: number })[],
): Promise<void> {
  const rows = works.map(({ key, operation, input, connection }, index) => ({
    ...{ key, operation, input, connection },
    position: index + 1,
  }));
  const items = await tx.query.execute<{ id: string; key: string }>(sql`
    insert into plan_items (workspace_id, plan_id, key, position, operation, input, connection_id)
    select ${tx.workspaceId}, ${planId}, w.key, w.position, w.operation, w.input, w.connection
    from ${recordset(rows, 'w (key text, position int, operation text, input jsonb, connection bigint)')}
    returning id, key`);
  const ids = new Map(items.map(({ id, key }) => [key, Number(id)]));
  const edges = works.flatMap(({ key, dependencies }) =>
    dependencies.map((need) => ({ item: idIn(ids, key), needs: idIn(ids, need) })),
  );
  if (edges.length === 0) return;
  await tx.query.execute(sql`
    insert into plan_edges (workspace_id, plan_id, item, needs)
    select ${tx.workspaceId}, ${planId}, e.item, e.needs
    from unnest(${bigints(edges.map(({ item }) => item))}, ${bigints(edges.map(({ needs }) => needs))}) as e (item, needs)`);
}

function idIn(ids: ReadonlyMap<string, number>, key: string): number {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`The batch has no operation ${key}.`);
  return id;
}
