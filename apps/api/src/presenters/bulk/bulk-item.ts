import type { BulkItem } from '@signalbox/contracts/bulk/bulk-record';
import type { PlanItemRecord } from '@signalbox/db/queries/plan/plan-items';
import { holds, type Principal } from '@signalbox/domain/access/principal';
import { operationLabel } from '@signalbox/domain/gate/describe-start';
import { stepsFor } from '@signalbox/domain/gate/reasons';
import { presentSteps } from '../gate/next-steps.ts';
import { presentReason } from '../gate/reason.ts';
import { presentHolder } from '../gate/start-outcome.ts';
import { optionalMoment } from '../time.ts';

/** One run of a bulk action for one caller, with what they can do about it. */
export function presentBulkItem(item: PlanItemRecord, principal: Principal): BulkItem {
  const { reason, run, source, holder, tenant } = item;
  const steps =
    reason === null
      ? []
      : presentSteps(
          stepsFor(reason, (capability) => holds(principal, capability)),
          principal,
          {
            runId: run?.id ?? source.id,
            holderId: holder?.runId ?? null,
            holderBatch: holder?.batchUid,
            connectionId: item.connectionId,
            tenantId: tenant?.id ?? null,
            operation: item.operation,
          },
        );
  return {
    position: item.position,
    operation: item.operation,
    operationLabel: operationLabel(item.operation),
    ...(tenant !== null && { tenant }),
    source,
    status: item.status,
    ...(item.outcome !== null && { outcome: item.outcome }),
    ...(item.message !== null && { message: item.message }),
    ...(reason !== null && { reason: presentReason(reason) }),
    nextSteps: steps,
    ...(run !== null && { run }),
    ...(holder !== null && { holder: presentHolder(holder) }),
    ...optionalMoment('waitingSince', item.waitSince),
    ...optionalMoment('retryAt', item.waitUntil),
    ...optionalMoment('finishedAt', item.finishedAt),
  };
}
