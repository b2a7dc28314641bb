import type { ContainmentKind } from '@signalbox/domain/observability/containment';
import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea, createdAt, identity, instant, reference, transactionId, workspaceId } from './columns.ts';

/** Who did what, written in the transaction of the deed. The application can insert and read, nothing else. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    transaction: transactionId('transaction').notNull().default(sql`pg_current_xact_id()`),
    /** user, api_key, worker or system. */
    actorKind: text('actor_kind').notNull(),
    actorName: text('actor_name').notNull(),
    /** The person an API key acted for. */
    onBehalfOf: text('on_behalf_of'),
    /** A verb of the catalogue, such as `run.started`. */
    action: text('action').notNull(),
    objectKind: text('object_kind').notNull(),
    objectId: text('object_id').notNull(),
    runId: reference('run_id'),
    details: jsonb('details').notNull().default({}),
    requestId: text('request_id'),
    createdAt: createdAt(),
  },
  (t) => [
    index('audit_list').on(t.workspaceId, t.id.desc().nullsFirst()),
    index('audit_run').on(t.workspaceId, t.runId, t.id).where(sql`run_id is not null`),
    index('audit_seal').on(t.workspaceId, t.transaction, t.id),
    // Refused starts are few beside everything else that is audited, and have a list of their own.
    index('audit_refusals')
      .on(t.workspaceId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`action = 'run.start_refused'`),
    index('audit_refusals_tenant')
      .on(t.workspaceId, t.objectId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`action = 'run.start_refused'`),
  ],
);

/**
 * Seals over the audit: each lists the digests of the entries that follow the seal before it, in the order of
 * (transaction, id), and the digest of that seal. The application can insert and read, nothing else.
 */
export const auditSeals = pgTable(
  'audit_seals',
  {
    workspaceId: workspaceId(),
    /** 1, 2, 3 and so on in each workspace. */
    number: reference('number').notNull(),
    firstTransaction: transactionId('first_transaction').notNull(),
    firstId: reference('first_id').notNull(),
    lastTransaction: transactionId('last_transaction').notNull(),
    lastId: reference('last_id').notNull(),
    entries: integer('entries').notNull(),
    /** Ids of the entries, in their order. */
    entryIds: bigint('entry_ids', { mode: 'number' }).array().notNull(),
    /** SHA-256 of each entry, 32 bytes each, in the same order. */
    entryDigests: bytea('entry_digests').notNull(),
    /** The digest of the seal before; 32 zero bytes for the first. */
    previous: bytea('previous').notNull(),
    /** SHA-256 of this seal. */
    digest: bytea('digest').notNull(),
    sealedAt: instant('sealed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.number] })],
);

/** Worker processes that are or were here. Global: a worker serves every workspace. */
export const workers = pgTable('workers', {
  /** The name its queue jobs are locked under. */
  poolId: text('pool_id').primaryKey(),
  /** The name its runs are leased under; a process keeps it when it opens another pool. Null before it was kept. */
  name: text('name'),
  host: text('host').notNull(),
  pid: integer('pid').notNull(),
  version: text('version').notNull(),
  slots: integer('slots').notNull(),
  /** Programs it has that not every worker has. */
  tools: text('tools').array().notNull().default([]),
  /** How it contains the commands it runs. Null where it runs none, and before it was kept. */
  containment: text('containment').$type<ContainmentKind>(),
  startedAt: instant('started_at').notNull().default(sql`now()`),
  lastSeenAt: instant('last_seen_at').notNull().default(sql`now()`),
  stoppedAt: instant('stopped_at'),
});
