import { activeStatuses } from '@signalbox/domain/run/lifecycle';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { runs } from '../../schema/run.ts';
import { connectionHolder } from './connection-holder.ts';
import type { ConnectionUse } from './connections.ts';

/** Who works through one connection now. */
export async function connectionUse(
  tx: WorkspaceTransaction,
  connection: { readonly id: number; readonly tenant: { readonly id: number } | null },
): Promise<ConnectionUse> {
  const [active] = await tx.query
    .select({ number: sql<number>`count(*)::int` })
    .from(runs)
    .where(
      and(
        eq(runs.workspaceId, tx.workspaceId),
        inArray(runs.status, [...activeStatuses]),
        eq(runs.connectionId, connection.id),
      ),
    );
  const parts = { tenant: connection.tenant?.id ?? null, connection: connection.id };
  return { activeRuns: active?.number ?? 0, holder: await connectionHolder(tx, parts) };
}
