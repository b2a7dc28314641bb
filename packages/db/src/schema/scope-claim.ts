import { sql } from 'drizzle-orm';
import { check, foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, reference, workspaceId } from './columns.ts';
import { plans } from './plan.ts';
import { runs } from './run.ts';

/** Who holds a protected scope. The primary key is the promise that nobody else does. */
export const scopeClaims = pgTable(
  'scope_claims',
  {
    workspaceId: workspaceId(),
    scopeKey: text('scope_key').notNull(),
    runId: reference('run_id'),
    /** A batch holds the scopes that its operations share. */
    planId: reference('plan_id'),
    since: instant('since').notNull().default(sql`now()`),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.scopeKey] }),
    // Without the workspace: the table is often empty when it is analysed, and the planner must not take these
    // indexes for a look-up by scope, where it would walk every claim of the workspace.
    index('scope_claims_run').on(t.runId),
    index('scope_claims_plan').on(t.planId).where(sql`plan_id is not null`),
    foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }),
    foreignKey({ columns: [t.workspaceId, t.planId], foreignColumns: [plans.workspaceId, plans.id] }),
    check('scope_claims_holder', sql`(run_id is null) <> (plan_id is null)`),
  ],
);
