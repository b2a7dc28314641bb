import type { Refusal } from '@signalbox/contracts/gate/list-refusals';
import type { RefusalRecord } from '@signalbox/db/queries/gate/refusals';
import { holds, type Principal } from '@signalbox/domain/access/principal';
import { operationLabel } from '@signalbox/domain/gate/describe-start';
import { stepsFor } from '@signalbox/domain/gate/reasons';
import { moment } from '../time.ts';
import { presentSteps } from './next-steps.ts';
import { knownReason, presentReason } from './reason.ts';

/** A refused start, with what this caller can do about it now. */
export function presentRefusal(record: RefusalRecord, principal: Principal): Refusal {
  const { id, at, actor, operation, tenant, outcome, connectionId, holderRunId } = record;
  const code = knownReason(record.reason);
  const steps = code === null ? [] : stepsFor(code, (capability) => holds(principal, capability));
  return {
    id,
    at: moment(at),
    by: actor,
    operation,
    operationLabel: operationLabel(operation),
    ...(tenant !== null && { tenant }),
    outcome: outcome === 'scope_busy' ? 'scope_busy' : 'blocked',
    ...(code !== null && { reason: presentReason(code) }),
    // Who held the scope then may be long gone; what it is now, its page says.
    nextSteps: presentSteps(
      steps.filter((step) => step !== 'cancel_holder'),
      principal,
      {
        connectionId,
        holderId: holderRunId,
        tenantId: tenant?.id,
        operation,
      },
    ),
  };
}
