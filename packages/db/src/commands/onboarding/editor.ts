import type { Principal } from '@signalbox/domain/access/principal';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { ReasonCode } from '@signalbox/domain/gate/reasons';
import { type LockFacts, liveHolder } from '@signalbox/domain/onboarding/lock';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { type SessionRecord, sessionRecord } from '../../queries/onboarding/sessions.ts';

/** Somebody who may hold the lock: a person, or a key that acts for one. */
export type Editor = Principal & { readonly userId: number };

export function isEditor(principal: Principal): principal is Editor {
  return principal.userId !== null;
}

/** Why a session was not changed. `conflict` when the lock has changed hands and nobody edits now. */
export interface EditRefusal {
  readonly kind: 'refused';
  readonly reason:
    | Extract<ReasonCode, 'session_closed' | 'session_locked' | 'step_not_ready' | 'bootstrap_under_way'>
    | 'conflict';
  /** One plain sentence. */
  readonly message: string;
  /** Whether what was typed is kept beside the draft for whoever typed it. */
  readonly kept: boolean;
}

export type Edited = { readonly kind: 'done'; readonly session: SessionRecord } | EditRefusal;

/** A session whose row nobody else changes until the commit, and the moment at which that was so. */
export interface OpenedSession {
  readonly session: SessionRecord;
  readonly lock: LockFacts;
  readonly now: Date;
}

/** Takes the row lock of a session, then reads it, so that what a former holder has just left is seen. */
export async function openRow(tx: WorkspaceTransaction, sessionId: number): Promise<OpenedSession> {
  await tx.query.execute(sql`
    select from onboarding_sessions where workspace_id = ${tx.workspaceId} and id = ${sessionId}
    for no key update`);
  const session = await sessionRecord(tx, sessionId);
  const [clock] = await tx.query.execute<{ now: string }>(sql`select clock_timestamp() as now`);
  if (session === null || clock === undefined)
    throw new Error(`The onboarding session ${sessionId} is gone.`);
  return { session, lock: lockOf(session), now: new Date(clock.now) };
}

function lockOf({ lock: { userId, name, until, version } }: SessionRecord): LockFacts {
  return { holder: userId === null ? null : { userId, name: name ?? '' }, until, version };
}

/** Who else is editing at this moment. */
export function otherHolder({ lock, now }: OpenedSession, principal: Principal): string | null {
  const holder = liveHolder(lock, now);
  return holder === null || holder.userId === principal.userId ? null : holder.name;
}

/** Whether a bootstrap of the session is under way. None begins until the commit of who holds the row of the session. */
export async function bootstrapWorks(tx: WorkspaceTransaction, sessionId: number): Promise<boolean> {
  const [plan] = await tx.query.execute(sql`
    select from onboarding_sessions s
    join plans p on p.workspace_id = s.workspace_id and p.id = s.plan_id and p.status = 'working'
    where s.workspace_id = ${tx.workspaceId} and s.id = ${sessionId}`);
  return plan !== undefined;
}

/** Keeps values beside the draft for whoever typed them; a field typed again replaces what was kept of it. */
export async function keepTyped(
  tx: WorkspaceTransaction,
  sessionId: number,
  typed: { readonly username: string; readonly values: JsonObject },
): Promise<boolean> {
  const { username, values } = typed;
  if (Object.keys(values).length === 0) return false;
  await tx.query.execute(sql`
    update onboarding_sessions set kept_drafts = kept_drafts || jsonb_build_object(${username}::text,
      coalesce(kept_drafts -> ${username}::text, '{}') || ${JSON.stringify(values)}::jsonb)
    where workspace_id = ${tx.workspaceId} and id = ${sessionId}`);
  return true;
}

/** The session as it stands after a change of this transaction. */
export async function done(tx: WorkspaceTransaction, sessionId: number): Promise<Edited> {
  const session = await sessionRecord(tx, sessionId);
  if (session === null) throw new Error(`The onboarding session ${sessionId} is gone.`);
  return { kind: 'done', session };
}

export function refused(reason: EditRefusal['reason'], message: string, kept = false): EditRefusal {
  return {
    kind: 'refused',
    reason,
    message: kept ? `${message} What you typed is kept for you.` : message,
    kept,
  };
}
