import type { Principal } from '@signalbox/domain/access/principal';
import type { QuotaFacts } from '@signalbox/domain/gate/start-facts';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { auditEntries } from '../../schema/observability.ts';
import { countedRuns } from '../../schema/run.ts';
import { refusalsWhere } from '../gate/refusals.ts';
import { quotaNow } from './quota-now.ts';
import { getWorkspace, type WorkspaceRecord } from './workspaces.ts';

/** What a workspace has used in the month of the database's clock. */
export interface UsageReportRecord {
  readonly workspace: WorkspaceRecord;
  readonly quota: QuotaFacts;
  readonly now: Date;
  /** Everything that was counted, by day in UTC, person and operation. */
  readonly counted: readonly CountedRow[];
  /** Days in UTC on which runs were counted, oldest first: `YYYY-MM-DD`. */
  readonly byDay: readonly { readonly day: string; readonly runs: number }[];
  /** Who made them, most first. */
  readonly byMember: readonly { readonly kind: string; readonly name: string; readonly runs: number }[];
  readonly byOperation: readonly { readonly operation: string; readonly runs: number }[];
  /** Starts refused because of the limit, as the list of refusals shows them. */
  readonly refused: number;
}

/** Runs of one day, one person and one operation. */
interface CountedRow extends Record<string, unknown> {
  /** `YYYY-MM-DD`. */
  day: string;
  kind: string;
  name: string;
  operation: string;
  runs: number;
}

/** Usage in detail. Null when the workspace is gone. */
export async function usageReport(
  tx: WorkspaceTransaction,
  principal: Principal,
): Promise<UsageReportRecord | null> {
  const workspace = await getWorkspace(tx);
  if (workspace === null) return null;
  const { now, ...quota } = await quotaNow(tx);
  const { period } = quota;
  const rows = await tx.query.execute<CountedRow>(sql`
    select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD') as day, initiator_kind as kind, initiator_name as name,
      operation, count(*)::int as runs
    from runs where workspace_id = ${tx.workspaceId} and ${countedRuns}
      and created_at >= (${period}::timestamp at time zone 'UTC')
    group by 1, 2, 3, 4 order by 1`);
  const since = new Date(`${period}T00:00:00.000Z`);
  const [refused] = await tx.query
    .select({ count: sql<number>`count(*)::int` })
    .from(auditEntries)
    .where(refusalsWhere(tx, principal, { since, reason: 'quota_exceeded' }));
  return {
    workspace,
    quota,
    now,
    counted: rows,
    byDay: summed(rows, ({ day }) => day).map(([{ day }, runs]) => ({ day, runs })),
    byMember: mostFirst(summed(rows, ({ kind, name }) => JSON.stringify([kind, name]))).map(
      ([{ kind, name }, runs]) => ({ kind, name, runs }),
    ),
    byOperation: mostFirst(summed(rows, ({ operation }) => operation)).map(([{ operation }, runs]) => ({
      operation,
      runs,
    })),
    refused: refused?.count ?? 0,
  };
}

/** Rows that are the same by `key`, added up, in the order of their first. */
function summed(rows: readonly CountedRow[], key: (row: CountedRow) => string): [CountedRow, number][] {
  const sums = new Map<string, [CountedRow, number]>();
  for (const row of rows) {
    const sum = sums.get(key(row));
    if (sum === undefined) sums.set(key(row), [row, row.runs]);
    else sum[1] += row.runs;
  }
  return [...sums.values()];
}

function mostFirst(sums: readonly [CountedRow, number][]): [CountedRow, number][] {
  return [...sums].sort(([, left], [, right]) => right - left);
}
