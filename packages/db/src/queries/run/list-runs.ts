import type { Principal } from '@signalbox/domain/access/principal';
import type { RunStatus } from '@signalbox/domain/run/lifecycle';
import { and, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { runs } from '../../schema/run.ts';
import { visibleTo } from './get-run.ts';
import { type RunRecord, selectRuns } from './run-record.ts';

/** Which runs of a workspace to list. Every field narrows; an absent one does not. */
export interface RunFilter {
  readonly statuses?: readonly RunStatus[] | undefined;
  readonly operations?: readonly string[] | undefined;
  readonly tenantId?: number | undefined;
  readonly connectionId?: number | undefined;
  readonly initiator?: { readonly userId: number } | { readonly username: string } | undefined;
  readonly tag?: string | undefined;
  readonly createdAfter?: Date | undefined;
  readonly createdBefore?: Date | undefined;
  readonly parentRunId?: number | undefined;
}

/** A place in the list: the last row of the page before. */
export interface RunCursor {
  /** ISO 8601 with the database's full precision, so that no row is skipped or repeated. */
  readonly createdAt: string;
  readonly id: number;
}

export interface RunPage {
  readonly items: RunRecord[];
  readonly next: RunCursor | null;
}

/** A page of runs, newest first, by keyset over (created, id): a deep page costs what the first one does. */
export async function listRuns(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: { readonly filter: RunFilter; readonly cursor: RunCursor | null; readonly limit: number },
): Promise<RunPage> {
  const rows = await selectRuns(tx)
    .where(
      and(
        eq(runs.workspaceId, tx.workspaceId),
        visibleTo(principal),
        ...conditions(ask.filter),
        after(ask.cursor),
      ),
    )
    .orderBy(desc(runs.createdAt), desc(runs.id))
    .limit(ask.limit + 1);
  const items = rows.slice(0, ask.limit);
  const last = items.at(-1);
  if (rows.length <= ask.limit || last === undefined) return { items, next: null };
  const [exact] = await tx.query
    .select({
      createdAt: sql<string>`to_char(${runs.createdAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    })
    .from(runs)
    .where(eq(runs.id, last.id));
  return { items, next: { createdAt: exact?.createdAt ?? last.createdAt.toISOString(), id: last.id } };
}

function after(cursor: RunCursor | null): SQL | undefined {
  if (cursor === null) return undefined;
  return sql`(${runs.createdAt}, ${runs.id}) < (${cursor.createdAt}::timestamptz, ${cursor.id}::bigint)`;
}

function conditions(filter: RunFilter): (SQL | undefined)[] {
  const { initiator } = filter;
  return [
    filter.statuses && inArray(runs.status, [...filter.statuses]),
    filter.operations && inArray(runs.operation, [...filter.operations]),
    filter.tenantId === undefined ? undefined : eq(runs.tenantId, filter.tenantId),
    filter.connectionId === undefined ? undefined : eq(runs.connectionId, filter.connectionId),
    initiator &&
      ('userId' in initiator
        ? eq(runs.initiatorUserId, initiator.userId)
        : eq(runs.initiatorName, initiator.username)),
    filter.tag === undefined ? undefined : sql`${runs.tags} <> '{}' and ${runs.tags} @> array[${filter.tag}]`,
    filter.createdAfter && gte(runs.createdAt, filter.createdAfter),
    filter.createdBefore && lt(runs.createdAt, filter.createdBefore),
    filter.parentRunId === undefined ? undefined : eq(runs.parentRunId, filter.parentRunId),
  ];
}
