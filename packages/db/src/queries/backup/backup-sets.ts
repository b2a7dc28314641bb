import { entitled, type Principal } from '@signalbox/domain/access/principal';
import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { backupItems, backupSets } from '../../schema/backup.ts';
import { tenants } from '../../schema/inventory.ts';
import { runs } from '../../schema/run.ts';
import { setIsComplete } from './complete-set.ts';

/** The newest run that adds or added to the set; the gate writes the set into the input of every such run. */
const lastRun = sql`(select r.id from ${runs} r where r.workspace_id = ${backupSets.workspaceId}
  and r.tenant_id = ${backupSets.tenantId} and r.operation = 'backup_set_add_policies'
  and r.input ->> 'backupSetId' = ${backupSets.id}::text order by r.created_at desc, r.id desc limit 1)`;

const columns = {
  id: backupSets.id,
  tenant: { id: tenants.id, externalId: tenants.externalId, name: tenants.name },
  name: backupSets.name,
  createdAt: backupSets.createdAt,
  items: sql<number>`(select count(*)::int from ${backupItems}
    where ${backupItems.workspaceId} = ${backupSets.workspaceId} and ${backupItems.setId} = ${backupSets.id})`,
  updatedAt: sql<string | null>`(select max(${backupItems.createdAt}) from ${backupItems}
    where ${backupItems.workspaceId} = ${backupSets.workspaceId} and ${backupItems.setId} = ${backupSets.id})`,
  lastRunId: sql<string | null>`${lastRun}`,
  complete: setIsComplete(sql`${backupSets}`),
};

/** A backup set as readers see it. */
export interface BackupSetRecord {
  readonly id: number;
  readonly tenant: { readonly id: number; readonly externalId: string; readonly name: string };
  readonly name: string;
  readonly createdAt: Date;
  readonly items: number;
  readonly updatedAt: Date | null;
  readonly lastRunId: number | null;
  /** It holds items, nothing is being added, and the last run that added ended without a failed item. */
  readonly complete: boolean;
}

function selectSets(tx: WorkspaceTransaction) {
  return tx.query
    .select(columns)
    .from(backupSets)
    .innerJoin(tenants, eq(tenants.id, backupSets.tenantId))
    .$dynamic();
}

function toRecord(row: Awaited<ReturnType<typeof selectSets>>[number]): BackupSetRecord {
  const { lastRunId, updatedAt, ...rest } = row;
  return {
    ...rest,
    updatedAt: updatedAt === null ? null : new Date(updatedAt),
    lastRunId: lastRunId === null ? null : Number(lastRunId),
  };
}

/** The backup set, or null when it does not exist or the caller may not know that it does. */
export async function getBackupSet(
  tx: WorkspaceTransaction,
  principal: Principal,
  id: number,
): Promise<BackupSetRecord | null> {
  const [row] = await selectSets(tx).where(
    and(eq(backupSets.workspaceId, tx.workspaceId), eq(backupSets.id, id)),
  );
  return row !== undefined && entitled(principal, row.tenant.id) ? toRecord(row) : null;
}

/** Backup sets of tenants the caller is entitled to, newest first. */
export async function listBackupSets(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: { readonly tenantId?: number | undefined; readonly before: number | null; readonly limit: number },
): Promise<BackupSetRecord[]> {
  const rows = await selectSets(tx)
    .where(
      and(
        eq(backupSets.workspaceId, tx.workspaceId),
        principal.tenants === 'all' ? undefined : inArray(backupSets.tenantId, [...principal.tenants, -1]),
        ask.tenantId === undefined ? undefined : eq(backupSets.tenantId, ask.tenantId),
        ask.before === null ? undefined : lt(backupSets.id, ask.before),
      ),
    )
    .orderBy(desc(backupSets.id))
    .limit(ask.limit);
  return rows.map(toRecord);
}
