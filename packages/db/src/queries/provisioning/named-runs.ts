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

const operations = JSON.stringify(
  operationsOn('provisioning').filter((name) => name !== 'provisioning_rollback'),
);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The runs that names stand for: the uuid of a task, `batch uuid/operation id`, or an operation id alone where one batch
 * only has it. Each way of naming is looked up in its own index; a key may look like a uuid, so it is asked in both.
 */
export async function namedRuns(tx: WorkspaceTransaction, names: readonly string[]): Promise<NamedRuns> {
  const asked = [...new Set(names)];
  const rows = await tx.query.execute<{ name: string; runId: string }>(sql`
    with named as (
      select * from jsonb_to_recordset(${JSON.stringify(asked.map(partsOf))}::jsonb)
        as n (name text, uid uuid, batch uuid, key text)
    )
    select distinct name, "runId" from (
      select n.name, r.id as "runId" from named n join runs r on r.uid = n.uid
      where r.workspace_id = ${tx.workspaceId}
        and r.operation = any (array(select jsonb_array_elements_text(${operations}::jsonb)))
      union all
      select n.name, i.run_id from named n
      join plans p on p.uid = n.batch and p.workspace_id = ${tx.workspaceId} and p.kind = 'batch'
      join plan_items i on i.workspace_id = p.workspace_id and i.plan_id = p.id and i.key = n.key
      where i.run_id is not null
      union all
      select n.name, i.run_id from named n
      cross join lateral (
        -- Two of them say as much as all of them.
        select i.run_id from plan_items i
        join plans p on p.workspace_id = i.workspace_id and p.id = i.plan_id and p.kind = 'batch'
        where i.workspace_id = ${tx.workspaceId} and i.key = n.name and i.run_id is not null
        limit 2) as i
    ) as found`);
  const found = Map.groupBy(rows, ({ name }) => name);
  const unknown = asked.find((name) => !found.has(name));
  if (unknown !== undefined) return { kind: 'unknown', name: unknown };
  const ambiguous = asked.find((name) => (found.get(name) ?? []).length > 1);
  if (ambiguous !== undefined) return { kind: 'ambiguous', name: ambiguous };
  return { kind: 'found', runIds: [...new Set(rows.map(({ runId }) => Number(runId)))] };
}

/** What a name may stand for beside an operation id. */
function partsOf(name: string) {
  const slash = name.indexOf('/');
  const batch = name.slice(0, Math.max(0, slash));
  return {
    name,
    uid: uuid.test(name) ? name : null,
    batch: uuid.test(batch) ? batch : null,
    key: slash < 0 ? null : name.slice(slash + 1),
  };
}
