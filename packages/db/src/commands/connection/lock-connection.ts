import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';

/**
 * Holds a connection until the transaction ends, so that two changes are told one after the other. Every run names its
 * connection, so this also waits for the starts through it that are being committed, and lets none commit meanwhile.
 */
export async function lockConnection(tx: WorkspaceTransaction, connectionId: number): Promise<void> {
  await tx.query.execute(
    sql`select from connections where workspace_id = ${tx.workspaceId} and id = ${connectionId} for update`,
  );
}
