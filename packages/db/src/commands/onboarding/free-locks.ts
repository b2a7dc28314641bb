import { type Role, roleHolds } from '@signalbox/domain/access/capabilities';
import type { Entitlement } from '@signalbox/domain/access/member-change';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';

/**
 * Ends the locks of a member on onboardings that they may no longer edit, so that nobody waits for somebody who cannot
 * come back. What they had typed stays in the draft.
 * @param may what they may do from now on; null for a member who is removed
 */
export async function freeLocks(
  tx: WorkspaceTransaction,
  userId: number,
  may: { readonly role: Role; readonly tenants: Entitlement } | null,
): Promise<void> {
  const edits = may !== null && roleHolds(may.role, 'onboarding.edit');
  if (edits && may.tenants === 'all') return;
  const kept = edits && may.tenants !== 'all' ? may.tenants : [];
  await tx.query.execute(sql`
    update onboarding_sessions
    set locked_by_user_id = null, locked_by_name = null, locked_until = null, lock_version = lock_version + 1
    where workspace_id = ${tx.workspaceId} and locked_by_user_id = ${userId}
      and tenant_id <> all (${bigints(kept)})`);
}
