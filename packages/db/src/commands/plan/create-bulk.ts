import { randomUUIDv7 } from 'node:crypto';
import { actorOf, callerName, type Principal } from '@signalbox/domain/access/principal';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { type BulkAction, largestBulk } from '@signalbox/domain/plan/bulk-action';
import { sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { sqlState } from '../../client/retried.ts';
import { recordset } from '../../client/rows.ts';
import { type BulkSelection, type ChosenRun, chosenRuns } from '../../queries/plan/chosen-runs.ts';
import { getPlan, type PlanRecord, revivePlanRecord } from '../../queries/plan/plans.ts';
import { plans } from '../../schema/plan.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { enqueuePlans } from './enqueue-plans.ts';

/** What a member asks of many runs. */
export interface BulkWish {
  readonly action: BulkAction;
  readonly selection: BulkSelection;
  /** The selection as the caller gave it, with every time absolute; kept for people. */
  readonly asked: JsonObject;
  readonly reason: string | null;
  readonly idempotency: StartRequest['idempotency'];
  readonly requestId: string | null;
}

export type CreatedBulk =
  | { readonly kind: 'created'; readonly plan: PlanRecord }
  /** No run matches, or a named one does not exist for this caller. */
  | { readonly kind: 'empty' | 'unknown_run' | 'too_many' }
  | { readonly kind: 'key_reused' | 'key_in_flight' };

/** Another request under the same key was faster; thrown to undo this one. */
class KeyTaken extends Error {}

/**
 * Makes a bulk action: the runs it is about are settled here and never change, one waiting item each. Nothing is done
 * to them yet. Item by item, a worker asks the same door that a single action asks.
 */
export async function createBulk(db: Database, principal: Principal, wish: BulkWish): Promise<CreatedBulk> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.inWorkspace(principal.workspaceId, (tx) => create(tx, principal, wish));
    } catch (error) {
      if (wish.idempotency !== null && sqlState(error) === '55P03') return { kind: 'key_in_flight' };
      if (!(error instanceof KeyTaken) || attempt > 1) throw error;
    }
  }
}

async function create(tx: WorkspaceTransaction, principal: Principal, wish: BulkWish): Promise<CreatedBulk> {
  const kept = await keptAnswer(tx, principal, wish.idempotency);
  if (kept !== null) return kept;
  const chosen = await chosenRuns(tx, principal, wish.selection);
  if (wish.selection.kind === 'ids' && chosen.length < new Set(wish.selection.runIds).size)
    return { kind: 'unknown_run' };
  if (chosen.length === 0) return { kind: 'empty' };
  if (chosen.length > largestBulk) return { kind: 'too_many' };
  const id = await insertPlan(tx, principal, wish);
  await insertItems(tx, id, chosen);
  await writeAudit(tx, [
    {
      actor: actorOf(principal),
      action: 'bulk_action.created',
      object: { kind: 'bulk_action', id: String(id) },
      details: {
        action: wish.action,
        runs: chosen.length,
        selection: wish.asked,
        ...(wish.reason !== null && { reason: wish.reason }),
      },
      requestId: wish.requestId,
    },
  ]);
  await enqueuePlans(tx, [id]);
  const plan = await getPlan(tx, principal, id);
  if (plan === null) throw new Error(`The bulk action ${id} was made and is not there.`);
  await keepAnswer(tx, { principal, idempotency: wish.idempotency }, plan);
  return { kind: 'created', plan };
}

async function insertPlan(tx: WorkspaceTransaction, principal: Principal, wish: BulkWish): Promise<number> {
  const [made] = await tx.query
    .insert(plans)
    .values({
      workspaceId: tx.workspaceId,
      uid: randomUUIDv7(),
      kind: 'bulk',
      action: wish.action,
      reason: wish.reason,
      selection: wish.asked,
      initiatorUserId: principal.userId,
      initiatorName: principal.username,
      initiatorKeyId: principal.key?.id ?? null,
      requestId: wish.requestId,
    })
    .returning({ id: plans.id });
  if (made === undefined) throw new Error('A plan was inserted without an id.');
  return made.id;
}

async function insertItems(
  tx: WorkspaceTransaction,
  planId: number,
  chosen: readonly ChosenRun[],
): Promise<void> {
  const rows = chosen.map(({ id, operation, tenantId }, index) => ({
    run: id,
    position: index + 1,
    operation,
    tenant: tenantId,
  }));
  await tx.query.execute(sql`
    insert into plan_items (workspace_id, plan_id, key, position, operation, tenant_id, source_run_id)
    select ${tx.workspaceId}, ${planId}, w.run::text, w.position, w.operation, w.tenant, w.run
    from ${recordset(rows, 'w (run bigint, position int, operation text, tenant bigint)')}`);
}

type Keyed = { readonly principal: Principal; readonly idempotency: StartRequest['idempotency'] };

async function keptAnswer(
  tx: WorkspaceTransaction,
  principal: Principal,
  idempotency: StartRequest['idempotency'],
): Promise<CreatedBulk | null> {
  if (idempotency === null) return null;
  const [kept] = await tx.query.execute<{ hash: string; answer: unknown }>(sql`
    select body_hash as hash, answer from idempotency_keys
    where workspace_id = ${tx.workspaceId} and principal = ${callerName(principal)}
      and route = ${idempotency.route} and key = ${idempotency.key} and expires_at > now()`);
  if (kept === undefined) return null;
  return kept.hash === idempotency.bodyHash
    ? { kind: 'created', plan: revivePlanRecord(kept.answer) }
    : { kind: 'key_reused' };
}

async function keepAnswer(tx: WorkspaceTransaction, by: Keyed, plan: PlanRecord): Promise<void> {
  const { principal, idempotency } = by;
  if (idempotency === null) return;
  const kept = await tx.query.execute(sql`
    insert into idempotency_keys (workspace_id, principal, route, key, body_hash, answer)
    values (${tx.workspaceId}, ${callerName(principal)}, ${idempotency.route}, ${idempotency.key},
      ${idempotency.bodyHash}, ${JSON.stringify(plan)}::jsonb)
    on conflict (workspace_id, principal, route, key) do update
      set body_hash = excluded.body_hash, answer = excluded.answer, expires_at = now() + interval '24 hours'
      where idempotency_keys.expires_at <= now()
    returning key`);
  if (kept.length === 0) throw new KeyTaken();
}
