import { entitled, type Principal } from '@signalbox/domain/access/principal';
import { connectionScopes } from '@signalbox/domain/operation/scope-templates';
import { and, asc, eq, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { connections, tenants } from '../../schema/inventory.ts';
import { type Holder, holderOf, toHolder } from '../gate/scope-holder.ts';
import { activeThrough } from './active-through.ts';
import { unhealthy } from './unhealthy.ts';

/** Everything about a connection but its secret. */
const columns = {
  id: connections.id,
  provider: connections.provider,
  label: connections.label,
  isDefault: connections.isDefault,
  enabled: connections.enabled,
  disabledAt: connections.disabledAt,
  disabledBy: connections.disabledBy,
  disabledReason: connections.disabledReason,
  consent: connections.consent,
  health: connections.health,
  healthReason: connections.healthReason,
  credential: connections.credential,
  credentialSetAt: connections.credentialSetAt,
  credentialExpiresAt: connections.credentialExpiresAt,
  granted: connections.granted,
  providerTenantId: connections.providerTenantId,
  consentedTenantId: connections.consentedTenantId,
  tenantMismatch: connections.tenantMismatch,
  throttledUntil: connections.throttledUntil,
  checkedAt: connections.checkedAt,
  settings: connections.settings,
  createdAt: connections.createdAt,
  tenant: { id: tenants.id, externalId: tenants.externalId, name: tenants.name },
};

/** A connection as its readers see it. */
export type ConnectionRecord = NonNullable<Awaited<ReturnType<typeof connectionRecord>>>;

/** The connection, or null when it does not exist or the caller may not know that it does. */
export async function getConnection(
  tx: WorkspaceTransaction,
  principal: Principal,
  id: number,
): Promise<ConnectionRecord | null> {
  const connection = await connectionRecord(tx, id);
  return connection !== null && entitled(principal, connection.tenant?.id ?? null) ? connection : null;
}

/** The connection, whoever asks; for commands that have asked already, or that make it. */
export async function connectionRecord(tx: WorkspaceTransaction, id: number) {
  const [connection] = await tx.query
    .select(columns)
    .from(connections)
    .leftJoin(tenants, eq(tenants.id, connections.tenantId))
    .where(and(eq(connections.workspaceId, tx.workspaceId), eq(connections.id, id)));
  return connection ?? null;
}

/** Reads a connection that was kept as JSON. */
export function reviveConnectionRecord(kept: unknown): ConnectionRecord {
  const row = kept as ConnectionRecord;
  const date = (value: Date | null) => (value === null ? null : new Date(value));
  return {
    ...row,
    disabledAt: date(row.disabledAt),
    credentialSetAt: date(row.credentialSetAt),
    credentialExpiresAt: date(row.credentialExpiresAt),
    throttledUntil: date(row.throttledUntil),
    checkedAt: date(row.checkedAt),
    createdAt: new Date(row.createdAt),
  };
}

/** Who works through a connection now: how many runs, and the one that holds its scope. */
export interface ConnectionUse {
  readonly activeRuns: number;
  readonly holder: Holder | null;
}

/** Which connections to list: those after an id, in order of id. */
export interface ConnectionsAsk {
  readonly tenantId?: number | undefined;
  readonly only?: 'unhealthy' | undefined;
  readonly after: number;
  readonly limit: number;
}

/** Connections of tenants the caller is entitled to. */
export async function listConnections(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: ConnectionsAsk,
): Promise<ConnectionRecord[]> {
  return tx.query
    .select(columns)
    .from(connections)
    .leftJoin(tenants, eq(tenants.id, connections.tenantId))
    .where(meant(tx, principal, ask))
    .orderBy(asc(connections.id))
    .limit(ask.limit);
}

/** The same, each with who works through it. */
export async function listUsedConnections(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: ConnectionsAsk,
): Promise<(ConnectionRecord & ConnectionUse)[]> {
  const rows = await tx.query
    .select({ ...columns, activeRuns: activeRunsOf, holder: holderOf(tx, scopesOfConnection) })
    .from(connections)
    .leftJoin(tenants, eq(tenants.id, connections.tenantId))
    .where(meant(tx, principal, ask))
    .orderBy(asc(connections.id))
    .limit(ask.limit);
  return rows.map(({ holder, ...row }) => ({
    ...row,
    holder: holder === null ? null : toHolder(holder),
  }));
}

function meant(tx: WorkspaceTransaction, principal: Principal, ask: ConnectionsAsk): SQL | undefined {
  const mine =
    principal.tenants === 'all'
      ? undefined
      : or(isNull(connections.tenantId), inArray(connections.tenantId, [...principal.tenants, -1]));
  return and(
    eq(connections.workspaceId, tx.workspaceId),
    mine,
    ask.tenantId === undefined ? undefined : eq(connections.tenantId, ask.tenantId),
    ask.only === 'unhealthy' ? unhealthy() : undefined,
    gt(connections.id, ask.after),
  );
}

const activeRunsOf = sql<number>`(select count(*)::int from runs r
  where r.workspace_id = ${connections.workspaceId} and r.connection_id = ${connections.id} and ${activeThrough})`;

/** The keys of every scope that something may hold of a connection, as an array. */
const scopesOfConnection = sql`array(
    select replace(replace(template, '{tenant}', coalesce(${connections.tenantId}::text, '')), '{connection}', ${connections.id}::text)
    from unnest(array[${sql.join(
      connectionScopes.map((each) => sql`${each}::text`),
      sql`, `,
    )}]) as wanted (template))`;
