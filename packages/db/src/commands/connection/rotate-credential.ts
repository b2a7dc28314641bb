import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { type ConnectionRecord, connectionRecord } from '../../queries/connection/connections.ts';
import { connections, consentRequests } from '../../schema/inventory.ts';
import { connectionSecretPlace } from '../../secrets/connection-secret.ts';
import { type Keyring, seal } from '../../secrets/envelope.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { lockConnection } from './lock-connection.ts';

export interface NewCredential {
  readonly connectionId: number;
  readonly secret: string;
  /** Another application at the provider; the present one when left out. */
  readonly clientId?: string | undefined;
  /** Another who signs in at a provider of servers. */
  readonly account?: string | undefined;
  readonly expiresAt: Date | null;
  readonly requestId: string | null;
}

/**
 * Gives a connection a new credential; the old one is gone for good. Whether the new one works nobody knows before the
 * next check. Another application has its own consent, permissions and pauses, so what was known of the old one is
 * forgotten, and who is on the way to consent to the old one comes back in vain.
 * Runs under way go on with what they opened, and what they find out about the old credential is not kept.
 */
export async function rotateCredential(
  db: Database,
  { principal, keyring }: { readonly principal: Principal; readonly keyring: Keyring },
  credential: NewCredential,
): Promise<ConnectionRecord | 'gone'> {
  const { connectionId, secret, clientId, account, expiresAt, requestId } = credential;
  return db.inWorkspace(principal.workspaceId, async (tx) => {
    await lockConnection(tx, connectionId);
    const before = await connectionRecord(tx, connectionId);
    if (before === null) return 'gone';
    const otherClient = clientId !== undefined && clientId !== before.settings.clientId;
    await tx.query
      .update(connections)
      .set({
        sealedSecret: seal(keyring, secret, connectionSecretPlace(tx.workspaceId, connectionId)),
        credential: 'present',
        credentialSetAt: sql`now()`,
        credentialExpiresAt: expiresAt,
        health: 'unknown',
        healthReason: null,
        settings: {
          ...before.settings,
          ...(clientId !== undefined && { clientId }),
          ...(account !== undefined && { account }),
        },
        ...(otherClient && {
          consent: 'unknown',
          consentedTenantId: null,
          granted: null,
          tenantMismatch: false,
          throttledUntil: null,
        }),
      })
      .where(eq(connections.id, connectionId));
    if (otherClient) await endConsentRequests(tx, connectionId);
    await writeAudit(tx, [
      {
        actor: actorOf(principal),
        action: 'connection.credential_rotated',
        object: { kind: 'connection', id: String(connectionId) },
        details: {
          ...(otherClient && { clientId }),
          ...(account !== undefined && { account }),
          ...(expiresAt !== null && { expiresAt: expiresAt.toISOString() }),
        },
        requestId,
      },
    ]);
    return (await connectionRecord(tx, connectionId)) ?? 'gone';
  });
}

/** Ends the time of every state that is still out. */
async function endConsentRequests(tx: WorkspaceTransaction, connectionId: number): Promise<void> {
  await tx.query
    .update(consentRequests)
    .set({ expiresAt: sql`least(${consentRequests.expiresAt}, now())` })
    .where(
      and(
        eq(consentRequests.workspaceId, tx.workspaceId),
        eq(consentRequests.connectionId, connectionId),
        isNull(consentRequests.usedAt),
      ),
    );
}
