import { type Actor, entitled, holds, type Principal } from '@signalbox/domain/access/principal';
import { type ConsentOutcome, type ConsentReturn, judgeReturn } from '@signalbox/domain/connection/consent';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { initiatorNow } from '../../queries/access/initiator-now.ts';
import { type ConnectionRecord, connectionRecord } from '../../queries/connection/connections.ts';
import { connections, consentRequests } from '../../schema/inventory.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { stateHash } from './request-consent.ts';

/** A return from the page of consent whose state was good. */
export interface TakenConsent {
  readonly workspaceId: string;
  readonly connection: ConnectionRecord;
  readonly outcome: ConsentOutcome;
  /** Whoever asked, with the rights they have now; null when nothing is left of them. */
  readonly principal: Principal | null;
}

/**
 * Takes what the provider says on the way back, once for each state. It only notes the claim; what is true a check
 * finds out. Null for a state that nobody was given, that was used, or whose time is over: then nothing changes.
 */
export async function takeConsent(
  db: Database,
  state: string,
  back: ConsentReturn & { readonly requestId: string | null },
): Promise<TakenConsent | null> {
  const hash = stateHash(state);
  const [place] = await db.asSystem((tx) =>
    tx.query.execute<{ id: string | null }>(sql`select system_find_consent(${hash}) as id`),
  );
  if (place?.id == null) return null;
  return db.inWorkspace(place.id, (tx) => take(tx, hash, back));
}

async function take(
  tx: WorkspaceTransaction,
  hash: string,
  back: ConsentReturn & { readonly requestId: string | null },
): Promise<TakenConsent | null> {
  const open = and(
    eq(consentRequests.workspaceId, tx.workspaceId),
    eq(consentRequests.stateHash, hash),
    isNull(consentRequests.usedAt),
    gt(consentRequests.expiresAt, sql`now()`),
  );
  // Of two at once the second waits here, and then finds it used.
  const [asked] = await tx.query.select().from(consentRequests).where(open).for('update');
  if (asked === undefined) return null;
  const connection = await connectionRecord(tx, asked.connectionId);
  if (connection === null) return null;
  const { requestedByUserId: userId, requestedBy: username, requestedByKeyId: keyId } = asked;
  const now = await initiatorNow(tx, { userId, username, keyId });
  const principal = 'principal' in now ? now.principal : null;
  const tenantId = connection.tenant?.id ?? null;
  const outcome = judgeReturn(back, {
    allowed: principal !== null && holds(principal, 'connection.manage') && entitled(principal, tenantId),
    claim: {
      externalId: connection.tenant?.externalId ?? '',
      known: connection.providerTenantId,
      consented: connection.consentedTenantId,
    },
  });
  await tx.query
    .update(consentRequests)
    .set({ usedAt: sql`now()`, outcome })
    .where(eq(consentRequests.id, asked.id));
  if (outcome === 'granted' && back.kind === 'granted') {
    await tx.query
      .update(connections)
      .set({ consentedTenantId: back.tenant })
      .where(eq(connections.id, connection.id));
  }
  // Nobody proved who they are on the way back; the entry says for whom the way was made.
  const actor: Actor = { kind: 'system', name: 'consent callback', onBehalfOf: username };
  await writeAudit(tx, [
    {
      actor,
      action: 'consent.returned',
      object: { kind: 'connection', id: String(connection.id) },
      details: { outcome, ...(back.kind === 'granted' ? { tenant: back.tenant } : { error: back.error }) },
      requestId: back.requestId,
    },
  ]);
  return { workspaceId: tx.workspaceId, connection, outcome, principal };
}
