import { operationsOn } from '@signalbox/domain/operation/registry';
import type { PlanItemStatus } from '@signalbox/domain/plan/plan-item';
import type { PlanStatus } from '@signalbox/domain/plan/plan-status';
import type { Counts } from '@signalbox/domain/run/counts';
import type { RunStatus } from '@signalbox/domain/run/lifecycle';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';

/** How far a task is, with how long the like of it usually takes. */
export interface TaskProgress {
  readonly kind: 'task';
  readonly id: number;
  readonly uid: string;
  readonly status: RunStatus;
  readonly counts: Counts;
  readonly fraction: number | null;
  readonly currentStep: string | null;
  /** Executing so far, in milliseconds. */
  readonly elapsedMs: number;
  /** Null without a history. */
  readonly usualMs: number | null;
}

/** How far a batch is, operation by operation. */
export interface BatchProgressRecord {
  readonly kind: 'batch';
  readonly id: number;
  readonly uid: string;
  readonly status: PlanStatus;
  readonly items: readonly BatchPart[];
}

/** One operation of a batch. */
export interface BatchPart {
  readonly id: string;
  readonly key: string;
  readonly status: PlanItemStatus;
  readonly needs: readonly string[];
  readonly fraction: number | null;
  readonly elapsedMs: number;
  readonly usualMs: number | null;
}

export type Workflow = TaskProgress | BatchProgressRecord;

const names = JSON.stringify(operationsOn('provisioning'));

/** The middle of what the last twenty successes of an operation took; `r` names the operation. */
const usual = (operation: ReturnType<typeof sql>) => sql`(
  select percentile_cont(0.5) within group (order by e.executing_ms)::float8 from (
    select h.executing_ms from runs h where h.workspace_id = w.workspace_id and h.operation = ${operation}
      and h.finished_at is not null and h.status = 'succeeded' order by h.finished_at desc limit 20) as e)`;

const elapsed = sql`(r.executing_ms + case when r.status = 'running'
  then extract(epoch from clock_timestamp() - r.phase_since) * 1000 else 0 end)::float8`;

/** A task or a batch by its uuid; null when the workspace has none. */
export async function getWorkflow(tx: WorkspaceTransaction, uid: string): Promise<Workflow | null> {
  const [task] = await tx.query.execute<Omit<TaskProgress, 'kind' | 'id'> & { id: string }>(sql`
    select r.id, r.uid, r.status, r.progress as fraction, r.current_step as "currentStep", ${elapsed} as "elapsedMs",
      jsonb_build_object('total', r.total, 'succeeded', r.succeeded, 'failed', r.failed, 'skipped', r.skipped) as counts,
      ${usual(sql`r.operation`)} as "usualMs"
    from runs r cross join lateral (select r.workspace_id) as w
    where r.workspace_id = ${tx.workspaceId} and r.uid = ${uid}
      and r.operation = any (array(select jsonb_array_elements_text(${names}::jsonb)))`);
  if (task !== undefined) return { kind: 'task', ...task, id: Number(task.id) };
  const [batch] = await tx.query.execute<{ id: string; uid: string; status: PlanStatus }>(sql`
    select id, uid, status from plans
    where workspace_id = ${tx.workspaceId} and kind = 'batch' and uid = ${uid}`);
  if (batch === undefined) return null;
  const id = Number(batch.id);
  return { kind: 'batch', ...batch, id, items: await partsOf(tx, id) };
}

async function partsOf(tx: WorkspaceTransaction, planId: number): Promise<BatchPart[]> {
  return tx.query.execute<BatchPart & Record<string, unknown>>(sql`
    select i.id::text as id, i.key, i.status, r.progress as fraction, coalesce(${elapsed}, 0) as "elapsedMs",
      coalesce((select jsonb_agg(e.needs::text) from plan_edges e
        where e.workspace_id = i.workspace_id and e.plan_id = i.plan_id and e.item = i.id), '[]') as needs,
      u.usual as "usualMs"
    from plan_items i
    left join runs r on r.workspace_id = i.workspace_id and r.id = i.run_id
    join lateral (
      select w.operation, ${usual(sql`w.operation`)} as usual
      from (select distinct p.workspace_id, p.operation from plan_items p
        where p.workspace_id = ${tx.workspaceId} and p.plan_id = ${planId}) as w
    ) as u on u.operation = i.operation
    where i.workspace_id = ${tx.workspaceId} and i.plan_id = ${planId} order by i.position`);
}

/** A change of a workflow's state: a number within the workflow, when, and what was kept of it. */
export interface StateChange {
  readonly seq: number;
  readonly at: Date;
  readonly kind: string;
  readonly data: Record<string, unknown>;
}

/** As many changes of state as are answered; a batch of a thousand operations has a few thousand. */
const mostChanges = 10_000;

/** Every change of state of a workflow, oldest first. */
export async function stateChanges(tx: WorkspaceTransaction, workflow: Workflow): Promise<StateChange[]> {
  const rows = await tx.query.execute<Omit<StateChange, 'at'> & { at: string }>(
    workflow.kind === 'task'
      ? sql`select seq, at, kind, data from run_events
          where workspace_id = ${tx.workspaceId} and run_id = ${workflow.id} and kind = 'state'
          order by seq limit ${mostChanges}`
      : sql`select seq, created_at as at, kind, data from plan_events
          where workspace_id = ${tx.workspaceId} and plan_id = ${workflow.id} order by seq limit ${mostChanges}`,
  );
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}
