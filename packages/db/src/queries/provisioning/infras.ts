import { infraScope } from '@signalbox/domain/gate/scope';
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { infras } from '../../schema/provisioning.ts';
import { type Holder, type HolderRow, holderOf, toHolder } from '../gate/scope-holder.ts';

/** An infra with how much of it stands. Infras belong to no tenant, so every member sees them. */
export interface InfraRecord {
  readonly name: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** When and by whom its settings were last changed; null where they are the first. */
  readonly changedBy: string | null;
  readonly changedAt: Date | null;
  readonly servers: number;
  readonly taskservs: number;
  readonly clusters: number;
  /** Who holds its scope now; null while it is free. */
  readonly holder: Holder | null;
}

// Written out with the table: within a query of their own the columns would be those of the inner table.
const standing = (kind: string) =>
  sql<number>`(select count(*)::int from resources r where r.workspace_id = infras.workspace_id
    and r.infra_id = infras.id and r.kind = ${kind} and r.deleted_at is null)`;

const columns = (tx: WorkspaceTransaction) => ({
  name: infras.name,
  createdBy: infras.createdBy,
  createdAt: infras.createdAt,
  changedBy: infras.changedBy,
  changedAt: infras.changedAt,
  servers: standing('server'),
  taskservs: standing('taskserv'),
  clusters: standing('cluster'),
  holder: holderOf(tx, sql`array[${infraScope('')}::text || infras.name]`),
});

function toInfra({
  holder,
  ...infra
}: Omit<InfraRecord, 'holder'> & { holder: HolderRow | null }): InfraRecord {
  return { ...infra, holder: holder === null ? null : toHolder(holder) };
}

/** Infras of the workspace after a name, in the order of their names. */
export async function listInfras(
  tx: WorkspaceTransaction,
  ask: { readonly after: string; readonly limit: number },
): Promise<InfraRecord[]> {
  const rows = await tx.query
    .select(columns(tx))
    .from(infras)
    .where(and(eq(infras.workspaceId, tx.workspaceId), gt(infras.name, ask.after)))
    .orderBy(asc(infras.name))
    .limit(ask.limit);
  return rows.map(toInfra);
}

/** The infra of a name; null when the workspace has none. */
export async function getInfra(tx: WorkspaceTransaction, name: string): Promise<InfraRecord | null> {
  const [infra] = await tx.query
    .select(columns(tx))
    .from(infras)
    .where(and(eq(infras.workspaceId, tx.workspaceId), eq(infras.name, name)));
  return infra === undefined ? null : toInfra(infra);
}
