import type { ServerProviderName } from '@signalbox/domain/connection/providers';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, identity, instant, reference, workspaceId } from './columns.ts';
import { connections } from './inventory.ts';
import { runs } from './run.ts';

/** Something that is provisioned as a whole: a directory with a settings file, and what was made from it. */
export const infras = pgTable(
  'infras',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    /** Its directory below the root of the workspace; unique there. */
    name: text('name').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
    /** Who gave it the settings it has, where that is not who made it. */
    changedBy: text('changed_by'),
    changedAt: instant('changed_at'),
  },
  (t) => [unique('infras_ws_id').on(t.workspaceId, t.id), unique('infras_name').on(t.workspaceId, t.name)],
);

/** What provisioning makes. */
export const resourceKinds = ['server', 'taskserv', 'cluster'] as const;
export type ResourceKind = (typeof resourceKinds)[number];

/** A server, a task service on a server, or a cluster, as the last change left it. */
export const resources = pgTable(
  'resources',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    infraId: reference('infra_id').notNull(),
    kind: text('kind').$type<ResourceKind>().notNull(),
    /** Unique among what is there: `web-01`, `web-01/nginx`, `main`. */
    name: text('name').notNull(),
    provider: text('provider').$type<ServerProviderName>().notNull(),
    connectionId: reference('connection_id').notNull(),
    /** What the provider calls it; null where it gives no name. */
    externalId: text('external_id'),
    /** Plan, zone, address, version, members: whatever bringing it back takes. */
    state: jsonb('state').$type<JsonObject>().notNull(),
    createdAt: createdAt(),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    unique('resources_ws_id').on(t.workspaceId, t.id),
    uniqueIndex('resources_name').on(t.workspaceId, t.infraId, t.kind, t.name).where(sql`deleted_at is null`),
    foreignKey({ columns: [t.workspaceId, t.infraId], foreignColumns: [infras.workspaceId, infras.id] }),
    foreignKey({
      columns: [t.workspaceId, t.connectionId],
      foreignColumns: [connections.workspaceId, connections.id],
    }),
    check('resources_kind', sql`kind in ('server', 'taskserv', 'cluster')`),
  ],
);

/** The last number of a workspace's change log. Its row is locked by whoever adds a change, so no number is missed. */
export const changeHeads = pgTable('change_heads', {
  workspaceId: workspaceId().primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull().default(0),
});

/** One change of one resource, in the order they were committed. Append-only but for what became of it. */
export const resourceChanges = pgTable(
  'resource_changes',
  {
    workspaceId: workspaceId(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    resourceId: reference('resource_id').notNull(),
    /** The run that made the change. */
    runId: reference('run_id').notNull(),
    action: text('action').$type<'create' | 'update' | 'delete'>().notNull(),
    before: jsonb('before').$type<JsonObject>(),
    after: jsonb('after').$type<JsonObject>(),
    /** The run that took it back; null while it stands. */
    undoneByRunId: reference('undone_by_run_id'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.seq] }),
    // What stands after a number; a change that was undone leaves it.
    index('resource_changes_standing').on(t.workspaceId, t.seq).where(sql`undone_by_run_id is null`),
    index('resource_changes_run').on(t.workspaceId, t.runId),
    index('resource_changes_resource').on(t.workspaceId, t.resourceId, t.seq),
    foreignKey({
      columns: [t.workspaceId, t.resourceId],
      foreignColumns: [resources.workspaceId, resources.id],
    }),
    foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }),
    foreignKey({ columns: [t.workspaceId, t.undoneByRunId], foreignColumns: [runs.workspaceId, runs.id] }),
    check('resource_changes_action', sql`action in ('create', 'update', 'delete')`),
    check(
      'resource_changes_states',
      sql`(before is null) = (action = 'create') and (after is null) = (action = 'delete')`,
    ),
  ],
);

/** A position in the change log that a workspace can go back to, with what there was. */
export const checkpoints = pgTable(
  'checkpoints',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    uid: uuid('uid').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    /** Everything up to this number is in it. */
    changeSeq: bigint('change_seq', { mode: 'number' }).notNull(),
    /** The resources there were, as they were. */
    content: jsonb('content').$type<JsonObject>().notNull(),
    /** Of the content as it is kept, bytes. */
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('checkpoints_uid').on(t.uid),
    index('checkpoints_list').on(t.workspaceId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
  ],
);
