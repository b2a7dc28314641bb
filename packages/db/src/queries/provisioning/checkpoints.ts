import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { rollbackLimit } from '@signalbox/domain/provisioning/rollback-plan';
import { and, desc, eq, lt, or, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { checkpoints } from '../../schema/provisioning.ts';

/** A position in the change log that a workspace can go back to. */
export interface CheckpointRecord {
  readonly id: number;
  readonly uid: string;
  readonly name: string;
  readonly description: string | null;
  readonly changeSeq: number;
  readonly sizeBytes: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** In full precision, for the place of a page. */
  readonly exactAt: string;
  /** Changes since then that stand; one more than a rollback undoes stands for any greater number. */
  readonly changesSince: number;
}

const columns = {
  id: checkpoints.id,
  uid: checkpoints.uid,
  name: checkpoints.name,
  description: checkpoints.description,
  changeSeq: checkpoints.changeSeq,
  sizeBytes: checkpoints.sizeBytes,
  createdBy: checkpoints.createdBy,
  createdAt: checkpoints.createdAt,
  exactAt: sql<string>`${checkpoints.createdAt}::text`,
  // Written out with the table: within a query of their own the columns would be those of the inner table.
  changesSince: sql<number>`(select count(*)::int from (
    select from resource_changes c
    where c.workspace_id = checkpoints.workspace_id and c.seq > checkpoints.change_seq and c.undone_by_run_id is null
    limit ${rollbackLimit + 1}) as changes)`,
};

/** Checkpoints of the workspace behind a place, newest first. */
export async function listCheckpoints(
  tx: WorkspaceTransaction,
  ask: {
    readonly cursor: { readonly createdAt: string; readonly id: number } | null;
    readonly limit: number;
  },
): Promise<CheckpointRecord[]> {
  const { cursor, limit } = ask;
  const at = cursor && sql`${cursor.createdAt}::timestamptz`;
  return tx.query
    .select(columns)
    .from(checkpoints)
    .where(
      and(
        eq(checkpoints.workspaceId, tx.workspaceId),
        cursor && at
          ? or(
              lt(checkpoints.createdAt, at),
              and(eq(checkpoints.createdAt, at), lt(checkpoints.id, cursor.id)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(checkpoints.createdAt), desc(checkpoints.id))
    .limit(limit);
}

/** A checkpoint by its uuid with what there was; null when the workspace has none. */
export async function getCheckpoint(
  tx: WorkspaceTransaction,
  uid: string,
): Promise<(CheckpointRecord & { readonly content: JsonObject }) | null> {
  const [found] = await tx.query
    .select({ ...columns, content: checkpoints.content })
    .from(checkpoints)
    .where(and(eq(checkpoints.workspaceId, tx.workspaceId), eq(checkpoints.uid, uid)));
  return found ?? null;
}
