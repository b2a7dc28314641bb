import { randomUUIDv7 } from 'node:crypto';
import { actorOf } from '@signalbox/domain/access/principal';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { recordset } from '../../client/rows.ts';
import { plans } from '../../schema/plan.ts';
import type { StartResult } from '../gate/start-runs.ts';
import { writeAudit } from '../observability/write-audit.ts';
import { answered } from '../plan/answered.ts';
import { enqueuePlans } from '../plan/enqueue-plans.ts';
import { goOn } from '../plan/sequence.ts';
import { settleStarted } from '../plan/settle-started.ts';
import { isEditor, type OpenedSession } from './editor.ts';
import { holdSession } from './hold-session.ts';

/** A bootstrap whose first operation has a run. */
export interface BootstrapToPlan {
  readonly opened: OpenedSession;
  /** What was chosen, for people and for those who ask for the same. */
  readonly selection: JsonObject;
  readonly operations: readonly { readonly operation: string; readonly input: JsonObject }[];
  /** The start of the first operation, and the gate's answer. */
  readonly request: StartRequest;
  readonly result: Extract<StartResult, { kind: 'decided' }>;
}

/**
 * Writes a bootstrap in the transaction that decided its first operation: that one is admitted, the others wait in
 * order. The caller holds the row lock of the session.
 */
export async function planBootstrap(tx: WorkspaceTransaction, asked: BootstrapToPlan): Promise<void> {
  const { opened, selection, operations, request, result } = asked;
  const sessionId = opened.session.id;
  const { principal, requestId } = request;
  const [plan] = await tx.query
    .insert(plans)
    .values({
      workspaceId: tx.workspaceId,
      uid: randomUUIDv7(),
      kind: 'bootstrap',
      selection,
      initiatorUserId: principal.userId,
      initiatorName: principal.username,
      initiatorKeyId: principal.key?.id ?? null,
      requestId,
    })
    .returning({ id: plans.id });
  if (plan === undefined) throw new Error('A plan was inserted without an id.');
  const rows = operations.map(({ operation, input }, index) => ({
    operation,
    input,
    position: index + 1,
    tenant: request.tenantId,
    // All go through the connection of the first.
    connection: result.verdict.connectionId,
  }));
  const items = await tx.query.execute<{ id: string; position: number }>(sql`
    insert into plan_items (workspace_id, plan_id, key, position, operation, input, tenant_id, connection_id)
    select ${tx.workspaceId}, ${plan.id}, w.operation, w.position, w.operation, w.input, w.tenant, w.connection
    from ${recordset(rows, 'w (operation text, input jsonb, position int, tenant bigint, connection bigint)')}
    returning id, position`);
  const first = items.find(({ position }) => position === 1);
  if (first === undefined) throw new Error('A bootstrap was planned without its first operation.');
  await tx.query.execute(sql`
    update onboarding_sessions set plan_id = ${plan.id}, updated_at = now()
    where workspace_id = ${tx.workspaceId} and id = ${sessionId}`);
  // Whoever starts it edits the session from then on; a key that acts for nobody edits nothing.
  if (isEditor(principal)) {
    const hold = { version: null, takeover: false, reason: null, requestId };
    const refusal = await holdSession(tx, principal, { opened, hold });
    if (refusal !== null) throw new Error('A session was judged to be free and is not.');
  }
  await writeAudit(tx, [
    {
      actor: actorOf(principal),
      action: 'bootstrap.started',
      object: { kind: 'onboarding_session', id: String(sessionId) },
      details: { bootstrapId: plan.id, ...selection },
      requestId,
    },
  ]);
  await settleStarted(tx, answered(Number(first.id), request, result));
  // The run it joined may have ended in this moment; then the next one is due.
  if ((await goOn(tx, plan.id)) !== null) await enqueuePlans(tx, [plan.id]);
}
