import { eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
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
};

/** What a complete check of a connection found. */
export type CheckResult = Required<ConnectionFinding>;

/**
 * Keeps consent, health and granted permissions of a connection true to what was just found. What was not learned
 * stays as it was. A credential that works ends an expiry that has passed: it was renewed, or noted wrongly.
 */
export async function recordCheck(
  tx: WorkspaceTransaction,
  connectionId: number,
  found: ConnectionFinding,
): Promise<void> {
  const { consent, health, healthReason, credential, granted } = found;
  await tx.query
    .update(connections)
    .set({
      health,
      healthReason,
      checkedAt: sql`now()`,
      ...(consent !== undefined && { consent }),
      ...(granted !== undefined && { granted: [...granted] }),
      ...(credential !== undefined && credentialColumns(credential)),
    })
    .where(eq(connections.id, connectionId));
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
