import type { Principal } from '@signalbox/domain/access/principal';
import { and, asc, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { backupItems, backupSets, restorePreviews } from '../../schema/backup.ts';
import { policies, policyVersions, tenants } from '../../schema/inventory.ts';
import { runs } from '../../schema/run.ts';
import { previewHours } from '../gate/resolve-target.ts';
import { setFingerprint } from './set-fingerprint.ts';

function selectPreviews(tx: WorkspaceTransaction) {
  return tx.query
    .select({
      runId: runs.id,
      tenant: { id: tenants.id, externalId: tenants.externalId, name: tenants.name },
      setId: backupSets.id,
      setName: backupSets.name,
      fingerprint: restorePreviews.setFingerprint,
      // The same rule by which the gate takes or refuses a preview.
      fresh: sql<boolean>`${runs.finishedAt} > now() - make_interval(hours => ${previewHours})
        and ${restorePreviews.setFingerprint} = ${setFingerprint(sql`${restorePreviews.setId}`)}`,
      items: restorePreviews.items,
      createdAt: restorePreviews.createdAt,
    })
    .from(restorePreviews)
    .innerJoin(runs, eq(runs.id, restorePreviews.runId))
    .innerJoin(tenants, eq(tenants.id, runs.tenantId))
    .innerJoin(backupSets, eq(backupSets.id, restorePreviews.setId))
    .$dynamic();
}

/** A preview with what it found and whether a restore may still use it. */
export type PreviewRecord = Awaited<ReturnType<typeof selectPreviews>>[number];

/** What a succeeded preview run found, or null. The caller has already been shown to see the run. */
export async function previewOf(tx: WorkspaceTransaction, runId: number): Promise<PreviewRecord | null> {
  const [preview] = await selectPreviews(tx).where(
    and(eq(restorePreviews.workspaceId, tx.workspaceId), eq(runs.id, runId), eq(runs.status, 'succeeded')),
  );
  return preview ?? null;
}

/** Succeeded previews of tenants the caller is entitled to, newest first. */
export async function listPreviews(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: { readonly tenantId?: number | undefined; readonly before: number | null; readonly limit: number },
): Promise<PreviewRecord[]> {
  return selectPreviews(tx)
    .where(
      and(
        eq(restorePreviews.workspaceId, tx.workspaceId),
        eq(runs.status, 'succeeded'),
        principal.tenants === 'all' ? undefined : inArray(runs.tenantId, [...principal.tenants, -1]),
        ask.tenantId === undefined ? undefined : eq(runs.tenantId, ask.tenantId),
        ask.before === null ? undefined : lt(runs.id, ask.before),
      ),
    )
    .orderBy(desc(runs.id))
    .limit(ask.limit);
}

/** The policies behind backup items, by item. */
export async function policiesOfItems(tx: WorkspaceTransaction, setId: number) {
  return tx.query
    .select({
      itemId: backupItems.id,
      externalId: policies.externalId,
      kind: policies.kind,
      name: policies.name,
    })
    .from(backupItems)
    .innerJoin(policyVersions, eq(policyVersions.id, backupItems.policyVersionId))
    .innerJoin(policies, eq(policies.id, policyVersions.policyId))
    .where(and(eq(backupItems.workspaceId, tx.workspaceId), eq(backupItems.setId, setId)))
    .orderBy(asc(backupItems.id));
}
