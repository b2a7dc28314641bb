import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { ReasonCode } from '@signalbox/domain/gate/reasons';
import type { EvidenceStatus } from '@signalbox/domain/onboarding/evidence';
import type { OnboardingTask } from '@signalbox/domain/onboarding/tasks';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';

/** What a run observed about a tenant. A type, not an interface: it is kept as JSON. */
export type Observation = {
  readonly taskType: OnboardingTask;
  readonly status: EvidenceStatus;
  /** A code of the reason catalogue when the status is not ok. */
  readonly reason: ReasonCode | null;
  /** One plain sentence. */
  readonly message: string;
  /** What was seen. Never a secret. */
  readonly payload: JsonObject;
};

/**
 * Adds an observation to the evidence of the tenant a run worked on, under its live onboarding session where there is
 * one. A run observes once: a write that is repeated adds nothing.
 */
export async function recordEvidence(
  tx: WorkspaceTransaction,
  runId: number,
  seen: Observation,
): Promise<void> {
  await tx.query.execute(sql`
    insert into evidence (workspace_id, tenant_id, session_id, connection_id, task_type, status, reason, message, payload, run_id)
    select r.workspace_id, r.tenant_id, (
        select s.id from onboarding_sessions s
        where s.workspace_id = r.workspace_id and s.tenant_id = r.tenant_id and s.status in ('draft', 'in_progress')),
      r.connection_id, ${seen.taskType}, ${seen.status}, ${seen.reason}, ${seen.message},
      ${JSON.stringify(seen.payload)}::jsonb, r.id
    from runs r where r.workspace_id = ${tx.workspaceId} and r.id = ${runId}
    on conflict (workspace_id, run_id) where run_id is not null do nothing`);
}
