import { isWsTicket, takeWsTicket } from '@signalbox/db/commands/access/ws-ticket';
import { type Listener, listenerNow } from '@signalbox/db/queries/access/listener-now';
import type { Principal } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import { decodeJwt } from 'jose';
import { requireCapability } from '../access/capability.ts';
import { selectWorkspace } from '../access/select-workspace.ts';
import type { AppContext, RequestFacts } from '../context.ts';

/** Who may listen, and for how long. */
export interface AdmittedListener {
  readonly listener: Listener;
  readonly principal: Principal;
  /** When the token expires; null where the session or the key alone decides. */
  readonly until: Date | null;
}

/** What an upgrade came with. */
export interface UpgradeProof {
  readonly facts: RequestFacts;
  /** The `token` of the query; undefined where none was sent, null where it cannot be one. */
  readonly token: string | null | undefined;
  /** Whether the request says that a page of ours sent it. */
  readonly ownOrigin: boolean;
}

/**
 * Whoever opens an event socket: by a ticket, which is used up, by an access token, or by the console's cookie when a
 * page of ours sent it.
 * @throws AppError 401, 404 for a workspace that is not theirs, 403
 */
export async function admitListener(
  createContext: (facts: RequestFacts) => Promise<AppContext>,
  { facts, token, ownOrigin }: UpgradeProof,
): Promise<AdmittedListener> {
  const { authorization: _, ...headers } = facts.headers;
  const shown = typeof token === 'string' && /^[A-Za-z0-9_.-]{1,8192}$/.test(token) ? token : null;
  if (shown !== null && isWsTicket(shown)) return byTicket(await createContext(facts), shown);
  if (token !== undefined && !isAccessToken(shown)) throw new AppError({ code: 'unauthenticated' });
  const bearer = token === undefined ? {} : { authorization: `Bearer ${shown}` };
  const ctx = await createContext({ ...facts, headers: { ...headers, ...bearer } });
  const byCookie = token === undefined && ctx.cookies.read(headers) !== null;
  if (byCookie && !ownOrigin) throw new AppError({ code: 'origin_refused' });
  // A stream comes back by itself, also to a tab that nobody looks at, so opening one is no sign of life.
  const caller = await ctx.authenticateAgain();
  if (caller === null || caller.session === null) throw new AppError({ code: 'unauthenticated' });
  const { principal } = caller.session;
  requireCapability(principal, 'run.read');
  const { workspaceId, userId, username } = principal;
  const expiry = shown === null ? undefined : decodeJwt(shown).exp;
  return {
    listener: { workspaceId, sessionId: caller.session.id, keyId: null, userId, username },
    principal,
    until: expiry === undefined ? null : new Date(expiry * 1_000),
  };
}

/** An API key has no business in an address, so it is no token here: it makes itself a ticket. */
function isAccessToken(token: string | null): boolean {
  return token !== null && token.split('.').length === 3;
}

async function byTicket(ctx: AppContext, ticket: string): Promise<AdmittedListener> {
  const listener = await takeWsTicket(ctx.db, ticket);
  if (listener === null) throw new AppError({ code: 'unauthenticated' });
  selectWorkspace(ctx.headers, [listener]);
  const principal = await ctx.db.inWorkspace(listener.workspaceId, (tx) => listenerNow(tx, listener));
  if (principal === null) throw new AppError({ code: 'unauthenticated' });
  requireCapability(principal, 'run.read');
  return { listener, principal, until: null };
}
