import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';

/** Frees every scope that these runs hold, in the transaction that ends them. Answers the keys by run. */
export async function releaseScopes(
  tx: WorkspaceTransaction,
  runIds: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const rows = await tx.query.execute<{ runId: string; key: string }>(sql`
    delete from scope_claims where workspace_id = ${tx.workspaceId} and run_id = any (${bigints(runIds)})
    returning run_id as "runId", scope_key as key`);
  const freed = new Map<number, string[]>();
  for (const { runId, key } of rows) {
    const keys = freed.get(Number(runId)) ?? [];
    keys.push(key);
    freed.set(Number(runId), keys);
  }
  return freed;
}
