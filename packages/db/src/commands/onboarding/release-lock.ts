import { actorOf } from '@signalbox/domain/access/principal';
import { beingEdited } from '@signalbox/domain/gate/describe-start';
import { reasonRule } from '@signalbox/domain/gate/reasons';
import { isLive } from '@signalbox/domain/onboarding/session';
import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { done, type Edited, type Editor, openRow, otherHolder, refused } from './editor.ts';

/**
 * Gives the lock back. The version grows, so that what is still under way under the old one is not written after
 * somebody else has begun. A lock that nobody holds, or that has run out, is free already.
 */
export async function releaseLock(
  db: Database,
  editor: Editor,
  { sessionId, requestId }: { readonly sessionId: number; readonly requestId: string | null },
): Promise<Edited> {
  return db.inWorkspace(editor.workspaceId, async (tx) => {
    const opened = await openRow(tx, sessionId);
    const { session, lock } = opened;
    if (!isLive(session.status)) return refused('session_closed', reasonRule('session_closed').text);
    const other = otherHolder(opened, editor);
    if (other !== null) return refused('session_locked', beingEdited(other));
    if (lock.holder?.userId !== editor.userId) return done(tx, sessionId);
    await tx.query.execute(sql`
      update onboarding_sessions set locked_by_user_id = null, locked_by_name = null, locked_until = null,
        lock_version = lock_version + 1
      where workspace_id = ${tx.workspaceId} and id = ${sessionId} and lock_version = ${lock.version}`);
    await writeAudit(tx, [
      {
        actor: actorOf(editor),
        action: 'onboarding.released',
        object: { kind: 'onboarding_session', id: String(sessionId) },
        details: { tenantId: session.tenant.id },
        requestId,
      },
    ]);
    return done(tx, sessionId);
  });
}
