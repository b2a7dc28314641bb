import { createHash, randomBytes } from 'node:crypto';
import { actorOf, type Principal } from '@signalbox/domain/access/principal';
import { consentMinutes } from '@signalbox/domain/connection/consent';
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { interval } from '../../client/rows.ts';
import { consentRequests } from '../../schema/inventory.ts';
import { writeAudit } from '../observability/write-audit.ts';

/** What a member takes along to the provider's page of consent. The state is told this once and kept as a hash. */
export interface AskedConsent {
  readonly state: string;
  readonly expiresAt: Date;
}

/** Notes that somebody is sent to ask an administrator for consent; their state is good once and for some minutes. */
export async function requestConsent(
  db: Database,
  principal: Principal,
  ask: { readonly connectionId: number; readonly requestId: string | null },
): Promise<AskedConsent> {
  const { connectionId, requestId } = ask;
  const state = randomBytes(32).toString('base64url');
  return db.inWorkspace(principal.workspaceId, async (tx) => {
    // A state that is past its time says nothing any more; the audit keeps who asked.
    await tx.query
      .delete(consentRequests)
      .where(
        and(eq(consentRequests.workspaceId, tx.workspaceId), sql`expires_at < now() - interval '1 day'`),
      );
    const [made] = await tx.query
      .insert(consentRequests)
      .values({
        workspaceId: tx.workspaceId,
        connectionId,
        stateHash: stateHash(state),
        requestedByUserId: principal.userId,
        requestedBy: principal.username,
        requestedByKeyId: principal.key?.id ?? null,
        requestId,
        expiresAt: sql`now() + ${interval(consentMinutes * 60_000)}`,
      })
      .returning({ expiresAt: consentRequests.expiresAt });
    if (made === undefined) throw new Error('The request for consent was not written.');
    await writeAudit(tx, [
      {
        actor: actorOf(principal),
        action: 'consent.requested',
        object: { kind: 'connection', id: String(connectionId) },
        details: { expiresAt: made.expiresAt.toISOString() },
        requestId,
      },
    ]);
    return { state, expiresAt: made.expiresAt };
  });
}

/** What is kept of a state. */
export function stateHash(state: string): string {
  return createHash('sha256').update(state).digest('hex');
}
