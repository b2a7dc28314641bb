import { entitled, type Principal } from '@signalbox/domain/access/principal';
import type { SessionStatus } from '@signalbox/domain/onboarding/session';
import { and, eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { tenants } from '../../schema/inventory.ts';
import { onboardingSessions } from '../../schema/onboarding.ts';

/** An onboarding as its readers see it. */
export interface SessionRecord {
  readonly id: number;
  readonly tenant: { readonly id: number; readonly externalId: string; readonly name: string };
  /** The connection that was chosen in it. */
  readonly connectionId: number | null;
  readonly status: SessionStatus;
  /** 1 to 5. */
  readonly step: number;
  readonly lock: {
    readonly userId: number | null;
    readonly name: string | null;
    /** Whether somebody holds it now, on the clock of the database. */
    readonly held: boolean;
  };
}

/** The onboarding session, or null when it does not exist or the caller may not know that it does. */
export async function getSession(
  tx: WorkspaceTransaction,
  principal: Principal,
  id: number,
): Promise<SessionRecord | null> {
  const [session] = await tx.query
    .select({
      id: onboardingSessions.id,
      tenant: { id: tenants.id, externalId: tenants.externalId, name: tenants.name },
      connectionId: onboardingSessions.connectionId,
      status: onboardingSessions.status,
      step: onboardingSessions.step,
      lock: {
        userId: onboardingSessions.lockedByUserId,
        name: onboardingSessions.lockedByName,
        held: sql<boolean>`coalesce(${onboardingSessions.lockedUntil} > now(), false)`,
      },
    })
    .from(onboardingSessions)
    .innerJoin(
      tenants,
      and(
        eq(tenants.workspaceId, onboardingSessions.workspaceId),
        eq(tenants.id, onboardingSessions.tenantId),
      ),
    )
    .where(and(eq(onboardingSessions.workspaceId, tx.workspaceId), eq(onboardingSessions.id, id)));
  return session !== undefined && entitled(principal, session.tenant.id) ? session : null;
}
