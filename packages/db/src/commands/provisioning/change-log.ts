import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';

/**
 * Takes the change log of the workspace for the rest of the transaction and answers the number of the newest change.
 * Whoever holds it sees every earlier change and is followed by every later one, so a position in it is a real one.
 */
export async function lockChanges(tx: WorkspaceTransaction): Promise<number> {
  const [head] = await tx.query.execute<{ seq: string }>(sql`
    insert into change_heads as h (workspace_id, seq) values (${tx.workspaceId}, 0)
    on conflict (workspace_id) do update set seq = h.seq
    returning seq`);
  if (head === undefined) throw new Error('The change log has no head.');
  return Number(head.seq);
}

/** The number of a new change, behind the one that was the newest. The log must be locked. */
export async function nextChange(tx: WorkspaceTransaction, newest: number): Promise<number> {
  const seq = newest + 1;
  await tx.query.execute(sql`
    update change_heads set seq = ${seq} where workspace_id = ${tx.workspaceId} and seq = ${newest}`);
  return seq;
}
