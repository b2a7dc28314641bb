import { eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { connections } from '../../schema/inventory.ts';

/** What a check of a connection found. */
export interface CheckResult {
  readonly consent: 'granted' | 'missing' | 'unknown';
  readonly health: 'ok' | 'warning' | 'failing';
  /** A code of the reason catalogue when health is not ok. */
  readonly healthReason: string | null;
  /** `refused` when the provider did not accept it. */
  readonly credential: 'present' | 'refused';
  readonly granted: readonly string[];
}

/** Keeps consent, health and granted permissions of a connection true to what was just found. */
export async function recordCheck(
  tx: WorkspaceTransaction,
  connectionId: number,
  found: CheckResult,
): Promise<void> {
  await tx.query
    .update(connections)
    .set({ ...found, granted: [...found.granted], checkedAt: sql`now()` })
    .where(eq(connections.id, connectionId));
}
