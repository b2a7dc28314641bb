import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { ReasonCode } from '@signalbox/domain/gate/reasons';
import type { EvidenceStatus, NewestEvidence } from '@signalbox/domain/onboarding/evidence';
import { type OnboardingTask, onboardingTasks } from '@signalbox/domain/onboarding/tasks';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { recordset } from '../../client/rows.ts';
import { evidence } from '../../schema/onboarding.ts';

/** An observation as it was recorded. */
export interface EvidenceRecord {
  readonly id: number;
  readonly tenantId: number;
  readonly sessionId: number | null;
  readonly connectionId: number | null;
  readonly taskType: string;
  readonly status: EvidenceStatus;
  readonly reason: ReasonCode | null;
  readonly message: string | null;
  readonly payload: JsonObject;
  readonly runId: number | null;
  readonly recordedAt: Date;
}

export interface EvidenceAsk {
  readonly tenantId: number;
  readonly task?: OnboardingTask | undefined;
  /** The id with which the page before ended. */
  readonly before: number | null;
  readonly limit: number;
}

/** What was observed about a tenant that the caller was shown to see, the newest first. */
export async function listEvidence(tx: WorkspaceTransaction, ask: EvidenceAsk): Promise<EvidenceRecord[]> {
  const { tenantId, task, before, limit } = ask;
  return tx.query
    .select({
      id: evidence.id,
      tenantId: evidence.tenantId,
      sessionId: evidence.sessionId,
      connectionId: evidence.connectionId,
      taskType: evidence.taskType,
      status: evidence.status,
      reason: evidence.reason,
      message: evidence.message,
      payload: evidence.payload,
      runId: evidence.runId,
      recordedAt: evidence.recordedAt,
    })
    .from(evidence)
    .where(
      and(
        eq(evidence.workspaceId, tx.workspaceId),
        eq(evidence.tenantId, tenantId),
        task === undefined ? undefined : eq(evidence.taskType, task),
        before === null
          ? undefined
          : sql`(${evidence.recordedAt}, ${evidence.id}) < (select p.recorded_at, p.id from evidence p
              where p.workspace_id = ${tx.workspaceId} and p.id = ${before})`,
      ),
    )
    .orderBy(desc(evidence.recordedAt), desc(evidence.id))
    .limit(limit);
}

/** Whose tasks are asked about, and through which connection they count; null for any. */
export interface TasksOf {
  readonly tenantId: number;
  readonly connectionId: number | null;
}

/** The newest observation of a task, with the run that made it. */
export interface TaskEvidence extends NewestEvidence {
  readonly runId: number | null;
}

/** The newest observation of each task, in the order of what was asked; a task nobody observed is not in its map. */
export async function newestEvidence(
  tx: WorkspaceTransaction,
  asked: readonly TasksOf[],
): Promise<ReadonlyMap<OnboardingTask, TaskEvidence>[]> {
  const found = asked.map(() => new Map<OnboardingTask, TaskEvidence>());
  if (asked.length === 0) return found;
  const rows = asked.flatMap(({ tenantId, connectionId }, index) =>
    onboardingTasks.map((task) => ({ index, task, tenant: tenantId, connection: connectionId })),
  );
  const newest = await tx.query.execute<{
    index: number;
    task: OnboardingTask;
    status: EvidenceStatus;
    reason: ReasonCode | null;
    message: string | null;
    run_id: string | null;
    recorded_at: string;
  }>(sql`
    select w.index, w.task, e.* from ${recordset(rows, 'w (index int, task text, tenant bigint, connection bigint)')}
    cross join lateral (
      select status, reason, message, run_id, recorded_at from evidence
      where workspace_id = ${tx.workspaceId} and tenant_id = w.tenant and task_type = w.task
        and (w.connection is null or connection_id = w.connection)
      order by recorded_at desc, id desc limit 1) as e`);
  for (const { index, task, status, reason, message, run_id, recorded_at } of newest) {
    found[index]?.set(task, {
      status,
      reason,
      message,
      runId: run_id === null ? null : Number(run_id),
      recordedAt: new Date(recorded_at),
    });
  }
  return found;
}
