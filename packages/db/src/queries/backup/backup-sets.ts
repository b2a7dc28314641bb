import { entitled, type Principal } from '@signalbox/domain/access/principal';
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { backupItems, backupSets, restorePreviews } from '../../schema/backup.ts';
import { policies, policyVersions } from '../../schema/inventory.ts';

const columns = {
  id: backupSets.id,
  tenantId: backupSets.tenantId,
  name: backupSets.name,
  createdAt: backupSets.createdAt,
  items: sql<number>`(select count(*)::int from ${backupItems} where ${backupItems.setId} = ${backupSets.id})`,
};

/** The backup set, or null when it does not exist or the caller may not know that it does. */
export async function getBackupSet(tx: WorkspaceTransaction, principal: Principal, id: number) {
  const [set] = await tx.query
    .select(columns)
    .from(backupSets)
    .where(and(eq(backupSets.workspaceId, tx.workspaceId), eq(backupSets.id, id)));
  return set !== undefined && entitled(principal, set.tenantId) ? set : null;
}

/** Backup sets of tenants the caller is entitled to, after an id, in order of id. */
export async function listBackupSets(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: { readonly tenantId?: number | undefined; readonly after: number; readonly limit: number },
) {
  return tx.query
    .select(columns)
    .from(backupSets)
    .where(
      and(
        eq(backupSets.workspaceId, tx.workspaceId),
        principal.tenants === 'all' ? undefined : inArray(backupSets.tenantId, [...principal.tenants, -1]),
        ask.tenantId === undefined ? undefined : eq(backupSets.tenantId, ask.tenantId),
        gt(backupSets.id, ask.after),
      ),
    )
    .orderBy(asc(backupSets.id))
    .limit(ask.limit);
}

/** Items of a backup set after an id, with the policy each one holds. */
export async function backupItemsOf(
  tx: WorkspaceTransaction,
  setId: number,
  ask: { readonly after: number; readonly limit: number },
) {
  return tx.query
    .select({
      id: backupItems.id,
      policyExternalId: policies.externalId,
      policyName: policies.name,
      kind: policies.kind,
      version: policyVersions.version,
      runId: backupItems.runId,
      createdAt: backupItems.createdAt,
    })
    .from(backupItems)
    .innerJoin(policyVersions, eq(policyVersions.id, backupItems.policyVersionId))
    .innerJoin(policies, eq(policies.id, policyVersions.policyId))
    .where(
      and(
        eq(backupItems.workspaceId, tx.workspaceId),
        eq(backupItems.setId, setId),
        gt(backupItems.id, ask.after),
      ),
    )
    .orderBy(asc(backupItems.id))
    .limit(ask.limit);
}

/** Policies seen at a tenant, after an id, in order of id. */
export async function listPolicies(
  tx: WorkspaceTransaction,
  tenantId: number,
  ask: { readonly after: number; readonly limit: number },
) {
  return tx.query
    .select()
    .from(policies)
    .where(
      and(
        eq(policies.workspaceId, tx.workspaceId),
        eq(policies.tenantId, tenantId),
        gt(policies.id, ask.after),
      ),
    )
    .orderBy(asc(policies.id))
    .limit(ask.limit);
}

/** What a preview run found, or null when it found nothing yet. */
export async function previewOf(tx: WorkspaceTransaction, runId: number) {
  const [preview] = await tx.query.select().from(restorePreviews).where(eq(restorePreviews.runId, runId));
  return preview ?? null;
}
