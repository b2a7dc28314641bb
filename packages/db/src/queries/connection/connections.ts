import { entitled, type Principal } from '@signalbox/domain/access/principal';
import { and, asc, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { connections, tenants } from '../../schema/inventory.ts';
import { unhealthy } from './unhealthy.ts';

/** Everything about a connection but its secret. */
const columns = {
  id: connections.id,
  provider: connections.provider,
  label: connections.label,
  isDefault: connections.isDefault,
  enabled: connections.enabled,
  consent: connections.consent,
  health: connections.health,
  healthReason: connections.healthReason,
  credential: connections.credential,
  credentialExpiresAt: connections.credentialExpiresAt,
  granted: connections.granted,
  throttledUntil: connections.throttledUntil,
  checkedAt: connections.checkedAt,
  settings: connections.settings,
  createdAt: connections.createdAt,
  tenant: { id: tenants.id, externalId: tenants.externalId, name: tenants.name },
};

/** The connection, or null when it does not exist or the caller may not know that it does. */
export async function getConnection(tx: WorkspaceTransaction, principal: Principal, id: number) {
  const [connection] = await tx.query
    .select(columns)
    .from(connections)
    .leftJoin(tenants, eq(tenants.id, connections.tenantId))
    .where(and(eq(connections.workspaceId, tx.workspaceId), eq(connections.id, id)));
  return connection !== undefined && entitled(principal, connection.tenant?.id ?? null) ? connection : null;
}

/** Connections of tenants the caller is entitled to, after an id, in order of id. */
export async function listConnections(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: {
    readonly tenantId?: number | undefined;
    readonly only?: 'unhealthy' | undefined;
    readonly after: number;
    readonly limit: number;
  },
) {
  const mine =
    principal.tenants === 'all'
      ? undefined
      : or(isNull(connections.tenantId), inArray(connections.tenantId, [...principal.tenants, -1]));
  return tx.query
    .select(columns)
    .from(connections)
    .leftJoin(tenants, eq(tenants.id, connections.tenantId))
    .where(
      and(
        eq(connections.workspaceId, tx.workspaceId),
        mine,
        ask.tenantId === undefined ? undefined : eq(connections.tenantId, ask.tenantId),
        ask.only === 'unhealthy' ? unhealthy() : undefined,
        gt(connections.id, ask.after),
      ),
    )
    .orderBy(asc(connections.id))
    .limit(ask.limit);
}
