import { and, asc, eq, gt } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { auditEntries } from '../../schema/observability.ts';

/** Audit entries of a run after one, oldest first. */
export async function runAuditOf(
  tx: WorkspaceTransaction,
  runId: number,
  ask: { readonly after: number; readonly limit: number },
) {
  return tx.query
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.runId, runId), gt(auditEntries.id, ask.after)))
    .orderBy(asc(auditEntries.id))
    .limit(ask.limit);
}
