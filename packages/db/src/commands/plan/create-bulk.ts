import { randomUUIDv7 } from 'node:crypto';
import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { type BulkAction, largestBulk } from '@signalbox/domain/plan/bulk-action';
import { sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { recordset } from '../../client/rows.ts';
import { type BulkSelection, type ChosenRun, chosenRuns } from '../../queries/plan/chosen-runs.ts';
import { getPlan, type PlanRecord, revivePlanRecord } from '../../queries/plan/plans.ts';
import { plans } from '../../schema/plan.ts';
import { type Idempotency, keepOnce } from '../gate/keep-once.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { enqueuePlans } from './enqueue-plans.ts';

/** What a member asks of many runs. */
export interface BulkWish {
  readonly action: BulkAction;
  readonly selection: BulkSelection;
  /** The selection as the caller gave it, with every time absolute; kept for people. */
  readonly asked: JsonObject;
  readonly reason: string | null;
  readonly idempotency: Idempotency;
  readonly requestId: string | null;
}

export type CreatedBulk =
  | { readonly kind: 'created'; readonly plan: PlanRecord }
  /** No run matches, or a named one does not exist for this caller. */
  | { readonly kind: 'empty' | 'unknown_run' | 'too_many' }
  | { readonly kind: 'key_reused' | 'key_in_flight' };

/**
 * Makes a bulk action: the runs it is about are settled here and never change, one waiting item each. Nothing is done
 * to them yet. Item by item, a worker asks the same door that a single action asks.
 */
export async function createBulk(db: Database, principal: Principal, wish: BulkWish): Promise<CreatedBulk> {
  const once = await keepOnce(db, principal, {
    idempotency: wish.idempotency,
    make: (tx) => create(tx, principal, wish),
    revive: revivePlanRecord,
  });
  if (once.kind === 'made') return { kind: 'created', plan: once.made };
  return { kind: once.kind === 'refused' ? once.refused : once.kind };
}

async function create(
  tx: WorkspaceTransaction,
  principal: Principal,
  wish: BulkWish,
): Promise<{ made: PlanRecord } | { refused: 'empty' | 'unknown_run' | 'too_many' }> {
  const chosen = await chosenRuns(tx, principal, wish.selection);
  if (wish.selection.kind === 'ids' && chosen.length < new Set(wish.selection.runIds).size)
    return { refused: 'unknown_run' };
  if (chosen.length === 0) return { refused: 'empty' };
  if (chosen.length > largestBulk) return { refused: 'too_many' };
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
  return { made: plan };
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
