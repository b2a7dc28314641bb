import type { Actor } from '@signalbox/domain/access/principal';
import type { Tier } from '@signalbox/domain/workspace/tiers';
import { eq, sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { getWorkspace, type WorkspaceRecord } from '../../queries/workspace/workspaces.ts';
import { workspaces } from '../../schema/access.ts';
import { writeAudit } from '../observability/write-audit.ts';

/** Who changes which workspace. */
export interface WorkspaceChange {
  readonly workspaceId: string;
  readonly actor: Actor;
  readonly requestId: string | null;
}

/**
 * Moves a workspace to a tier; its limit holds from the next admission on. The tier it is on already changes nothing
 * and leaves no entry. Null when there is no such workspace.
 */
export async function changeTier(
  db: Database,
  tier: Tier,
  change: WorkspaceChange,
): Promise<WorkspaceRecord | null> {
  return db.inWorkspace(change.workspaceId, async (tx) => {
    const before = await locked(tx);
    if (before === null || before.tier === tier) return before;
    await tx.query.update(workspaces).set({ tier }).where(eq(workspaces.id, tx.workspaceId));
    await audit(tx, change, { action: 'workspace.tier_changed', details: { from: before.tier, to: tier } });
    return { ...before, tier };
  });
}

/** Gives a workspace another name; the one it has changes nothing. Null when there is no such workspace. */
export async function renameWorkspace(
  db: Database,
  name: string,
  change: WorkspaceChange,
): Promise<WorkspaceRecord | null> {
  return db.inWorkspace(change.workspaceId, async (tx) => {
    const before = await locked(tx);
    if (before === null || before.name === name) return before;
    await tx.query.update(workspaces).set({ name }).where(eq(workspaces.id, tx.workspaceId));
    await audit(tx, change, { action: 'workspace.renamed', details: { from: before.name, to: name } });
    return { ...before, name };
  });
}

/** The workspace, held so that two changes are told one after the other. */
async function locked(tx: WorkspaceTransaction): Promise<WorkspaceRecord | null> {
  await tx.query.execute(sql`select from workspaces where id = ${tx.workspaceId} for no key update`);
  return getWorkspace(tx);
}

async function audit(
  tx: WorkspaceTransaction,
  { actor, requestId, workspaceId }: WorkspaceChange,
  what: { readonly action: string; readonly details: Record<string, string> },
): Promise<void> {
  await writeAudit(tx, [{ actor, ...what, object: { kind: 'workspace', id: workspaceId }, requestId }]);
}
