import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { ReasonCode } from '@signalbox/domain/gate/reasons';
import type { BulkAction } from '@signalbox/domain/plan/bulk-action';
import {
  itemOutcomes,
  type PlanItemOutcome,
  type PlanItemStatus,
  planItemStatuses,
  type WaitCause,
  waitCauses,
} from '@signalbox/domain/plan/plan-item';
import { type PlanKind, type PlanStatus, planKinds, planStatuses } from '@signalbox/domain/plan/plan-status';
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, identity, instant, reference, transactionId, workspaceId } from './columns.ts';
import { connections, tenants } from './inventory.ts';
import { runs } from './run.ts';

const quoted = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** Work that was planned as a whole and is admitted bit by bit. Only planned work waits for a scope or a throttle. */
export const plans = pgTable(
  'plans',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    uid: uuid('uid').notNull(),
    kind: text('kind').$type<PlanKind>().notNull(),
    status: text('status').$type<PlanStatus>().notNull().default('working'),
    /** What a bulk action asks of each run; null for every other kind. */
    action: text('action').$type<BulkAction>(),
    /** Why, in the words of the person who asked. */
    reason: text('reason'),
    /** What was chosen, with every relative time made absolute; kept for people. */
    selection: jsonb('selection').$type<JsonObject>().notNull(),
    /** Whose rights the work is done with, as they are when it is done: a person's, an API key's, or both. */
    initiatorUserId: reference('initiator_user_id'),
    initiatorName: text('initiator_name').notNull(),
    initiatorKeyId: text('initiator_key_id'),
    requestId: text('request_id'),
    /** What a batch is called; null for every other kind, like all that follows down to the undoing. */
    name: text('name'),
    /** The most runs of a batch at once. */
    parallelLimit: integer('parallel_limit'),
    /** Whether a failure undoes what the batch has done. */
    rollbackEnabled: boolean('rollback_enabled'),
    /** The batch whose rest this one tries again. */
    parentPlanId: reference('parent_plan_id'),
    /** The run that undoes what a failed batch has done. */
    undoRunId: reference('undo_run_id'),
    /** Why nothing was undone, as one plain sentence; null where it was, or nothing was to be. */
    undoProblem: text('undo_problem'),
    abortedBy: text('aborted_by'),
    abortReason: text('abort_reason'),
    /** The number of the newest event of a batch. */
    eventSeq: integer('event_seq').notNull().default(0),
    /** When its items were last looked at; the sweeper comes back to those left alone. */
    advancedAt: instant('advanced_at').notNull().default(sql`now()`),
    createdAt: createdAt(),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    unique('plans_ws_id').on(t.workspaceId, t.id),
    uniqueIndex('plans_uid').on(t.uid),
    index('plans_list').on(t.workspaceId, t.kind, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('plans_left').on(t.advancedAt).where(sql`status = 'working'`),
    check('plans_kind', sql`kind in (${quoted(planKinds)})`),
    check(
      'plans_bulk',
      sql`(kind = 'bulk') = (action is not null) and (kind <> 'bulk' or status <> 'failed')`,
    ),
    check(
      'plans_batch',
      sql`(kind = 'batch') = (name is not null) and (kind = 'batch') = (parallel_limit is not null)
        and (kind = 'batch') = (rollback_enabled is not null) and parallel_limit between 1 and 100
        and (kind = 'batch' or num_nonnulls(parent_plan_id, undo_run_id, undo_problem) = 0)`,
    ),
    // Whom the end of an undoing concerns.
    index('plans_retries').on(t.workspaceId, t.parentPlanId).where(sql`parent_plan_id is not null`),
    index('plans_undo').on(t.workspaceId, t.undoRunId).where(sql`undo_run_id is not null`),
    foreignKey({ columns: [t.workspaceId, t.parentPlanId], foreignColumns: [t.workspaceId, t.id] }),
    foreignKey({ columns: [t.workspaceId, t.undoRunId], foreignColumns: [runs.workspaceId, runs.id] }),
    check('plans_status', sql`status in (${quoted(planStatuses)})`),
    check('plans_finished', sql`(finished_at is null) = (status = 'working')`),
  ],
);

