import type { PlanStatus } from '@signalbox/domain/plan/plan-status';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { type AuditEntry, writeAudit } from '../observability/write-audit.ts';
import type { OpenSequence } from '../plan/sequence.ts';

/** Whoever ends a bootstrap is its last run, which no person stands behind at that moment. */
const actor: AuditEntry['actor'] = { kind: 'system', name: 'bootstrap' };

/**
 * What the end of a bootstrap brings with it, in the transaction of that end: when all succeeded, the onboarding is
 * completed and its lock given back; when not, the session stays where it is. Whoever asked is told, once, of the run
 * with which it ended.
 */
export async function endBootstrap(
  tx: WorkspaceTransaction,
  { plan, status }: { readonly plan: OpenSequence; readonly status: Exclude<PlanStatus, 'working'> },
): Promise<void> {
  await tell(tx, plan);
  const failed = plan.items.find((item) => item.status === 'failed');
  const bootstrap = { kind: 'bootstrap', id: String(plan.id) };
  if (failed !== undefined) {
    const { operation, reason, run } = failed;
    const details = { operation, reason, ...(run !== null && { runId: run.id }) };
    await writeAudit(tx, [{ actor, action: 'bootstrap.failed', object: bootstrap, details }]);
  }
  if (status !== 'completed') return;
  const completed = await tx.query.execute<{ id: string }>(sql`
    update onboarding_sessions set status = 'completed', finished_at = now(), updated_at = now(),
      locked_by_user_id = null, locked_by_name = null, locked_until = null, lock_version = lock_version + 1
    where workspace_id = ${tx.workspaceId} and plan_id = ${plan.id} and status = 'in_progress'
    returning id`);
  if (completed.length === 0) return;
  await writeAudit(
    tx,
    completed.map(({ id }) => ({
      actor,
      action: 'onboarding.completed',
      object: { kind: 'onboarding_session', id },
      details: { bootstrapId: plan.id },
    })),
  );
}

/** Of its single runs nobody is told, since one tells of them all. */
async function tell(tx: WorkspaceTransaction, { initiator, items }: OpenSequence): Promise<void> {
  const last = items.findLast(({ run }) => run !== null)?.run ?? null;
  if (initiator.userId === null || last === null) return;
  await tx.query.execute(sql`
    insert into notifications (workspace_id, user_id, run_id)
    values (${tx.workspaceId}, ${initiator.userId}, ${last.id}) on conflict do nothing`);
}
