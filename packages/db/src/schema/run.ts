import { operationNames, operationRule } from '@signalbox/domain/operation/registry';
import type { OperationRule } from '@signalbox/domain/operation/rule';
import {
  activeStatuses,
  type RunStatus,
  runStatuses,
  terminalStatuses,
} from '@signalbox/domain/run/lifecycle';
import type { SafeError } from '@signalbox/domain/run/safe-error';
import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, identity, instant, reference, transactionId, workspaceId } from './columns.ts';
import { connections, tenants } from './inventory.ts';

/** Runs of some operations, as an index says it: only a query in the same words is answered from it. */
function runsOf(some: (rule: OperationRule) => boolean) {
  const names = operationNames.filter((name) => some(operationRule(name))).map((name) => `'${name}'`);
  return sql.raw(`operation in (${names.join(', ')})`);
}

/** Runs that count against the quota; few beside all others. */
export const countedRuns = runsOf(({ countsQuota }) => countsQuota);

/** Runs of provisioning, which the provisioning contract calls tasks. */
export const taskRuns = runsOf(({ surfaces }) => surfaces.includes('provisioning'));

const quoted = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** One execution of an operation: the truth about it, and the only fence between workers. */
export const runs = pgTable(
  'runs',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    uid: uuid('uid').notNull(),
    operation: text('operation').notNull(),
    tenantId: reference('tenant_id'),
    connectionId: reference('connection_id'),
    parentRunId: reference('parent_run_id'),
    /** How it relates to its parent: replay or retry. */
    linkKind: text('link_kind'),
    status: text('status').$type<RunStatus>().notNull(),
    /** Why it waits, a code of the reason catalogue; null while it works or has ended. */
    waitCause: text('wait_cause'),
    /** A worker may take it from then on. */
    wakeAt: instant('wake_at').notNull().default(sql`now()`),
    /** Equal for equal work; unique among active runs. */
    dedupeKey: text('dedupe_key'),
    input: jsonb('input').notNull(),
    output: jsonb('output'),
    total: integer('total').notNull().default(0),
    succeeded: integer('succeeded').notNull().default(0),
    failed: integer('failed').notNull().default(0),
    skipped: integer('skipped').notNull().default(0),
    /** Share of the work done, 0 to 1, where it is known. */
    progress: real('progress'),
    currentStep: text('current_step'),
    /** What the operation last said about its progress. */
    progressMessage: text('progress_message'),
    /** When the work last moved: a report, a step or the result of an item. */
    progressAt: instant('progress_at'),
    safeError: jsonb('safe_error').$type<SafeError>(),
    /** Number of the newest event; raised only by fenced writes, so the sequence has no gap. */
    eventSeq: integer('event_seq').notNull().default(0),
    attempt: integer('attempt').notNull().default(0),
    /** Grows with every claim; a write with an older number changes nothing. */
    leaseEpoch: integer('lease_epoch').notNull().default(0),
    /** Writes under the present epoch: one that is repeated after a lost reply finds its number taken. */
    leaseWrites: integer('lease_writes').notNull().default(0),
    leaseExpiresAt: instant('lease_expires_at'),
    leaseWorker: text('lease_worker'),
    /** When the lease holder was last heard: a claim, a heartbeat or a write. */
    heartbeatAt: instant('heartbeat_at'),
    /** Takeovers of an expired lease since the last recorded step. */
    lostLeases: integer('lost_leases').notNull().default(0),
    cancelRequestedAt: instant('cancel_requested_at'),
    /** Who asked for the cancel, and why, in their own words. */
    cancelBy: text('cancel_by'),
    cancelReason: text('cancel_reason'),
    /** Time spent queued, waiting and executing, in milliseconds; the parts add up to wall time. */
    queuedMs: bigint('queued_ms', { mode: 'number' }).notNull().default(0),
    waitingMs: bigint('waiting_ms', { mode: 'number' }).notNull().default(0),
    executingMs: bigint('executing_ms', { mode: 'number' }).notNull().default(0),
    /** When the present phase began. */
    phaseSince: instant('phase_since').notNull().default(sql`now()`),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
    initiatorKind: text('initiator_kind').notNull(),
    initiatorUserId: reference('initiator_user_id'),
    initiatorName: text('initiator_name').notNull(),
    /** The API key it was started with, whether for a person or for itself. */
    initiatorKeyId: text('initiator_key_id'),
    /** Two words that are easier to say than a number. */
    codename: text('codename').notNull(),
    tags: text('tags').array().notNull().default(sql`'{}'`),
    /** Where it was started from; kept for people, outside the dedupe key. */
    context: jsonb('context').notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    unique('runs_ws_id').on(t.workspaceId, t.id),
    uniqueIndex('runs_uid').on(t.uid),
    uniqueIndex('runs_dedupe')
      .on(t.workspaceId, t.dedupeKey)
      .where(sql`status in ('pending', 'queued', 'running', 'awaiting_approval')`),
    index('runs_list').on(t.workspaceId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('runs_list_tenant').on(
      t.workspaceId,
      t.tenantId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index('runs_list_status').on(
      t.workspaceId,
      t.status,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index('runs_list_initiator').on(
      t.workspaceId,
      t.initiatorName,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index('runs_codename').on(
      t.workspaceId,
      t.codename,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    // Only those that did not succeed have an error, so the others cost nothing here.
    index('runs_reason')
      .on(
        t.workspaceId,
        sql`(safe_error ->> 'code')`,
        t.createdAt.desc().nullsFirst(),
        t.id.desc().nullsFirst(),
      )
      .where(sql`safe_error is not null`),
    index('runs_ended').on(t.workspaceId, t.finishedAt).where(sql`finished_at is not null`),
    index('runs_finished').on(t.workspaceId, t.operation, t.finishedAt).where(sql`finished_at is not null`),
    index('runs_tasks')
      .on(t.workspaceId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(taskRuns),
    index('runs_tasks_status').on(t.workspaceId, t.status).where(taskRuns),
    index('runs_counted').on(t.workspaceId, t.createdAt).where(countedRuns),
    index('runs_children').on(t.workspaceId, t.parentRunId).where(sql`parent_run_id is not null`),
    index('runs_tags').using('gin', t.tags).where(sql`tags <> '{}'`),
    index('runs_leases').on(t.leaseExpiresAt).where(sql`status = 'running'`),
    index('runs_due').on(t.wakeAt).where(sql`status = 'queued'`),
    // Only those that wait for a second try: the rest of a backlog stays out of it, however long.
    index('runs_retrying')
      .on(t.workspaceId, t.wakeAt)
      .where(sql`status = 'queued' and wait_cause in ('waiting_to_retry', 'throttled')`),
    // Few at any time: who works through a connection now.
    index('runs_through')
      .on(t.workspaceId, t.connectionId)
      .where(sql`connection_id is not null and status in (${quoted(activeStatuses)})`),
    index('runs_backlog').on(t.workspaceId, t.tenantId).where(sql`status = 'queued'`),
    foreignKey({ columns: [t.workspaceId, t.tenantId], foreignColumns: [tenants.workspaceId, tenants.id] }),
    foreignKey({
      columns: [t.workspaceId, t.connectionId],
      foreignColumns: [connections.workspaceId, connections.id],
    }),
    foreignKey({ columns: [t.workspaceId, t.parentRunId], foreignColumns: [t.workspaceId, t.id] }),
    check('runs_status', sql`status in (${quoted(runStatuses)})`),
    check(
      'runs_finished_when_terminal',
      sql`(finished_at is not null) = (status in (${quoted(terminalStatuses)}))`,
    ),
    check(
      'runs_counts',
      sql`succeeded >= 0 and failed >= 0 and skipped >= 0 and succeeded + failed + skipped <= total`,
    ),
    check('runs_lease', sql`(status = 'running') = (lease_expires_at is not null)`),
  ],
);

/** A durable stage of a run. The result is stored once and read on the next attempt. */
export const runSteps = pgTable(
  'run_steps',
  {
    workspaceId: workspaceId(),
    runId: reference('run_id').notNull(),
    name: text('name').notNull(),
    position: integer('position').notNull(),
    /** The attempt of the run that last touched the step. */
    attempt: integer('attempt').notNull(),
    state: text('state').notNull(),
    /** Stable over attempts, so that the outside world can tell a repeat. */
    effectKey: text('effect_key').notNull(),
    result: jsonb('result'),
    error: jsonb('error').$type<SafeError>(),
    startedAt: instant('started_at').notNull().default(sql`now()`),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.runId, t.name] }),
    uniqueIndex('run_steps_effect').on(t.workspaceId, t.effectKey),
    foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }),
    check('run_steps_state', sql`state in ('intent', 'done', 'failed')`),
  ],
);

