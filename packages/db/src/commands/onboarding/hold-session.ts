import { actorOf } from '@signalbox/domain/access/principal';
import { beingEdited } from '@signalbox/domain/gate/describe-start';
import { reasonRule } from '@signalbox/domain/gate/reasons';
import { decideLock } from '@signalbox/domain/onboarding/lock';
import { isLive } from '@signalbox/domain/onboarding/session';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { type Editor, type EditRefusal, keepTyped, type OpenedSession, refused } from './editor.ts';

/** How a caller wants to hold a session. */
export interface Hold {
  /** The version of the lock they saw; null to act on whatever it is now. */
  readonly version: number | null;
  readonly takeover: boolean;
  readonly reason: string | null;
  readonly requestId: string | null;
}

/**
 * Gives the caller the lock of an opened session, or says why not. Whoever loses it without having given it back finds
 * what they had typed kept for them.
 */
export async function holdSession(
  tx: WorkspaceTransaction,
  editor: Editor,
  at: { readonly opened: OpenedSession; readonly hold: Hold },
): Promise<EditRefusal | null> {
  const { session, lock, now } = at.opened;
  const { version, takeover, reason, requestId } = at.hold;
  if (!isLive(session.status)) return refused('session_closed', reasonRule('session_closed').text);
  const decision = decideLock(lock, { userId: editor.userId, takeover, version }, now);
  if (decision.kind === 'locked') return refused('session_locked', beingEdited(decision.by.name));
  if (decision.kind === 'stale')
    return refused('conflict', 'Somebody else has edited the session since you looked; look at it again.');
  if (decision.kind !== 'renewed' && decision.from !== null) {
    await keepTyped(tx, session.id, { username: decision.from.name, values: session.draft });
  }
  const held = await tx.query.execute(sql`
    update onboarding_sessions set locked_by_user_id = ${editor.userId}, locked_by_name = ${editor.username},
      locked_until = ${decision.until.toISOString()}::timestamptz, lock_version = ${decision.version}
    where workspace_id = ${tx.workspaceId} and id = ${session.id} and lock_version = ${lock.version} returning id`);
  if (held.length === 0) throw new Error(`The lock of session ${session.id} changed under its row lock.`);
  if (decision.kind === 'renewed') return null;
  await writeAudit(tx, [
    {
      actor: actorOf(editor),
      action: decision.kind === 'taken' ? 'onboarding.locked' : 'onboarding.taken_over',
      object: { kind: 'onboarding_session', id: String(session.id) },
      details: {
        tenantId: session.tenant.id,
        to: editor.username,
        ...(decision.from !== null && { from: decision.from.name }),
        ...(decision.kind === 'taken_over' && reason !== null && { reason }),
      },
      requestId,
    },
  ]);
  return null;
}
