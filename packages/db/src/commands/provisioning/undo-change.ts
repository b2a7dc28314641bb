import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { resourceChanges, resources } from '../../schema/provisioning.ts';
import { lockChanges } from './change-log.ts';

/** A change that was undone, and what the resource is since. */
export interface UndoneChange {
  readonly seq: number;
  readonly externalId: string | null;
  /** Null: it is gone. */
  readonly state: JsonObject | null;
}

/** Keeps that a change was undone, and what its resource is now. One that was undone already changes nothing. */
export async function undoChange(
  tx: WorkspaceTransaction,
  runId: number,
  { seq, externalId, state }: UndoneChange,
): Promise<void> {
  await lockChanges(tx);
  const [undone] = await tx.query
    .update(resourceChanges)
    .set({ undoneByRunId: runId })
    .where(
      and(
        eq(resourceChanges.workspaceId, tx.workspaceId),
        eq(resourceChanges.seq, seq),
        isNull(resourceChanges.undoneByRunId),
      ),
    )
    .returning({ resourceId: resourceChanges.resourceId });
  if (undone === undefined) return;
  await tx.query
    .update(resources)
    .set(state === null ? { deletedAt: sql`now()` } : { deletedAt: null, externalId, state })
    .where(and(eq(resources.workspaceId, tx.workspaceId), eq(resources.id, undone.resourceId)));
}
