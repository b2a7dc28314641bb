import { operationsOn } from '@signalbox/domain/operation/registry';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';

/** What names of operations come to. */
export type NamedRuns =
  | { readonly kind: 'found'; readonly runIds: readonly number[] }
  /** None of this workspace is called so, or nothing of it was begun. */
  | { readonly kind: 'unknown'; readonly name: string }
  /** Operations of several batches are called so. */
  | { readonly kind: 'ambiguous'; readonly name: string };

const operations = operationsOn('provisioning').filter((name) => name !== 'provisioning_rollback');

/**
 * The runs that names stand for: the uuid of a task, `batch uuid/operation id`, or an operation id alone where one batch
 * only has it.
 */
export async function namedRuns(tx: WorkspaceTransaction, names: readonly string[]): Promise<NamedRuns> {
  const asked = JSON.stringify([...new Set(names)]);
  const rows = await tx.query.execute<{ name: string; runIds: number[] }>(sql`
    select n.name, coalesce((
        select jsonb_agg(distinct found.id) from (
          select r.id from runs r
          where r.workspace_id = ${tx.workspaceId} and r.uid::text = lower(n.name)
            and r.operation = any (array(select jsonb_array_elements_text(${JSON.stringify(operations)}::jsonb)))
          union all
          select i.run_id from plans p join plan_items i on i.workspace_id = p.workspace_id and i.plan_id = p.id
          where p.workspace_id = ${tx.workspaceId} and p.kind = 'batch' and i.run_id is not null
            and (i.key = n.name or p.uid::text || '/' || i.key = n.name)
        ) as found), '[]') as "runIds"
    from jsonb_array_elements_text(${asked}::jsonb) as n (name)`);
  const unknown = rows.find(({ runIds }) => runIds.length === 0);
  if (unknown !== undefined) return { kind: 'unknown', name: unknown.name };
  const ambiguous = rows.find(({ runIds }) => runIds.length > 1);
  if (ambiguous !== undefined) return { kind: 'ambiguous', name: ambiguous.name };
  return { kind: 'found', runIds: [...new Set(rows.flatMap(({ runIds }) => runIds))] };
}
