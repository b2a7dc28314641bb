import { actorOf } from '@signalbox/domain/access/principal';
import { beingEdited } from '@signalbox/domain/gate/describe-start';
import { reasonRule } from '@signalbox/domain/gate/reasons';
import { isLive } from '@signalbox/domain/onboarding/session';
import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { bootstrapWorks, done, type Edited, type Editor, openRow, otherHolder, refused } from './editor.ts';

/**
 * Ends a session that leads nowhere. Tenant, connection, evidence and what was typed stay. Somebody else's lock stands
 * in the way, and so does a bootstrap that is under way: it is stopped first, or it ends the session.
 */
export async function abandonSession(
  db: Database,
  editor: Editor,
  ask: { readonly sessionId: number; readonly reason: string; readonly requestId: string | null },
): Promise<Edited> {
  const { sessionId, reason, requestId } = ask;
  return db.inWorkspace(editor.workspaceId, async (tx) => {
    const opened = await openRow(tx, sessionId);
    const { session } = opened;
    if (!isLive(session.status)) return refused('session_closed', reasonRule('session_closed').text);
    const other = otherHolder(opened, editor);
    if (other !== null) return refused('session_locked', beingEdited(other));
    if (await bootstrapWorks(tx, sessionId))
      return refused('bootstrap_under_way', 'The bootstrap of this onboarding is under way; stop it first.');
    await tx.query.execute(sql`
      update onboarding_sessions set status = 'abandoned', end_reason = ${reason}, finished_at = now(), updated_at = now(),
        locked_by_user_id = null, locked_by_name = null, locked_until = null, lock_version = lock_version + 1
      where workspace_id = ${tx.workspaceId} and id = ${sessionId} and status in ('draft', 'in_progress')`);
    await writeAudit(tx, [
      {
        actor: actorOf(editor),
        action: 'onboarding.abandoned',
        object: { kind: 'onboarding_session', id: String(sessionId) },
        details: { tenantId: session.tenant.id, reason, step: session.step },
        requestId,
      },
    ]);
    return done(tx, sessionId);
  });
}
