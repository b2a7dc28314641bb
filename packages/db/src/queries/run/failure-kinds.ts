import type { SafeError } from '@signalbox/domain/run/safe-error';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';

/** Failed items that failed alike. */
export interface FailureKind {
  readonly code: SafeError['code'];
  /** In the words of the first of them. */
  readonly message: string;
  readonly count: number;
  /** The first of them, by name. */
  readonly example: string;
}

/** Failed items looked at, and kinds answered, at most. */
const mostItems = 1_000;
const mostKinds = 3;

/** Why items of a run failed, most frequent first. Only the first thousand failed items are looked at. */
export async function failureKindsOf(tx: WorkspaceTransaction, runId: number): Promise<FailureKind[]> {
  const rows = await tx.query.execute<Record<string, unknown> & FailureKind>(sql`
    select error->>'code' as code, (array_agg(error->>'message' order by position))[1] as message,
      count(*)::int as count, (array_agg(label order by position))[1] as example
    from (
      select position, label, error from run_items
      where workspace_id = ${tx.workspaceId} and run_id = ${runId} and outcome = 'failed' and error is not null
      order by position limit ${mostItems}) as failed
    group by 1 order by 3 desc, 1 limit ${mostKinds}`);
  return rows.map(({ code, message, count, example }) => ({ code, message, count, example }));
}
