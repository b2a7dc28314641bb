import type { Database } from '../../client/database.ts';
import { done, type Edited, type Editor, openRow } from './editor.ts';
import { holdSession } from './hold-session.ts';

/** Takes the lock of a session, renews one's own, or takes over that of somebody else. */
export async function takeLock(
  db: Database,
  editor: Editor,
  ask: {
    readonly sessionId: number;
    readonly takeover: boolean;
    readonly reason: string | null;
    readonly requestId: string | null;
  },
): Promise<Edited> {
  return db.inWorkspace(editor.workspaceId, async (tx) => {
    const opened = await openRow(tx, ask.sessionId);
    const refusal = await holdSession(tx, editor, { opened, hold: { ...ask, version: null } });
    return refusal ?? done(tx, ask.sessionId);
  });
}
