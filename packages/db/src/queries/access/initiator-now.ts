import { keyAlone } from '@signalbox/domain/access/api-key';
import type { KeyFacts, Principal } from '@signalbox/domain/access/principal';
import type { ReasonCode } from '@signalbox/domain/gate/reasons';
import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { apiKeys } from '../../schema/access.ts';
import { knownCapabilities } from './live-key.ts';
import { memberNow } from './member-now.ts';

/** Who asked for work that is done later. */
export interface Initiator {
  readonly userId: number | null;
  readonly username: string;
  /** The key they asked with, or that asked for itself. */
  readonly keyId: string | null;
}

/** Whoever asked with the rights they have at this moment, or why they may do nothing any more. */
export type InitiatorNow =
  | { readonly principal: Principal }
  | { readonly refused: Extract<ReasonCode, 'member_removed' | 'key_revoked'> };

/** A key is as it is now, and for a person it still does only what that person may do now. */
export async function initiatorNow(tx: WorkspaceTransaction, initiator: Initiator): Promise<InitiatorNow> {
  const { keyId, userId } = initiator;
  if (keyId === null) {
    const member = await memberNow(tx, initiator);
    return member === null ? { refused: 'member_removed' } : { principal: member };
  }
  const found = await keyNow(tx, keyId);
  if (found === null || (userId !== null && !found.mayActFor)) return { refused: 'key_revoked' };
  const { key } = found;
  if (userId === null) return { principal: keyAlone(tx.workspaceId, key) };
  const member = await memberNow(tx, initiator);
  return member === null ? { refused: 'member_removed' } : { principal: { ...member, key } };
}

async function keyNow(
  tx: WorkspaceTransaction,
  keyId: string,
): Promise<{ readonly key: KeyFacts; readonly mayActFor: boolean } | null> {
  const [row] = await tx.query
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      capabilities: apiKeys.capabilities,
      mayActFor: apiKeys.mayActFor,
    })
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.workspaceId, tx.workspaceId),
        eq(apiKeys.id, keyId),
        isNull(apiKeys.revokedAt),
        or(isNull(apiKeys.expiresAt), sql`${apiKeys.expiresAt} > now()`),
      ),
    );
  if (row === undefined) return null;
  const { id, name, mayActFor } = row;
  return { key: { id, name, capabilities: knownCapabilities(row.capabilities) }, mayActFor };
}