/** One unit of work inside a run with its own result. */
export const runItems = pgTable(
  'run_items',
  {
    workspaceId: workspaceId(),
    runId: reference('run_id').notNull(),
    position: integer('position').notNull(),
    key: text('key').notNull(),
    label: text('label').notNull(),
    /** Null until there is a result. */
    outcome: text('outcome'),
    error: jsonb('error').$type<SafeError>(),
    detail: jsonb('detail'),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.runId, t.position] }),
    uniqueIndex('run_items_key').on(t.workspaceId, t.runId, t.key),
    index('run_items_outcome').on(t.workspaceId, t.runId, t.outcome, t.position),
    foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }),
    check('run_items_outcome_word', sql`outcome in ('succeeded', 'failed', 'skipped')`),
  ],
);

/** What happened to a run, append-only, numbered without a gap. */
export const runEvents = pgTable(
  'run_events',
  {
    workspaceId: workspaceId(),
    runId: reference('run_id').notNull(),
    seq: integer('seq').notNull(),
    kind: text('kind').notNull(),
    data: jsonb('data').notNull(),
    at: instant('at').notNull().default(sql`clock_timestamp()`),
    /**
     * Where it stands in the feed of its workspace: the id of the transaction that wrote it, or the position of the
     * event before it where that is greater. Null for the events of a run that is not in the feed.
     */
    feedPosition: transactionId('feed_position'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.runId, t.seq] }),
    index('run_events_feed')
      .on(t.workspaceId, t.feedPosition, t.runId, t.seq)
      .where(sql`feed_position is not null`),
    // The timeline reads a handful of events out of what may be a hundred thousand.
    index('run_events_story').on(t.workspaceId, t.runId, t.seq).where(sql`kind in ('state', 'step')`),
    foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }),
  ],
);

