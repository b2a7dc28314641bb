import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { lockMs } from '@signalbox/domain/onboarding/lock';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints, interval, recordset } from '../../client/rows.ts';

type SessionStart = Pick<StartRequest, 'sessionId' | 'principal'>;

/** Takes the row locks of the sessions that starts come from, so that nobody takes one over before they commit. */
export async function lockSessions(tx: WorkspaceTransaction, starts: readonly SessionStart[]): Promise<void> {
  const ids = idsOf(starts);
  if (ids.length === 0) return;
  await tx.query.execute(sql`
    select from onboarding_sessions where workspace_id = ${tx.workspaceId} and id = any (${bigints(ids)})
    order by id for no key update`);
}

/** Whoever starts something from a session that they edit is at work, and keeps the lock. */
export async function renewLocks(tx: WorkspaceTransaction, starts: readonly SessionStart[]): Promise<void> {
  const rows = starts.flatMap(({ sessionId, principal: { userId } }) =>
    sessionId === undefined || userId === null ? [] : [{ id: sessionId, by: userId }],
  );
  if (rows.length === 0) return;
  await tx.query.execute(sql`
    update onboarding_sessions s set locked_until = clock_timestamp() + ${interval(lockMs)}, updated_at = clock_timestamp()
    from ${recordset(rows, 'w (id bigint, by bigint)')}
    where s.workspace_id = ${tx.workspaceId} and s.id = w.id and s.locked_by_user_id = w.by
      and s.locked_until > clock_timestamp()`);
}

function idsOf(starts: readonly SessionStart[]): number[] {
  return [...new Set(starts.flatMap(({ sessionId }) => sessionId ?? []))].sort((a, b) => a - b);
}
