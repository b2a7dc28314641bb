import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';

/**
 * Whether the transaction that was to make these runs has committed, told by the runs themselves. They were made
 * together, so one stands for all. Without runs there is nothing to tell by, and the answer is no.
 */
export async function wereAdmitted(tx: WorkspaceTransaction, uids: readonly string[]): Promise<boolean> {
  if (uids.length === 0) return false;
  const [row] = await tx.query.execute(sql`
    select from runs where workspace_id = ${tx.workspaceId}
      and uid in (select jsonb_array_elements_text(${JSON.stringify(uids)}::jsonb)::uuid) limit 1`);
  return row !== undefined;
}
