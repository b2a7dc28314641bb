import type { BatchItem, BatchRecord } from '@signalbox/contracts/provisioning/batch-record';
import type { BatchDetail } from '@signalbox/db/queries/provisioning/batch';
import type { BatchItemRecord } from '@signalbox/db/queries/provisioning/batch-items';
import { holds, type Principal } from '@signalbox/domain/access/principal';
import { operationLabel } from '@signalbox/domain/gate/describe-start';
import type { NextStepCode } from '@signalbox/domain/gate/next-steps';
import { stepsFor } from '@signalbox/domain/gate/reasons';
import { batchItemStatus, typeOfOperation } from '@signalbox/domain/provisioning/batch-operation';
import { configOf } from '@signalbox/domain/provisioning/batch-work';
import { peakConcurrency, waves } from '@signalbox/domain/provisioning/waves';
import { presentSteps } from '../gate/next-steps.ts';
import { presentReason } from '../gate/reason.ts';
import { optionalMoment } from '../time.ts';
import { cancelRefused, retryRefused } from './batch-actions.ts';
import { presentBatchSummary } from './batch-summary.ts';
import { batchWaits } from './batch-wait.ts';
import { itemPercent } from './contract-batch.ts';

/** A batch with its operations, for one caller. */
export function presentBatch(batch: BatchDetail, principal: Principal): BatchRecord {
  const nodes = batch.items.map(({ key, needs }) => ({ id: key, dependencies: needs }));
  const found = waves(nodes);
  const waveOf = new Map(found.flatMap((wave, index) => wave.map((key) => [key, index + 1] as const)));
  const waits = batchWaits(batch);
  const [noCancel, noRetry] = [cancelRefused(batch, principal), retryRefused(batch, principal)];
  return {
    ...presentBatchSummary(batch),
    waves: found,
    peakConcurrency: peakConcurrency(nodes, batch.parallelLimit),
    items: batch.items.map((item) => {
      const wait = waits.get(item.key);
      return {
        ...presentItem(item, principal),
        wave: waveOf.get(item.key) ?? 1,
        ...(wait !== undefined && { wait }),
      };
    }),
    ...(noCancel !== null && { cancelRefused: noCancel }),
    ...(noRetry !== null && { retryRefused: noRetry }),
  };
}

function presentItem(item: BatchItemRecord, principal: Principal): Omit<BatchItem, 'wave'> {
  const { key, operation, input, reason, run, connection, message, because, changes } = item;
  const status = batchItemStatus(item);
  const percent = itemPercent(status, run?.progress ?? null);
  return {
    id: key,
    position: item.position,
    type: typeOfOperation(operation) ?? 'server_batch',
    operation,
    operationLabel: operationLabel(operation),
    provider: String(input.provider),
    infra: String(input.infra),
    ...(connection !== null && { connection }),
    dependencies: [...item.needs],
    config: { ...configOf(input) },
    status,
    ...(reason !== null && { reason: presentReason(reason) }),
    ...(message !== null && { message }),
    nextSteps: stepsOf(item, principal),
    ...(because !== null && { becauseOf: because }),
    ...(run !== null && { run: { id: run.id, codename: run.codename, status: run.status } }),
    ...(percent !== null && { progress: percent }),
    ...(changes.total > 0 && { changes, undone: undoneOf(changes) }),
    ...optionalMoment('startedAt', run?.startedAt ?? null),
    ...optionalMoment('finishedAt', item.finishedAt),
  };
}

function undoneOf({ total, undone }: BatchItemRecord['changes']): NonNullable<BatchItem['undone']> {
  if (undone === 0) return 'none';
  return undone === total ? 'all' : 'some';
}

/** Steps that lead to what an operation of a batch does not have: an onboarding, or a start of its own. */
const elsewhere: ReadonlySet<NextStepCode> = new Set([
  'open_onboarding',
  'correct_input',
  'choose_connection',
  'replay',
]);

function stepsOf(item: BatchItemRecord, principal: Principal): BatchItem['nextSteps'] {
  const { reason, run, holder, connection, operation } = item;
  if (reason === null) return [];
  const steps = stepsFor(reason, (capability) => holds(principal, capability));
  return presentSteps(
    steps.filter((step) => !elsewhere.has(step)),
    principal,
    {
      runId: run?.id ?? null,
      holderId: holder?.runId ?? null,
      connectionId: connection?.id ?? null,
      operation,
    },
  );
}