/** Log output of a run in chunks. Numbered in the same sequence as its events, so one cursor resumes both. */
export const runLogs = pgTable(
  'run_logs',
  {
    workspaceId: workspaceId(),
    runId: reference('run_id').notNull(),
    seq: integer('seq').notNull(),
    level: text('level').notNull(),
    step: text('step'),
    text: text('text').notNull(),
    /** The number of its first line in the whole log, from 1, and how many lines it has. */
    firstLine: integer('first_line').notNull(),
    lineCount: integer('line_count').notNull(),
    at: instant('at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.runId, t.seq] }),
    // Finds a line by its number, and keeps two pieces from ever claiming the same one.
    uniqueIndex('run_logs_line').on(t.workspaceId, t.runId, t.firstLine),
    foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }),
    check('run_logs_level', sql`level in ('info', 'warning', 'error')`),
  ],
);

/** Answers kept under an Idempotency-Key, written with the deed they answer for. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    workspaceId: workspaceId(),
    principal: text('principal').notNull(),
    route: text('route').notNull(),
    key: text('key').notNull(),
    /** SHA-256 of the request, hex: another body under the same key is refused. */
    bodyHash: text('body_hash').notNull(),
    /** What the first request was answered. */
    answer: jsonb('answer').notNull(),
    expiresAt: instant('expires_at').notNull().default(sql`now() + interval '24 hours'`),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.principal, t.route, t.key] }),
    index('idempotency_expiry').on(t.expiresAt),
  ],
);
