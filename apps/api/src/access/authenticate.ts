import { type LiveSession, liveSession } from '@signalbox/db/queries/access/live-session';
import { memberships, principalOf } from '@signalbox/db/queries/access/memberships';
import type { Principal } from '@signalbox/domain/access/principal';
import type { AppServices, RequestFacts, Session } from '../context.ts';
import { selectWorkspace } from './select-workspace.ts';

/**
 * Who is calling: by bearer token when an Authorization header was sent, else by the console's cookie. Null for
 * nobody, whatever the cause.
 * @throws AppError when the selected workspace is not the caller's
 */
export async function authenticate(services: AppServices, facts: RequestFacts): Promise<Session | null> {
  const user = await userOf(services, facts);
  return user === null ? null : authenticateUser(services, facts, user);
}

/** The caller once it is known who they are: memberships, and what they may see in the selected workspace. */
export async function authenticateUser(
  services: Pick<AppServices, 'db'>,
  facts: Pick<RequestFacts, 'headers'>,
  user: LiveSession,
): Promise<Session> {
  const mine = await memberships(services.db, user.userId);
  const membership = selectWorkspace(facts.headers, mine);
  const principal =
    membership === null ? nowhere(user) : await principalOf(services.db, identity(user), membership);
  return { id: user.sessionId, user, memberships: mine, principal };
}

async function userOf(services: AppServices, { headers }: RequestFacts): Promise<LiveSession | null> {
  if (headers.authorization !== undefined) {
    const [, token] = /^Bearer ([A-Za-z0-9_.-]{1,8192})$/i.exec(headers.authorization) ?? [];
    const claims = token === undefined ? null : await services.tokens.verify(token);
    const user = claims === null ? null : await liveSession(services.db, { jti: claims.jti });
    return user?.uid === claims?.sub ? user : null;
  }
  const secret = services.cookies.read(headers);
  return secret === null ? null : liveSession(services.db, { secret });
}

function identity(user: LiveSession): Pick<Principal, 'userId' | 'username'> {
  return { userId: user.userId, username: user.username };
}

/** Somebody without a workspace sees nothing: no row belongs to the empty workspace. */
function nowhere(user: LiveSession): Principal {
  return { ...identity(user), workspaceId: '', role: 'viewer', tenants: [] };
}
