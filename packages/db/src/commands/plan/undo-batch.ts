import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { describeStart } from '@signalbox/domain/gate/describe-start';
import { reasonRule } from '@signalbox/domain/gate/reasons';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { operationRule } from '@signalbox/domain/operation/registry';
import { rollbackLimit } from '@signalbox/domain/provisioning/rollback-plan';
import { sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';
import { initiatorNow } from '../../queries/access/initiator-now.ts';
import { type StartResult, startPlanned } from '../gate/start-runs.ts';
import { appendPlanEvents } from './append-plan-events.ts';
import { goOnBatch, lockBatch, type OpenBatch, progressOf } from './batch.ts';
import { endBatch } from './end-batch.ts';

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
  const { changes, infras, runIds } = await standingChanges(tx, batch);
  if (changes.length === 0) {
    await endBatch(tx, batch, 'failed');
    return null;
  }
  const initiator = await initiatorNow(tx, batch.initiator);
  const problem =
    'refused' in initiator
      ? reasonRule(initiator.refused).text
      : changes.length > rollbackLimit
        ? `One rollback undoes at most ${rollbackLimit} changes, and the batch has made ${changes.length}.`
        : null;
  if ('refused' in initiator || problem !== null) {
    await giveUp(tx, batch.id, problem ?? '');
    return null;
  }
  const context: JsonObject = { surface: 'batch', batchId: batch.uid, batchName: batch.name };
  return {
    principal: initiator.principal,
    operation: 'provisioning_rollback',
    tenantId: null,
    connectionId: null,
    input: { target: { kind: 'runs', runIds }, changes, infras },
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

/** What stands of what the runs of a batch have changed, the newest first, with the infras and runs concerned. */
async function standingChanges(
  tx: WorkspaceTransaction,
  batch: OpenBatch,
): Promise<{ readonly changes: number[]; readonly infras: string[]; readonly runIds: number[] }> {
  const runs = batch.items.flatMap(({ runId }) => (runId === null ? [] : [runId]));
  const rows = await tx.query.execute<{ seq: string; runId: string; infra: string }>(sql`
    select c.seq, c.run_id as "runId", f.name as infra
    from resource_changes c
    join resources r on r.workspace_id = c.workspace_id and r.id = c.resource_id
    join infras f on f.workspace_id = r.workspace_id and f.id = r.infra_id
    where c.workspace_id = ${tx.workspaceId} and c.run_id = any (${bigints(runs)}) and c.undone_by_run_id is null
    order by c.seq desc`);
  return {
    changes: rows.map(({ seq }) => Number(seq)),
    infras: [...new Set(rows.map(({ infra }) => infra))],
    runIds: [...new Set(rows.map(({ runId }) => Number(runId)))],
  };
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
