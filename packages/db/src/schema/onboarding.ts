import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { ReasonCode } from '@signalbox/domain/gate/reasons';
import { type EvidenceStatus, evidenceStatuses } from '@signalbox/domain/onboarding/evidence';
import { type SessionStatus, sessionStatuses } from '@signalbox/domain/onboarding/session';
import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { createdAt, identity, instant, reference, workspaceId } from './columns.ts';
import { connections, tenants } from './inventory.ts';
import { plans } from './plan.ts';
import { runs } from './run.ts';

const quoted = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** A tenant on its way into Signalbox. At most one lives for each tenant; one person at a time edits it. */
export const onboardingSessions = pgTable(
  'onboarding_sessions',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    tenantId: reference('tenant_id').notNull(),
    connectionId: reference('connection_id'),
    status: text('status').$type<SessionStatus>().notNull().default('draft'),
    /** 1 to 5. */
    step: integer('step').notNull().default(1),
    assigneeUserId: reference('assignee_user_id'),
    assigneeName: text('assignee_name'),
    /** Who edits it; it means nothing after `locked_until`. */
    lockedByUserId: reference('locked_by_user_id'),
    lockedByName: text('locked_by_name'),
    lockedUntil: instant('locked_until'),
    /** Grows whenever the lock changes hands; a write under an older number changes nothing. */
    lockVersion: integer('lock_version').notNull().default(0),
    /** What was typed and is not yet done anything with. Never a secret. */
    draft: jsonb('draft').$type<JsonObject>().notNull().default({}),
    /** What those had typed from whom the lock was taken, offered back to them: username to values. */
    keptDrafts: jsonb('kept_drafts').$type<JsonObject>().notNull().default({}),
    /** The bootstrap that ends it. */
    planId: reference('plan_id'),
    createdBy: text('created_by').notNull(),
    endReason: text('end_reason'),
    updatedAt: instant('updated_at').notNull().default(sql`now()`),
    finishedAt: instant('finished_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('onboarding_sessions_ws_id').on(t.workspaceId, t.id),
    uniqueIndex('onboarding_sessions_live')
      .on(t.workspaceId, t.tenantId)
      .where(sql`status in ('draft', 'in_progress')`),
    index('onboarding_sessions_list').on(t.workspaceId, t.id.desc().nullsFirst()),
    foreignKey({ columns: [t.workspaceId, t.tenantId], foreignColumns: [tenants.workspaceId, tenants.id] }),
    foreignKey({
      columns: [t.workspaceId, t.connectionId],
      foreignColumns: [connections.workspaceId, connections.id],
    }),
    foreignKey({ columns: [t.workspaceId, t.planId], foreignColumns: [plans.workspaceId, plans.id] }),
    check('onboarding_sessions_status', sql`status in (${quoted(sessionStatuses)})`),
    check('onboarding_sessions_step', sql`step between 1 and 5`),
    check(
      'onboarding_sessions_finished',
      sql`(finished_at is not null) = (status in ('completed', 'abandoned'))`,
    ),
  ],
);

/** An observation about a tenant that decides the status of an onboarding task. Rows are only ever added. */
export const evidence = pgTable(
  'evidence',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    tenantId: reference('tenant_id').notNull(),
    sessionId: reference('session_id'),
    connectionId: reference('connection_id'),
    /** The operation that observed it. */
    taskType: text('task_type').notNull(),
    status: text('status').$type<EvidenceStatus>().notNull(),
    reason: text('reason').$type<ReasonCode>(),
    message: text('message'),
    payload: jsonb('payload').$type<JsonObject>().notNull().default({}),
    runId: reference('run_id'),
    recordedAt: instant('recorded_at').notNull().default(sql`now()`),
  },
  (t) => [
    index('evidence_newest').on(
      t.workspaceId,
      t.tenantId,
      t.taskType,
      t.recordedAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    // A run observes once, however often its last write is tried.
    uniqueIndex('evidence_run').on(t.workspaceId, t.runId).where(sql`run_id is not null`),
    foreignKey({ columns: [t.workspaceId, t.tenantId], foreignColumns: [tenants.workspaceId, tenants.id] }),
    foreignKey({
      columns: [t.workspaceId, t.sessionId],
      foreignColumns: [onboardingSessions.workspaceId, onboardingSessions.id],
    }),
    foreignKey({
      columns: [t.workspaceId, t.connectionId],
      foreignColumns: [connections.workspaceId, connections.id],
    }),
    foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }),
    check('evidence_status', sql`status in (${quoted(evidenceStatuses)})`),
  ],
);