/** One piece of planned work. It waits without a run; the run it becomes is linked when the gate admits it. */
export const planItems = pgTable(
  'plan_items',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    planId: reference('plan_id').notNull(),
    /**
     * What it is within its plan: for a bulk action the id of the run it is about, for a bootstrap the operation, for a
     * batch what the caller called it.
     */
    key: text('key').notNull(),
    position: integer('position').notNull(),
    operation: text('operation').notNull(),
    tenantId: reference('tenant_id'),
    /** The run the item is about; null where it starts something new. */
    sourceRunId: reference('source_run_id'),
    /** What is started; null where it follows from the run the item is about. */
    input: jsonb('input').$type<JsonObject>(),
    status: text('status').$type<PlanItemStatus>().notNull().default('waiting'),
    /** Why it waits after it was tried; null before. */
    waitCause: text('wait_cause').$type<WaitCause>(),
    waitScope: text('wait_scope'),
    waitSince: instant('wait_since'),
    waitUntil: instant('wait_until'),
    /** What was last answered to its work. */
    outcome: text('outcome').$type<PlanItemOutcome>(),
    reason: text('reason').$type<ReasonCode>(),
    /** The answer as one plain sentence. */
    message: text('message'),
    /** The provider connection that was asked for, else the one the gate chose. */
    connectionId: reference('connection_id'),
    /** The new run, or the active one that does the same work. */
    runId: reference('run_id'),
    /** Of one that was left out behind a failure: the item that failed. */
    becauseItemId: reference('because_item_id'),
    triedAt: instant('tried_at'),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    unique('plan_items_ws_id').on(t.workspaceId, t.id),
    uniqueIndex('plan_items_key').on(t.workspaceId, t.planId, t.key),
    index('plan_items_order').on(t.workspaceId, t.planId, t.position),
    index('plan_items_open').on(t.workspaceId, t.planId, t.position).where(sql`status = 'waiting'`),
    // Who is next when a scope is freed.
    index('plan_items_scope')
      .on(t.workspaceId, t.waitScope, t.waitSince, t.id)
      .where(sql`status = 'waiting' and wait_scope is not null`),
    // Whom the end of a run concerns.
    index('plan_items_named').on(t.workspaceId, t.key).where(sql`run_id is not null`),
    index('plan_items_admitted').on(t.workspaceId, t.runId).where(sql`status = 'admitted'`),
    // A run is made for one item only.
    uniqueIndex('plan_items_run').on(t.workspaceId, t.runId).where(sql`outcome = 'accepted'`),
    foreignKey({ columns: [t.workspaceId, t.planId], foreignColumns: [plans.workspaceId, plans.id] }),
    foreignKey({ columns: [t.workspaceId, t.tenantId], foreignColumns: [tenants.workspaceId, tenants.id] }),
    foreignKey({ columns: [t.workspaceId, t.sourceRunId], foreignColumns: [runs.workspaceId, runs.id] }),
    foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }),
    foreignKey({
      columns: [t.workspaceId, t.connectionId],
      foreignColumns: [connections.workspaceId, connections.id],
    }),
    foreignKey({ columns: [t.workspaceId, t.becauseItemId], foreignColumns: [t.workspaceId, t.id] }),
    check('plan_items_because', sql`because_item_id is null or status = 'skipped'`),
    check('plan_items_status', sql`status in (${quoted(planItemStatuses)})`),
    check('plan_items_outcome', sql`outcome in (${quoted(itemOutcomes)})`),
    check('plan_items_wait_cause', sql`wait_cause in (${quoted(waitCauses)})`),
    check('plan_items_work', sql`(source_run_id is null) = (input is not null)`),
    check('plan_items_admitted', sql`status <> 'admitted' or run_id is not null`),
    check('plan_items_finished', sql`(finished_at is null) = (status in ('waiting', 'admitted'))`),
  ],
);

/** What happened to a batch, append-only, numbered without a gap. */
export const planEvents = pgTable(
  'plan_events',
  {
    workspaceId: workspaceId(),
    planId: reference('plan_id').notNull(),
    seq: integer('seq').notNull(),
    kind: text('kind').notNull(),
    data: jsonb('data').notNull(),
    /** Where it stands in the feed of its workspace; see `run_events`. */
    feedPosition: transactionId('feed_position').notNull(),
    createdAt: instant('created_at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.planId, t.seq] }),
    index('plan_events_feed').on(t.workspaceId, t.feedPosition, t.planId, t.seq),
    foreignKey({ columns: [t.workspaceId, t.planId], foreignColumns: [plans.workspaceId, plans.id] }),
  ],
);
