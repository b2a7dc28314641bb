import { untilItsEnd } from '@signalbox/domain/plan/succession';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { endItems } from './end-items.ts';
import { enqueuePlans } from './enqueue-plans.ts';
import { type SettledItem, settleItems } from './settle-items.ts';

/**
 * Writes how an item of a sequence goes on, in the transaction that decided its start. One that joined a run which was
 * active already waits for the lock of that run: either its end comes later and finds the item, or it has come.
 */
export async function settleStarted(tx: WorkspaceTransaction, settled: SettledItem): Promise<void> {
  const move = untilItsEnd(settled.move);
  await settleItems(tx, [{ ...settled, move }]);
  if (move.status !== 'admitted' || move.outcome !== 'deduped' || move.runId === null) return;
  await tx.query.execute(sql`
    select id from runs where workspace_id = ${tx.workspaceId} and id = ${move.runId} for share`);
  await enqueuePlans(tx, await endItems(tx, [move.runId]));
}
