import type { Role } from '@signalbox/domain/access/capabilities';
import type { Database } from '../../client/database.ts';
import { members, workspaces } from '../../schema/access.ts';
import { writeAudit } from '../observability/write-audit.ts';

/** Makes a workspace with its first members. Answers false when the id is taken. */
export async function createWorkspace(
  db: Database,
  workspace: {
    readonly id: string;
    readonly name: string;
    readonly members: readonly { readonly userId: number; readonly role: Role }[];
    readonly by: string;
  },
): Promise<boolean> {
  return db.inWorkspace(workspace.id, async (tx) => {
    const made = await tx.query
      .insert(workspaces)
      .values({ id: workspace.id, name: workspace.name })
      .onConflictDoNothing()
      .returning({ id: workspaces.id });
    if (made.length === 0) return false;
    await tx.query
      .insert(members)
      .values(workspace.members.map(({ userId, role }) => ({ workspaceId: workspace.id, userId, role })));
    await writeAudit(tx, [
      {
        actor: { kind: 'system', name: workspace.by },
        action: 'workspace.created',
        object: { kind: 'workspace', id: workspace.id },
      },
    ]);
    return true;
  });
}
