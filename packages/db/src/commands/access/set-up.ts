import { randomBytes, randomUUID, randomUUIDv7 } from 'node:crypto';
import { foldUsername } from '@signalbox/domain/access/username';
import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { members, workspaces } from '../../schema/access.ts';
import { hashPassword } from '../../secrets/password.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { secretHash, sessionIdle, sessionLife } from './sign-in.ts';

/** The workspace everybody starts in. */
const firstWorkspace = 'ws-default';

/** Who takes the set-up link, and from where. */
export interface FirstOwner {
  readonly secret: string;
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly workspaceName: string;
  readonly userAgent: string | null;
  readonly address: string;
  readonly requestId: string;
}

/**
 * Makes the first person, their workspace and their session, in the transaction that uses up the link. Answers the
 * secret of the session's cookie; null when the link is unknown, too old or used, or there is somebody already.
 */
export async function setUp(db: Database, owner: FirstOwner): Promise<string | null> {
  const hash = await hashPassword(owner.password);
  const username = foldUsername(owner.username);
  const cookie = randomBytes(32).toString('base64url');
  return db.inWorkspace(firstWorkspace, async (tx) => {
    const [link] = await tx.query.execute<{ taken: boolean }>(
      sql`select auth_take_setup(${secretHash(owner.secret)}) as taken`,
    );
    if (link?.taken !== true) return null;
    const [user] = await tx.query.execute<{ id: string | null }>(sql`
      select auth_create_user(${randomUUIDv7()}, ${username}, ${username}, ${owner.email}, ${hash}) as id`);
    if (user?.id == null) throw new Error('The first person is there already.');
    const userId = Number(user.id);
    await tx.query.insert(workspaces).values({ id: firstWorkspace, name: owner.workspaceName });
    await tx.query.insert(members).values({ workspaceId: firstWorkspace, userId, role: 'owner' });
    const deed = { actor: { kind: 'user', name: username }, requestId: owner.requestId } as const;
    await writeAudit(tx, [
      { ...deed, action: 'account.set_up', object: { kind: 'user', id: user.id } },
      { ...deed, action: 'workspace.created', object: { kind: 'workspace', id: firstWorkspace } },
    ]);
    await tx.query.execute(sql`
      select auth_sign_in(${userId}, ${hash}, null, null, null, ${randomUUID()}, ${secretHash(cookie)},
        ${sessionIdle}::interval, ${sessionLife}::interval, ${owner.userAgent}, ${owner.address}, ${owner.requestId})`);
    return cookie;
  });
}
