import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { activeThrough } from './active-through.ts';
import { connectionHolder } from './connection-holder.ts';
import type { ConnectionUse } from './connections.ts';

/** Who works through one connection now. */
export async function connectionUse(
  tx: WorkspaceTransaction,
  connection: { readonly id: number; readonly tenant: { readonly id: number } | null },
): Promise<ConnectionUse> {
  const [active] = await tx.query.execute<{ number: number }>(sql`
    select count(*)::int as number from runs r
    where r.workspace_id = ${tx.workspaceId} and r.connection_id = ${connection.id}::bigint and ${activeThrough}`);
  const parts = { tenant: connection.tenant?.id ?? null, connection: connection.id };
  return { activeRuns: active?.number ?? 0, holder: await connectionHolder(tx, parts) };
}
