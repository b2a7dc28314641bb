import type { ScopeHolder } from '@signalbox/domain/gate/start-facts';
import { type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';

/** Who holds a scope at this moment: a run, or a batch for its own. */
export type Holder = Omit<ScopeHolder, 'expectedEnd'>;

/** A holder as a query answers it, in JSON. */
export interface HolderRow {
  readonly scopeKey: string;
  readonly runId: number | null;
  readonly batchUid: string | null;
  readonly operation: string;
  readonly since: string;
}

/** As a column: who has held one of these scopes longest; null when all are free. `keys` is an array of text. */
export function holderOf(tx: WorkspaceTransaction, keys: SQL): SQL<HolderRow | null> {
  return sql<HolderRow | null>`(
    select jsonb_build_object('scopeKey', h.scope_key, 'runId', h.run_id, 'batchUid', b.uid,
      'operation', coalesce(o.operation, b.kind), 'since', h.since)
    from scope_claims h
    left join runs o on o.workspace_id = h.workspace_id and o.id = h.run_id
    left join plans b on b.workspace_id = h.workspace_id and b.id = h.plan_id
    where h.workspace_id = ${tx.workspaceId} and h.scope_key = any (${keys})
    order by h.since, h.scope_key limit 1)`;
}

/** The holder behind such a column. */
export function toHolder(row: HolderRow): Holder {
  const { batchUid, since, ...rest } = row;
  return { ...rest, ...(batchUid !== null && { batchUid }), since: new Date(since) };
}
