import { actorOf } from '@signalbox/domain/access/principal';
import { isLive } from '@signalbox/domain/onboarding/session';
import { sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { liveSession, type SessionRecord, sessionRecord } from '../../queries/onboarding/sessions.ts';
import { onboardingSessions } from '../../schema/onboarding.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { type Editor, type OpenedSession, openRow } from './editor.ts';
import { holdSession } from './hold-session.ts';

/** A session that was opened now, or that lived already. */
export interface OpenSession {
  readonly opened: boolean;
  readonly session: SessionRecord;
}

/**
 * Opens the onboarding of a tenant, or resumes the one that lives. Of two that ask at once both get the same.
 * @param ask.takesLock whether the caller edits from now on, where nobody else does
 */
export async function openSession(
  db: Database,
  editor: Editor,
  ask: { readonly tenantId: number; readonly takesLock: boolean; readonly requestId: string | null },
): Promise<OpenSession> {
  return db.inWorkspace(editor.workspaceId, async (tx) => {
    const { row, opened } = await openOrFind(tx, editor, ask);
    if (!ask.takesLock) return { opened, session: row.session };
    const hold = { version: null, takeover: false, reason: null, requestId: ask.requestId };
    await holdSession(tx, editor, { opened: row, hold });
    const { id } = row.session;
    const session = await sessionRecord(tx, id);
    if (session === null) throw new Error(`The onboarding session ${id} is gone.`);
    return { opened, session };
  });
}

/** A session that lives until the commit, under its row lock. */
async function openOrFind(
  tx: WorkspaceTransaction,
  editor: Editor,
  { tenantId, requestId }: { readonly tenantId: number; readonly requestId: string | null },
): Promise<{ readonly row: OpenedSession; readonly opened: boolean }> {
  // One that lived may end between two statements, or while its row was waited for; then there is room for a new one.
  for (let attempt = 1; attempt <= 3; attempt++) {
    const live = await liveSession(tx, editor, tenantId);
    if (live !== null) {
      const row = await openRow(tx, live.id);
      if (isLive(row.session.status)) return { row, opened: false };
      continue;
    }
    const [made] = await tx.query
      .insert(onboardingSessions)
      .values({ workspaceId: tx.workspaceId, tenantId, createdBy: editor.username })
      .onConflictDoNothing({
        target: [onboardingSessions.workspaceId, onboardingSessions.tenantId],
        where: sql`status in ('draft', 'in_progress')`,
      })
      .returning({ id: onboardingSessions.id });
    if (made === undefined) continue;
    await writeAudit(tx, [
      {
        actor: actorOf(editor),
        action: 'onboarding.opened',
        object: { kind: 'onboarding_session', id: String(made.id) },
        details: { tenantId },
        requestId,
      },
    ]);
    return { row: await openRow(tx, made.id), opened: true };
  }
  throw new Error(`The onboarding of tenant ${tenantId} could not be opened.`);
}
