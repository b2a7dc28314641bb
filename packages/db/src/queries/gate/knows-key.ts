import { callerName, type Principal } from '@signalbox/domain/access/principal';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';

/** Whether an answer is kept under this Idempotency-Key: then that one counts, whatever has changed since. */
export async function knowsKey(
  tx: WorkspaceTransaction,
  principal: Principal,
  idempotency: StartRequest['idempotency'],
): Promise<boolean> {
  if (idempotency === null) return false;
  const { route, key } = idempotency;
  const rows = await tx.query.execute(sql`
    select from idempotency_keys where workspace_id = ${tx.workspaceId} and principal = ${callerName(principal)}
      and route = ${route} and key = ${key} and expires_at > now()`);
  return rows.length > 0;
}
