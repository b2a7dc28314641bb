import { sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { interval } from '../../client/rows.ts';
import type { PlanAddress } from './advance-plan.ts';
import { enqueuePlans } from './enqueue-plans.ts';

/** What a sweep of plans woke, and what it could not. */
export interface SweptPlans {
  readonly woken: number;
  readonly failures: readonly (PlanAddress & { readonly error: unknown })[];
}

const pageSize = 200;

/**
 * Wakes the plans that nobody has looked at for a while: their job may be lost, or the scope they wait for was freed
 * in the moment they began to wait. Each in a transaction of its own, so that one cannot stop the others.
 */
export async function sweepPlans(db: Database, graceMs: number): Promise<SweptPlans> {
  const left = await db.asSystem((tx) =>
    tx.query.execute<{ workspaceId: string; planId: string }>(sql`
      select workspace_id as "workspaceId", plan_id as "planId" from system_left_plans(${interval(graceMs)}, ${pageSize})`),
  );
  const failures: SweptPlans['failures'][number][] = [];
  for (const { workspaceId, planId } of left) {
    const address = { workspaceId, planId: Number(planId) };
    try {
      await db.inWorkspace(workspaceId, (tx) => wake(tx, address.planId));
    } catch (error) {
      failures.push({ ...address, error });
    }
  }
  return { woken: left.length - failures.length, failures };
}

/** It goes to the end of the line, so that a plan whose advance fails every time does not stand before the others. */
async function wake(tx: WorkspaceTransaction, planId: number): Promise<void> {
  await tx.query.execute(sql`
    update plans set advanced_at = now()
    where workspace_id = ${tx.workspaceId} and id = ${planId} and status = 'working'`);
  await enqueuePlans(tx, [planId]);
}
