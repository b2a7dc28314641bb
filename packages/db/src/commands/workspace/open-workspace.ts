import { randomBytes } from 'node:crypto';
import type { Person } from '@signalbox/domain/access/principal';
import { mostOwnedWorkspaces } from '@signalbox/domain/workspace/owned-workspaces';
import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { getWorkspace, type WorkspaceRecord } from '../../queries/workspace/workspaces.ts';
import { members, workspaces } from '../../schema/access.ts';
import { writeAudit } from '../observability/write-audit.ts';

/** What a person asks for. */
export interface NewWorkspace {
  readonly name: string;
  readonly requestId: string | null;
}

/**
 * Makes a workspace for a person, who is its owner. One person's requests are taken one after the other, so that a
 * crowd of them does not pass the limit either.
 */
export async function openWorkspace(
  db: Database,
  { userId, username }: Pick<Person, 'userId' | 'username'>,
  { name, requestId }: NewWorkspace,
): Promise<WorkspaceRecord | 'too_many'> {
  const id = `ws-${randomBytes(8).toString('hex')}`;
  return db.inWorkspace(id, async (tx) => {
    const [owned] = await tx.query.execute<{ count: number }>(
      sql`select auth_owned_workspaces(${userId}) as count`,
    );
    if ((owned?.count ?? 0) >= mostOwnedWorkspaces) return 'too_many';
    await tx.query.insert(workspaces).values({ id, name });
    await tx.query.insert(members).values({ workspaceId: id, userId, role: 'owner' });
    await writeAudit(tx, [
      {
        actor: { kind: 'user', name: username },
        action: 'workspace.created',
        object: { kind: 'workspace', id },
        details: { name },
        requestId,
      },
    ]);
    const made = await getWorkspace(tx);
    if (made === null) throw new Error('A workspace was made and is not there.');
    return made;
  });
}
