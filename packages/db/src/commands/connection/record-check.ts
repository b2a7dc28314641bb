import { and, eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { credentialTold } from '../../queries/connection/connection-access.ts';
import { connections } from '../../schema/inventory.ts';

/**
 * What a check, or a run that met an obstacle, found out about a connection. What is absent was not learned.
 * A type, not an interface: it is kept as JSON.
 */
export type ConnectionFinding = {
  readonly consent?: 'granted' | 'missing' | 'unknown';
  readonly health: 'ok' | 'warning' | 'failing';
  /** A code of the reason catalogue when health is not ok. */
  readonly healthReason: string | null;
  /** `refused` when the provider did not accept it, `expired` when it said that its time is over. */
  readonly credential?: 'present' | 'refused' | 'expired';
  readonly granted?: readonly string[];
  /** The provider's id of the tenant that was reached, and whether it is another one than is meant. */
  readonly reached?: { readonly tenant: string; readonly mismatch: boolean };
  /** With which credential it was found out: `credentialSetAt` of what was opened. */
  readonly foundWith?: string | null;
};

/** What a complete check of a connection found. */
export type CheckResult = Required<Omit<ConnectionFinding, 'reached' | 'foundWith'>>;

/**
 * Keeps consent, health and granted permissions of a connection true to what was just found. What was not learned
 * stays as it was. A credential that works ends an expiry that has passed: it was renewed, or noted wrongly. What was
 * found out with a credential that has been replaced meanwhile says nothing of the new one and is not kept.
 */
export async function recordCheck(
  tx: WorkspaceTransaction,
  connectionId: number,
  found: ConnectionFinding,
): Promise<void> {
  const { consent, health, healthReason, credential, granted, reached, foundWith } = found;
  const same =
    foundWith === undefined ? undefined : sql`${credentialTold} is not distinct from ${foundWith}::text`;
  await tx.query
    .update(connections)
    .set({
      health,
      healthReason,
      checkedAt: sql`now()`,
      ...(consent !== undefined && { consent }),
      ...(granted !== undefined && { granted: [...granted] }),
      ...(reached !== undefined && {
        providerTenantId: sql`coalesce(${connections.providerTenantId}, ${reached.tenant})`,
        tenantMismatch: reached.mismatch,
      }),
      ...(credential !== undefined && credentialColumns(credential)),
    })
    .where(and(eq(connections.id, connectionId), same));
}

function credentialColumns(credential: NonNullable<ConnectionFinding['credential']>) {
  if (credential === 'refused') return { credential };
  const noted = connections.credentialExpiresAt;
  const credentialExpiresAt =
    credential === 'expired'
      ? sql`least(coalesce(${noted}, now()), now())`
      : sql`case when ${noted} > now() then ${noted} end`;
  return { credential: 'present', credentialExpiresAt };
}
