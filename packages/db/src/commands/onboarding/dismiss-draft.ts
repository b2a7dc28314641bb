import { actorOf } from '@signalbox/domain/access/principal';
import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { done, type Edited, type Editor, openRow } from './editor.ts';

/** Lets go of what was kept for the caller. It is theirs, so it needs no lock. */
export async function dismissDraft(
  db: Database,
  editor: Editor,
  { sessionId, requestId }: { readonly sessionId: number; readonly requestId: string | null },
): Promise<Edited> {
  return db.inWorkspace(editor.workspaceId, async (tx) => {
    const { session } = await openRow(tx, sessionId);
    if (session.keptDrafts[editor.username] === undefined) return done(tx, sessionId);
    await tx.query.execute(sql`
      update onboarding_sessions set kept_drafts = kept_drafts - ${editor.username}::text
      where workspace_id = ${tx.workspaceId} and id = ${sessionId}`);
    await writeAudit(tx, [
      {
        actor: actorOf(editor),
        action: 'onboarding.draft_dismissed',
        object: { kind: 'onboarding_session', id: String(sessionId) },
        details: { tenantId: session.tenant.id },
        requestId,
      },
    ]);
    return done(tx, sessionId);
  });
}
