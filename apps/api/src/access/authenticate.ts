import {
  type LiveCaller,
  type LiveSession,
  liveCaller,
  type SessionAccess,
  type SessionProof,
} from '@signalbox/db/queries/access/live-session';
import { principalOf } from '@signalbox/db/queries/access/memberships';
import type { Person } from '@signalbox/domain/access/principal';
import type { AppServices, Caller, RequestFacts, Session } from '../context.ts';
import { authenticateKey, isApiKey } from './authenticate-key.ts';
import { selectWorkspace } from './select-workspace.ts';

/**
 * Who is calling: by API key or bearer token when an Authorization header was sent, else by the console's cookie. Null
 * for nobody, whatever the cause. `access` says whether the call keeps the session alive.
 * @throws AppError when the selected workspace is not the caller's
 */
export async function authenticate(
  services: AppServices,
  facts: RequestFacts,
  access: SessionAccess,
): Promise<Caller | null> {
  const token = bearerOf(facts);
  if (token !== undefined && isApiKey(token)) return authenticateKey(services, facts, { token, access });
  const proof = await proofOf(services, facts);
  const caller = proof === null ? null : await liveCaller(services.db, proof, access);
  if (caller === null || (proof?.uid !== undefined && caller.user.uid !== proof.uid)) return null;
  const session = await sessionOf(services, facts, caller);
  return { principal: session.principal, session };
}

/** The caller once it is known who they are: what they may see in the selected workspace. */
export async function sessionOf(
  services: Pick<AppServices, 'db'>,
  facts: Pick<RequestFacts, 'headers'>,
  { user, memberships }: LiveCaller,
): Promise<Session> {
  const membership = selectWorkspace(facts.headers, memberships);
  const principal =
    membership === null ? nowhere(user) : await principalOf(services.db, identity(user), membership);
  return { id: user.sessionId, user, memberships, principal };
}

/** What the call proves itself with; a token also names the user it was made for. */
async function proofOf(
  services: AppServices,
  facts: RequestFacts,
): Promise<(SessionProof & { readonly uid?: string }) | null> {
  const { headers } = facts;
  if (headers.authorization === undefined) {
    const secret = services.cookies.read(headers);
    return secret === null ? null : { secret };
  }
  const token = bearerOf(facts);
  const claims = token === undefined ? null : await services.tokens.verify(token);
  return claims === null ? null : { jti: claims.jti, uid: claims.sub };
}

/** The credential of an Authorization header, if it has the shape of one. */
function bearerOf({ headers }: RequestFacts): string | undefined {
  return /^Bearer ([A-Za-z0-9_.-]{1,8192})$/i.exec(headers.authorization ?? '')?.[1];
}

function identity(user: LiveSession): Pick<Person, 'userId' | 'username'> {
  return { userId: user.userId, username: user.username };
}

/** Somebody without a workspace sees nothing: no row belongs to the empty workspace. */
function nowhere(user: LiveSession): Person {
  return { ...identity(user), workspaceId: '', role: 'viewer', tenants: [] };
}
