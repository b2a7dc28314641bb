import type { Principal } from '@signalbox/domain/access/principal';
import type { StartVerdict } from '@signalbox/domain/gate/describe-start';
import { and, desc, eq, gte, inArray, type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { tenants } from '../../schema/inventory.ts';
import { auditEntries } from '../../schema/observability.ts';

/** What the gate answers to a start that it refuses. */
type RefusalOutcome = Extract<StartVerdict, { kind: 'scope_busy' | 'blocked' }>['kind'];

/** Which refused starts. Every field narrows; an absent one does not. */
export interface RefusalFilter {
  readonly since?: Date | undefined;
  readonly operations?: readonly string[] | undefined;
  readonly tenantId?: number | undefined;
  readonly outcome?: RefusalOutcome | undefined;
  readonly reason?: string | undefined;
}

/** A start that was refused; it left no run behind, only this. */
export interface RefusalRecord {
  readonly id: number;
  readonly at: Date;
  readonly actor: string;
  readonly operation: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly tenant: { readonly id: number; readonly externalId: string; readonly name: string } | null;
  /** The provider connection the gate had chosen. */
  readonly connectionId: number | null;
  /** The run that held the scope. */
  readonly holderRunId: number | null;
}

/** A place in the list: the last row of the page before. */
export interface RefusalCursor {
  /** ISO 8601 with the database's full precision. */
  readonly at: string;
  readonly id: number;
}

const detail = (name: string): SQL<string | null> => sql`${auditEntries.details} ->> ${sql.raw(`'${name}'`)}`;

/** The tenant a start was about; null for one about the workspace as a whole. */
const tenantId = sql<
  number | null
>`case when ${auditEntries.objectId} ~ '^[0-9]{1,18}$' then ${auditEntries.objectId}::bigint end`;

/**
 * Refused starts that this member may know of, narrowed by a filter. The list and every number that stands for it are
 * asked by this one condition.
 */
export function refusalsWhere(
  tx: WorkspaceTransaction,
  principal: Principal,
  filter: RefusalFilter,
): SQL | undefined {
  const { since, operations, outcome, reason } = filter;
  // Wrapped, so that the planner does not take it for rare: it would read and sort them all for one page.
  const mine =
    principal.tenants === 'all'
      ? undefined
      : sql`coalesce(${inArray(auditEntries.objectId, ['workspace', ...principal.tenants.map(String)])}, false)`;
  return and(
    eq(auditEntries.workspaceId, tx.workspaceId),
    // In the words of the index.
    sql`${auditEntries.action} = 'run.start_refused'`,
    mine,
    since && gte(auditEntries.createdAt, since),
    operations && inArray(detail('operation'), [...operations]),
    filter.tenantId === undefined ? undefined : eq(auditEntries.objectId, String(filter.tenantId)),
    outcome && eq(detail('outcome'), outcome),
    reason === undefined ? undefined : eq(detail('reason'), reason),
  );
}

/** A page of refused starts, newest first, by keyset over (time, id). */
export async function listRefusals(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: { readonly filter: RefusalFilter; readonly cursor: RefusalCursor | null; readonly limit: number },
): Promise<(RefusalRecord & { readonly exactAt: string })[]> {
  const { cursor } = ask;
  // The page is found first; only its rows look for their tenants.
  const found = tx.query
    .select({
      id: auditEntries.id,
      at: auditEntries.createdAt,
      exactAt: sql<string>`to_char(${auditEntries.createdAt} at time zone 'UTC',
        'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('exact_at'),
      actor: auditEntries.actorName,
      operation: detail('operation').as('operation'),
      outcome: detail('outcome').as('outcome'),
      reason: detail('reason').as('reason'),
      connectionId: detail('connectionId').as('connection_id'),
      holderRunId: detail('holderRunId').as('holder_run_id'),
      tenantId: tenantId.as('tenant_id'),
    })
    .from(auditEntries)
    .where(
      and(
        refusalsWhere(tx, principal, ask.filter),
        cursor === null
          ? undefined
          : sql`(${auditEntries.createdAt}, ${auditEntries.id}) < (${cursor.at}::timestamptz, ${cursor.id}::bigint)`,
      ),
    )
    .orderBy(desc(auditEntries.createdAt), desc(auditEntries.id))
    .limit(ask.limit)
    .as('found');
  const rows = await tx.query
    .select({
      id: found.id,
      at: found.at,
      exactAt: found.exactAt,
      actor: found.actor,
      operation: found.operation,
      outcome: found.outcome,
      reason: found.reason,
      connectionId: found.connectionId,
      holderRunId: found.holderRunId,
      tenant: { id: tenants.id, externalId: tenants.externalId, name: tenants.name },
    })
    .from(found)
    .leftJoin(tenants, and(eq(tenants.workspaceId, tx.workspaceId), eq(tenants.id, found.tenantId)))
    .orderBy(desc(found.at), desc(found.id));
  return rows.map(({ connectionId, holderRunId, operation, outcome, ...row }) => ({
    ...row,
    operation: operation ?? '',
    outcome: outcome ?? 'blocked',
    connectionId: connectionId === null ? null : Number(connectionId),
    holderRunId: holderRunId === null ? null : Number(holderRunId),
  }));
}
