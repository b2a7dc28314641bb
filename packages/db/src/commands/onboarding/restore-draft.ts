import { actorOf } from '@signalbox/domain/access/principal';
import { changedFields } from '@signalbox/domain/onboarding/draft';
import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { done, type Edited, type Editor, openRow, refused } from './editor.ts';
import { type Hold, holdSession } from './hold-session.ts';

/** Puts what was kept for the caller back into the draft, over what stands in those fields now. */
export async function restoreDraft(
  db: Database,
  editor: Editor,
  { sessionId, hold }: { readonly sessionId: number; readonly hold: Hold },
): Promise<Edited> {
  return db.inWorkspace(editor.workspaceId, async (tx) => {
    const opened = await openRow(tx, sessionId);
    const { session } = opened;
    const kept = session.keptDrafts[editor.username];
    if (kept === undefined) return refused('conflict', 'Nothing is kept for you in this session.');
    const refusal = await holdSession(tx, editor, { opened, hold });
    if (refusal !== null) return refusal;
    const draft = { ...session.draft, ...kept };
    await tx.query.execute(sql`
      update onboarding_sessions set status = 'in_progress', draft = ${JSON.stringify(draft)}::jsonb,
        kept_drafts = kept_drafts - ${editor.username}::text, updated_at = clock_timestamp()
      where workspace_id = ${tx.workspaceId} and id = ${sessionId}`);
    await writeAudit(tx, [
      {
        actor: actorOf(editor),
        action: 'onboarding.draft_restored',
        object: { kind: 'onboarding_session', id: String(sessionId) },
        details: { tenantId: session.tenant.id, fields: changedFields(session.draft, draft) },
        requestId: hold.requestId,
      },
    ]);
    return done(tx, sessionId);
  });
}
