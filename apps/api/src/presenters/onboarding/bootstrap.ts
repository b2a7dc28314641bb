import type { BootstrapItemView, BootstrapView } from '@signalbox/contracts/onboarding/bootstrap-view';
import type { BootstrapItem, BootstrapProgress } from '@signalbox/db/queries/onboarding/bootstrap';
import type { RunRecord } from '@signalbox/db/queries/run/run-record';
import { holds, type Principal } from '@signalbox/domain/access/principal';
import { operationLabel } from '@signalbox/domain/gate/describe-start';
import { stepsFor } from '@signalbox/domain/gate/reasons';
import {
  describeBootstrap,
  describeBootstrapItem,
  standsInFront,
} from '@signalbox/domain/onboarding/describe-bootstrap';
import { presentSteps } from '../gate/next-steps.ts';
import { presentReason } from '../gate/reason.ts';
import { presentHolder } from '../gate/start-outcome.ts';
import { presentRunSummary } from '../run/run-summary.ts';
import { moment, optionalMoment } from '../time.ts';

/** Whose view, at which moment, and which tenant it is about. */
export interface BootstrapAround {
  readonly principal: Principal;
  readonly tenantId: number;
  readonly now: Date;
}

/** How far a bootstrap is, for one caller. */
export function presentBootstrap(progress: BootstrapProgress, around: BootstrapAround): BootstrapView {
  const { items } = progress;
  const refused = abortProblem(progress, around.principal);
  return {
    id: progress.id,
    uid: progress.uid,
    status: progress.status,
    statusText: describeBootstrap(progress, items),
    requestedBy: progress.initiatorName,
    ...(progress.abortedBy !== null && { abortedBy: progress.abortedBy }),
    ...(progress.abortReason !== null && { abortReason: progress.abortReason }),
    ...(refused !== null && { abortRefused: refused }),
    createdAt: moment(progress.createdAt),
    ...optionalMoment('finishedAt', progress.finishedAt),
    items: items.map((item) => presentItem(item, progress, around)),
  };
}

function presentItem(
  item: BootstrapItem,
  { items, createdAt }: BootstrapProgress,
  { principal, tenantId, now }: BootstrapAround,
): BootstrapItemView {
  const { reason, run, holder, operation } = item;
  const waits = item.status === 'waiting';
  const steps =
    reason === null
      ? []
      : presentSteps(
          stepsFor(reason, (capability) => holds(principal, capability)),
          principal,
          {
            runId: run?.id ?? null,
            holderId: holder?.runId ?? null,
            connectionId: item.connectionId,
            tenantId,
            operation,
          },
        );
  return {
    position: item.position,
    operation,
    operationLabel: operationLabel(operation),
    status: item.status,
    message: describeBootstrapItem(item, standsInFront(items)),
    ...(reason !== null && { reason: presentReason(reason) }),
    nextSteps: steps,
    ...(run !== null && { run: presentRunSummary(run, now) }),
    ...(holder !== null && { holder: presentHolder(holder) }),
    ...optionalMoment('waitingSince', waits ? (item.waitSince ?? createdAt) : null),
    ...optionalMoment('retryAt', item.waitUntil),
    ...optionalMoment('finishedAt', item.finishedAt),
  };
}

/** The run of the operation that is under way. */
export function runUnderWay({ items }: BootstrapProgress): RunRecord | null {
  return items.find(({ status }) => status === 'admitted')?.run ?? null;
}

/** Why this caller cannot abort it; null when they can. */
function abortProblem({ status, items }: BootstrapProgress, principal: Principal): string | null {
  if (status !== 'working') return 'The bootstrap has already ended.';
  if (!items.some((item) => item.status === 'waiting'))
    return 'Nothing waits any more; cancel the run that is under way.';
  return holds(principal, 'onboarding.edit') ? null : 'You lack the capability onboarding.edit.';
}
