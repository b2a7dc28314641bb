import { knownTier, type Tier } from '@signalbox/domain/workspace/tiers';
import { eq } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { workspaces } from '../../schema/access.ts';

/** A workspace as every presenter reads it. */
export interface WorkspaceRecord {
  readonly id: string;
  readonly name: string;
  readonly tier: Tier;
  readonly createdAt: Date;
}

/** The workspace of the transaction; null when there is none of that id. */
export async function getWorkspace(tx: WorkspaceTransaction): Promise<WorkspaceRecord | null> {
  const { id, name, tier, createdAt } = workspaces;
  const [row] = await tx.query
    .select({ id, name, tier, createdAt })
    .from(workspaces)
    .where(eq(id, tx.workspaceId));
  return row === undefined ? null : { ...row, tier: knownTier(row.tier) };
}
