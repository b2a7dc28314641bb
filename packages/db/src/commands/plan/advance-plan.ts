import { and, eq } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { plans } from '../../schema/plan.ts';
import { advanceBatch } from './advance-batch.ts';
import { advanceBulk } from './advance-bulk.ts';
import { advanceSequence } from './advance-sequence.ts';

/** Where planned work is. */
export interface PlanAddress {
  readonly workspaceId: string;
  readonly planId: number;
}

/** Does all that a plan can do now, each kind in its own way. One that has ended has nothing to do. */
export async function advancePlan(db: Database, address: PlanAddress): Promise<void> {
  const kind = await db.inWorkspace(address.workspaceId, (tx) => openKind(tx, address.planId));
  switch (kind) {
    case null:
      return;
    case 'bulk':
      return advanceBulk(db, address);
    case 'bootstrap':
      return advanceSequence(db, address);
    case 'batch':
      return advanceBatch(db, address);
  }
}

async function openKind(tx: WorkspaceTransaction, planId: number) {
  const [plan] = await tx.query
    .select({ kind: plans.kind })
    .from(plans)
    .where(and(eq(plans.workspaceId, tx.workspaceId), eq(plans.id, planId), eq(plans.status, 'working')));
  return plan?.kind ?? null;
}
