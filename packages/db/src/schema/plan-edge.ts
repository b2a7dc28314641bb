import { foreignKey, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { reference, workspaceId } from './columns.ts';
import { planItems, plans } from './plan.ts';

/** Which items of a batch must be done before which. Written with the batch, and never changed. */
export const planEdges = pgTable(
  'plan_edges',
  {
    workspaceId: workspaceId(),
    planId: reference('plan_id').notNull(),
    item: reference('item').notNull(),
    /** The item that must be done before. */
    needs: reference('needs').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.planId, t.item, t.needs] }),
    foreignKey({ columns: [t.workspaceId, t.planId], foreignColumns: [plans.workspaceId, plans.id] }),
    foreignKey({ columns: [t.workspaceId, t.item], foreignColumns: [planItems.workspaceId, planItems.id] }),
    foreignKey({ columns: [t.workspaceId, t.needs], foreignColumns: [planItems.workspaceId, planItems.id] }),
  ],
);
