import type { Database } from '@signalbox/db/client/database';
import { type LiveKey, liveKey } from '@signalbox/db/queries/access/live-key';
import type { SessionAccess } from '@signalbox/db/queries/access/live-session';
import { memberNamed } from '@signalbox/db/queries/access/member-named';
import { keyPrefix, readApiKey } from '@signalbox/db/secrets/api-key';
import { keyAlone } from '@signalbox/domain/access/api-key';
import type { Principal } from '@signalbox/domain/access/principal';
import type { AppServices, Caller, RequestFacts } from '../context.ts';
import { actingFor } from './acting-for.ts';
import { found } from './capability.ts';
import { selectWorkspace } from './select-workspace.ts';

/** Whether a bearer credential is meant as an API key. */
export function isApiKey(token: string): boolean {
  return token.startsWith(keyPrefix);
}

/**
 * The program that calls with an API key; null for a key that is unknown, wrong, revoked or expired, never said which.
 * Its workspace is its own.
 * @throws AppError 404 when a header names another workspace, or somebody who is no member of it
 */
export async function authenticateKey(
  services: Pick<AppServices, 'db'>,
  facts: Pick<RequestFacts, 'headers' | 'remoteAddress'>,
  { token, access }: { readonly token: string; readonly access: SessionAccess },
): Promise<Caller | null> {
  const given = readApiKey(token);
  if (given === null) return null;
  const live = await liveKey(services.db, given, { access, address: facts.remoteAddress });
  if (live === null) return null;
  selectWorkspace(facts.headers, [live]);
  const named = live.mayActFor ? actingFor(facts.headers) : null;
  return { principal: await principalOf(services.db, live, named), session: null };
}

/** The key, or the person it acts for, who may do no more than the key and no more than they may themselves. */
async function principalOf(
  db: Database,
  { key, workspaceId }: LiveKey,
  named: string | null,
): Promise<Principal> {
  if (named === null) return keyAlone(workspaceId, key);
  const member = found(await db.inWorkspace(workspaceId, (tx) => memberNamed(tx, named)));
  return { ...member, key };
}
