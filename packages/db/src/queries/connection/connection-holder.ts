import { scopeKeys } from '@signalbox/domain/gate/scope';
import type { ScopeHolder } from '@signalbox/domain/gate/start-facts';
import { scopeTemplates } from '@signalbox/domain/operation/scope-templates';
import { and, eq, inArray } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { runs, scopeClaims } from '../../schema/run.ts';

/** Who holds a protected scope of a connection now; null when it is free. */
export async function connectionHolder(
  tx: WorkspaceTransaction,
  parts: { readonly tenant: number | null; readonly connection: number },
): Promise<Omit<ScopeHolder, 'expectedEnd'> | null> {
  const [holder] = await tx.query
    .select({
      scopeKey: scopeClaims.scopeKey,
      runId: scopeClaims.runId,
      operation: runs.operation,
      since: scopeClaims.since,
    })
    .from(scopeClaims)
    .innerJoin(runs, and(eq(runs.workspaceId, scopeClaims.workspaceId), eq(runs.id, scopeClaims.runId)))
    .where(
      and(
        eq(scopeClaims.workspaceId, tx.workspaceId),
        inArray(scopeClaims.scopeKey, scopeKeys(scopeTemplates, parts)),
      ),
    )
    .limit(1);
  return holder ?? null;
}
