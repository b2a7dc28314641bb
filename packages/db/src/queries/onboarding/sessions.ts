import { entitled, type Principal } from '@signalbox/domain/access/principal';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { type OnboardingStep, type SessionStatus, toStep } from '@signalbox/domain/onboarding/session';
import { and, desc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { connections, tenants } from '../../schema/inventory.ts';
import { onboardingSessions } from '../../schema/onboarding.ts';

/** An onboarding as its readers see it. */
export interface SessionRecord {
  readonly id: number;
  readonly tenant: { readonly id: number; readonly externalId: string; readonly name: string };
  /** The connection that was chosen in it. */
  readonly connectionId: number | null;
  readonly connection: { readonly id: number; readonly label: string; readonly credential: string } | null;
  readonly status: SessionStatus;
  readonly step: OnboardingStep;
  readonly assignee: { readonly id: number; readonly username: string } | null;
  readonly lock: {
    readonly userId: number | null;
    readonly name: string | null;
    readonly until: Date | null;
    readonly version: number;
    /** Whether somebody holds it now, on the clock of the database. */
    readonly held: boolean;
  };
  readonly draft: JsonObject;
  /** What was typed by those who lost the lock, by username. */
  readonly keptDrafts: Readonly<Record<string, JsonObject>>;
  readonly createdBy: string;
  readonly endReason: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly finishedAt: Date | null;
}

const columns = {
  id: onboardingSessions.id,
  tenant: { id: tenants.id, externalId: tenants.externalId, name: tenants.name },
  connectionId: onboardingSessions.connectionId,
  connection: { id: connections.id, label: connections.label, credential: connections.credential },
  status: onboardingSessions.status,
  step: onboardingSessions.step,
  assigneeUserId: onboardingSessions.assigneeUserId,
  assigneeName: onboardingSessions.assigneeName,
  lock: {
    userId: onboardingSessions.lockedByUserId,
    name: onboardingSessions.lockedByName,
    until: onboardingSessions.lockedUntil,
    version: onboardingSessions.lockVersion,
    // The clock of the statement: a transaction may have waited for the row.
    held: sql<boolean>`coalesce(${onboardingSessions.lockedUntil} > clock_timestamp(), false)`,
  },
  draft: onboardingSessions.draft,
  keptDrafts: onboardingSessions.keptDrafts,
  createdBy: onboardingSessions.createdBy,
  endReason: onboardingSessions.endReason,
  createdAt: onboardingSessions.createdAt,
  updatedAt: onboardingSessions.updatedAt,
  finishedAt: onboardingSessions.finishedAt,
};

/** The onboarding session, or null when it does not exist or the caller may not know that it does. */
export async function getSession(
  tx: WorkspaceTransaction,
  principal: Principal,
  id: number,
): Promise<SessionRecord | null> {
  const session = await sessionRecord(tx, id);
  return session !== null && entitled(principal, session.tenant.id) ? session : null;
}

/** The session, whoever asks; for commands that have asked already. */
export async function sessionRecord(tx: WorkspaceTransaction, id: number): Promise<SessionRecord | null> {
  const [session] = await read(tx, { where: eq(onboardingSessions.id, id), limit: 1 });
  return session ?? null;
}

/** The session of a tenant that is neither completed nor abandoned; null where there is none. */
export async function liveSession(
  tx: WorkspaceTransaction,
  principal: Principal,
  tenantId: number,
): Promise<SessionRecord | null> {
  if (!entitled(principal, tenantId)) return null;
  const live = sql`${onboardingSessions.status} in ('draft', 'in_progress')`;
  const [session] = await read(tx, { where: and(eq(onboardingSessions.tenantId, tenantId), live), limit: 1 });
  return session ?? null;
}

/** Which sessions to list: those before an id, the newest first. */
export interface SessionsAsk {
  readonly tenantId?: number | undefined;
  readonly status?: SessionStatus | undefined;
  readonly assigneeUserId?: number | undefined;
  readonly before: number | null;
  readonly limit: number;
}

/** Sessions of the tenants the caller is entitled to, the newest first. */
export async function listSessions(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: SessionsAsk,
): Promise<SessionRecord[]> {
  const { tenantId, status, assigneeUserId, before, limit } = ask;
  const mine =
    principal.tenants === 'all'
      ? undefined
      : inArray(onboardingSessions.tenantId, [...principal.tenants, -1]);
  const where = and(
    mine,
    tenantId === undefined ? undefined : eq(onboardingSessions.tenantId, tenantId),
    status === undefined ? undefined : eq(onboardingSessions.status, status),
    assigneeUserId === undefined ? undefined : eq(onboardingSessions.assigneeUserId, assigneeUserId),
    before === null ? undefined : lt(onboardingSessions.id, before),
  );
  return read(tx, { where, limit });
}

async function read(
  tx: WorkspaceTransaction,
  { where, limit }: { readonly where: SQL | undefined; readonly limit: number },
): Promise<SessionRecord[]> {
  const rows = await tx.query
    .select(columns)
    .from(onboardingSessions)
    .innerJoin(
      tenants,
      and(
        eq(tenants.workspaceId, onboardingSessions.workspaceId),
        eq(tenants.id, onboardingSessions.tenantId),
      ),
    )
    .leftJoin(
      connections,
      and(
        eq(connections.workspaceId, onboardingSessions.workspaceId),
        eq(connections.id, onboardingSessions.connectionId),
      ),
    )
    .where(and(eq(onboardingSessions.workspaceId, tx.workspaceId), where))
    .orderBy(desc(onboardingSessions.id))
    .limit(limit);
  return rows.map(({ assigneeUserId, assigneeName, step, keptDrafts, ...row }) => ({
    ...row,
    step: toStep(step),
    keptDrafts: keptDrafts as SessionRecord['keptDrafts'],
    assignee: assigneeUserId === null ? null : { id: assigneeUserId, username: assigneeName ?? '' },
  }));
}
