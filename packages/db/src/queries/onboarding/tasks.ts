import { type EvidenceStatus, taskStatus } from '@signalbox/domain/onboarding/evidence';
import { type OnboardingTask, onboardingTasks } from '@signalbox/domain/onboarding/tasks';
import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { runsById } from '../run/get-run.ts';
import type { RunRecord } from '../run/run-record.ts';
import { newestEvidence, type TaskEvidence, type TasksOf } from './evidence.ts';

/** An onboarding task of a tenant: what was observed, and who did or does it. */
export interface TaskRecord {
  readonly task: OnboardingTask;
  readonly evidence: TaskEvidence | null;
  /** The newest run that has ended. */
  readonly lastRun: RunRecord | null;
  /** The run that is under way. */
  readonly activeRun: RunRecord | null;
}

/** How far back the newest runs of a tenant are looked through; older ones are known by their evidence. */
const recentRuns = 200;

/** All onboarding tasks of a tenant, in the order in which they are asked. */
export async function tasksOf(tx: WorkspaceTransaction, of: TasksOf): Promise<TaskRecord[]> {
  const [evidence] = await newestEvidence(tx, [of]);
  // Of each task the newest run at all, and the newest that has ended.
  const recent = await tx.query.execute<{ id: string }>(sql`
    select distinct on (n.operation, n.ended) n.id from (
      select r.id, r.operation, r.finished_at is not null as ended from runs r
      where r.workspace_id = ${tx.workspaceId} and r.tenant_id = ${of.tenantId}
      order by r.created_at desc, r.id desc limit ${recentRuns}) as n
    where n.operation = any (array(select jsonb_array_elements_text(${JSON.stringify(onboardingTasks)}::jsonb)))
    order by n.operation, n.ended, n.id desc`);
  const observed = [...(evidence?.values() ?? [])].flatMap(({ runId }) => (runId === null ? [] : [runId]));
  const ids = [...new Set([...recent.map(({ id }) => Number(id)), ...observed])];
  const runs = (await runsById(tx, ids)).toSorted((a, b) => b.id - a.id);
  return onboardingTasks.map((task) => {
    const ofTask = runs.filter(({ operation }) => operation === task);
    return {
      task,
      evidence: evidence?.get(task) ?? null,
      lastRun: ofTask.find(({ status }) => isTerminal(status)) ?? null,
      activeRun: ofTask.find(({ status }) => !isTerminal(status)) ?? null,
    };
  });
}

/** How each task stands at a moment, task by task. */
export function statusesAt(
  evidence: ReadonlyMap<OnboardingTask, TaskEvidence>,
  now: Date,
): Readonly<Record<OnboardingTask, EvidenceStatus>> {
  return Object.fromEntries(
    onboardingTasks.map((task) => [task, taskStatus(evidence.get(task) ?? null, now).status]),
  ) as Record<OnboardingTask, EvidenceStatus>;
}
