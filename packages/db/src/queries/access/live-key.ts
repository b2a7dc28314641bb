import { type Capability, capabilities } from '@signalbox/domain/access/capabilities';
import type { KeyFacts } from '@signalbox/domain/access/principal';
import { sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import { type GivenKey, isSecretOf } from '../../secrets/api-key.ts';
import type { SessionAccess } from './live-session.ts';

/** A key that is neither revoked nor expired, with the one workspace it belongs to. */
export interface LiveKey {
  readonly key: KeyFacts;
  readonly workspaceId: string;
  readonly mayActFor: boolean;
}

interface Row extends Record<string, unknown> {
  id: string;
  workspace_id: string;
  name: string;
  secret_hash: Uint8Array;
  previous_hash: Uint8Array | null;
  capabilities: string[];
  may_act_for: boolean;
  live: boolean;
  last_used_at: string | null;
}

/** The use of a key is noted at most this often, so that reading does not mean writing. */
const touchEveryMs = 60_000;

/**
 * The key somebody sent, or null, whatever the cause: an unknown id costs the same statement and the same comparisons
 * as a wrong secret.
 */
export async function liveKey(
  db: Database,
  given: GivenKey,
  use: { readonly access: SessionAccess; readonly address: string },
): Promise<LiveKey | null> {
  return db.asSystem(async (tx) => {
    const [row] = await tx.query.execute<Row>(sql`select * from auth_api_key(${given.id})`);
    const genuine = isSecretOf(given.secret, {
      current: row?.secret_hash ?? null,
      previous: row?.previous_hash ?? null,
    });
    if (row === undefined || !genuine || !row.live) return null;
    if (use.access === 'use' && isDue(row.last_used_at)) {
      await tx.query.execute(sql`select auth_touch_api_key(${row.id}, ${use.address})`);
    }
    return {
      key: { id: row.id, name: row.name, capabilities: knownCapabilities(row.capabilities) },
      workspaceId: row.workspace_id,
      mayActFor: row.may_act_for,
    };
  });
}

/** What a key was given that this version still knows. */
export function knownCapabilities(given: readonly string[]): Capability[] {
  return capabilities.filter((capability) => given.includes(capability));
}

function isDue(lastUsed: string | null): boolean {
  return lastUsed === null || Date.now() - new Date(lastUsed).getTime() >= touchEveryMs;
}
