import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { describeStart } from '@signalbox/domain/gate/describe-start';
import { reasonRule } from '@signalbox/domain/gate/reasons';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { operationRule } from '@signalbox/domain/operation/registry';
import { rollbackLimit } from '@signalbox/domain/provisioning/rollback-plan';
import { sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { initiatorNow } from '../../queries/access/initiator-now.ts';
import { rollbackNow } from '../../queries/provisioning/plan-rollback.ts';
import { type StartResult, startPlanned } from '../gate/start-runs.ts';
import { appendPlanEvents } from './append-plan-events.ts';
import { goOnBatch, lockBatch, type OpenBatch, progressOf } from './batch.ts';
import { endBatch } from './end-batch.ts';

const tooMany = `It has made more changes than the ${rollbackLimit} that one rollback undoes.`;

/**
 * Has undone what a failed batch has done: by one run over all that stands of the changes of all its runs, under what
 * the batch holds. With nothing to undo the batch has ended; when nothing may be undone it has ended too, and says why.
 */
export async function undoBatch(db: Database, workspaceId: string, batch: OpenBatch): Promise<void> {
  const start = await db.inWorkspace(workspaceId, (tx) => prepare(tx, batch));
  if (start === null) return;
  await startPlanned(db, workspaceId, {
    requests: [start],
    claim: (tx) => isDue(tx, batch.id),
    settle: async (tx, [result]) => {
      if (result === undefined) throw new Error('The gate gave fewer answers than it was asked.');
      if (result.kind !== 'decided' || result.run === null) return giveUp(tx, batch.id, problemOf(result));
      const { id, uid } = result.run;
      await tx.query.execute(sql`
        update plans set undo_run_id = ${id} where workspace_id = ${tx.workspaceId} and id = ${batch.id}`);
      await appendPlanEvents(tx, batch.id, [{ kind: 'undoing', data: { state: 'begun', runUid: uid } }]);
    },
  });
}

/** The start of the run that undoes; null when the batch has gone on without one. */
async function prepare(tx: WorkspaceTransaction, batch: OpenBatch): Promise<StartRequest | null> {
  if (!(await isDue(tx, batch.id))) return null;
  const runIds = batch.items.flatMap(({ runId }) => (runId === null ? [] : [runId]));
  const target = { kind: 'runs', runIds } as const;
  const steps = await rollbackNow(tx, target);
  if (steps.length === 0) {
    await endBatch(tx, batch, 'failed');
    return null;
  }
  const initiator = await initiatorNow(tx, batch.initiator);
  if (steps === 'too_many' || 'refused' in initiator) {
    const problem = 'refused' in initiator ? reasonRule(initiator.refused).text : tooMany;
    await giveUp(tx, batch.id, problem);
    return null;
  }
  const infras = [...new Set(steps.map(({ change }) => change.infra))];
  const context: JsonObject = { surface: 'batch', batchId: batch.uid, batchName: batch.name };
  return {
    principal: initiator.principal,
    operation: 'provisioning_rollback',
    tenantId: null,
    connectionId: null,
    input: { target, changes: steps.map(({ change }) => change.seq), infras },
    payloadHash: `batch:${batch.uid}`,
    link: null,
    idempotency: null,
    context,
    tags: [],
    // What it works on is held by the batch.
    scopes: [],
    requestId: batch.requestId,
  };
}

async function isDue(tx: WorkspaceTransaction, planId: number): Promise<boolean> {
  const batch = await lockBatch(tx, planId);
  return batch !== null && progressOf(batch).stage.kind === 'undo_due';
}

function problemOf(result: StartResult): string {
  switch (result.kind) {
    case 'decided':
      return describeStart(result.verdict, operationRule('provisioning_rollback'), false);
    case 'forbidden':
      return reasonRule('capability_missing').text;
    default:
      return reasonRule('entitlement_missing').text;
  }
}

/** A batch whose work cannot be undone ends as it stands, and says why. */
async function giveUp(tx: WorkspaceTransaction, planId: number, problem: string): Promise<void> {
  await tx.query.execute(sql`
    update plans set undo_problem = ${problem} where workspace_id = ${tx.workspaceId} and id = ${planId}`);
  await goOnBatch(tx, planId);
}
