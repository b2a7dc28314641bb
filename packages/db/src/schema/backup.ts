import type { ConflictReason } from '@signalbox/domain/backup/compare-policy';
import { foreignKey, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { createdAt, identity, reference, workspaceId } from './columns.ts';
import { policyVersions, tenants } from './inventory.ts';
import { runs } from './run.ts';

/** A named set of captured policies of one tenant, from which they can be restored. */
export const backupSets = pgTable(
  'backup_sets',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    tenantId: reference('tenant_id').notNull(),
    name: text('name').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('backup_sets_ws_id').on(t.workspaceId, t.id),
    unique('backup_sets_name').on(t.workspaceId, t.tenantId, t.name),
    foreignKey({ columns: [t.workspaceId, t.tenantId], foreignColumns: [tenants.workspaceId, tenants.id] }),
  ],
);

/** One policy version inside a backup set. Immutable. */
export const backupItems = pgTable(
  'backup_items',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    setId: reference('set_id').notNull(),
    policyVersionId: reference('policy_version_id').notNull(),
    runId: reference('run_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('backup_items_ws_id').on(t.workspaceId, t.id),
    unique('backup_items_version').on(t.workspaceId, t.setId, t.policyVersionId),
    foreignKey({
      columns: [t.workspaceId, t.setId],
      foreignColumns: [backupSets.workspaceId, backupSets.id],
    }),
    foreignKey({
      columns: [t.workspaceId, t.policyVersionId],
      foreignColumns: [policyVersions.workspaceId, policyVersions.id],
    }),
    foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }),
  ],
);

/** What a preview found, kept so that a restore can tell whether the tenant changed since. */
export const restorePreviews = pgTable(
  'restore_previews',
  {
    workspaceId: workspaceId(),
    runId: reference('run_id').notNull(),
    setId: reference('set_id').notNull(),
    /** Hash over the items of the set when it was previewed; a changed set makes the preview stale. */
    setFingerprint: text('set_fingerprint').notNull(),
    /** Per item: what a restore would do and the fingerprint of the live object it was compared with. */
    items: jsonb('items').$type<PreviewItem[]>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.runId] }),
    foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }),
    foreignKey({
      columns: [t.workspaceId, t.setId],
      foreignColumns: [backupSets.workspaceId, backupSets.id],
    }),
  ],
);

/** One line of a preview. */
export interface PreviewItem {
  readonly itemId: number;
  readonly action: 'create' | 'update' | 'skip' | 'conflict';
  /** Hash of the live object; `absent` without one, with a hash behind it when others carry its name. */
  readonly liveFingerprint: string;
  /** Paths that a restore would change. */
  readonly changed: readonly string[];
  /** Why it is a conflict; absent otherwise. */
  readonly reason?: ConflictReason;
  /** Groups of the captured assignments that the tenant does not have. */
  readonly unknownGroups?: readonly string[];
}
