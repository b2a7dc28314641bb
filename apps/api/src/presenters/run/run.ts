import type { Run } from '@signalbox/contracts/run/run';
import type { Surroundings } from '@signalbox/db/queries/observability/surroundings';
import type { FailureKind } from '@signalbox/db/queries/run/failure-kinds';
import type { QueuePlace } from '@signalbox/db/queries/run/queue-place';
import type { lineageOf } from '@signalbox/db/queries/run/run-parts';
import type { RunWithPayload } from '@signalbox/db/queries/run/run-record';
import { holds, type Principal } from '@signalbox/domain/access/principal';
import { isOperation, operationRule, operations } from '@signalbox/domain/operation/registry';
import { actionsFor } from '@signalbox/domain/run/actions';
import { remaining } from '@signalbox/domain/run/counts';
import { describeWaiting, runReason, whatNext } from '@signalbox/domain/run/describe-run';
import { presentSteps, type StepObjects } from '../gate/next-steps.ts';
import { knownReason, presentReason } from '../gate/reason.ts';
import { moment, optionalMoment } from '../time.ts';
import { narrativeFacts } from './narrative.ts';
import { phases } from './phases.ts';
import { presentRunSummary } from './run-summary.ts';
import { presentSafeError } from './safe-error.ts';

/** A run with everything that is told about it. */
export interface RunView {
  readonly record: RunWithPayload;
  readonly scopes: readonly string[];
  readonly lineage: Awaited<ReturnType<typeof lineageOf>>;
  readonly around: Surroundings;
  /** Where it stands among the queued ones; null when it is not one of them. */
  readonly queue: QueuePlace | null;
  readonly failures: readonly FailureKind[];
}

/** A run in full, for one caller. */
export function presentRun(view: RunView, principal: Principal): Run {
  const { record, scopes, lineage, around } = view;
  const { now, liveWorkers } = around;
  const facts = narrativeFacts(record, liveWorkers);
  const reason = runReason(facts);
  const waiting = describeWaiting(facts, now);
  const next = whatNext(facts, now);
  const objects = objectsOf(record);
  return {
    ...presentRunSummary(record, now),
    ...(reason !== null && { reason: presentReason(reason) }),
    ...(waiting !== null && { waiting: presentWaiting(waiting) }),
    ...(view.queue !== null && { queue: presentQueue(view.queue, liveWorkers) }),
    ...cancelOf(record),
    failures: view.failures.map(presentFailure),
    ...progressOf(record),
    ...(record.safeError !== null && { safeError: presentSafeError(record.safeError, principal, objects) }),
    attempt: attemptOf(record, now),
    phases: phases(record, now),
    phaseSince: moment(record.phaseSince),
    ...(record.leaseWorker !== null && { worker: record.leaseWorker }),
    ...optionalMoment('lastHeartbeatAt', record.heartbeatAt),
    scopes: [...scopes],
    ...(lineage.parent !== null && { parent: link(lineage.parent, record.linkKind) }),
    children: lineage.children.map((child) => link(child, child.linkKind)),
    input: { ...record.input },
    ...(record.output !== null && { output: { ...record.output } }),
    allowedActions: actions(record, principal, now),
    whatNext: { sentence: next.sentence, nextSteps: presentSteps(next.steps, principal, objects) },
    serverTime: moment(now),
  };
}

/** What next steps about a run may lead to. */
export function objectsOf(record: RunWithPayload): StepObjects {
  return {
    runId: record.id,
    connectionId: record.connection?.id,
    tenantId: record.tenant?.id,
    operation: record.operation,
    backupSetId: backupSetOf(record),
  };
}

function presentWaiting(
  waiting: NonNullable<ReturnType<typeof describeWaiting>>,
): NonNullable<Run['waiting']> {
  return {
    gate: waiting.gate,
    sentence: waiting.sentence,
    ...(waiting.holder !== null && { holder: waiting.holder }),
    since: moment(waiting.since),
    ...optionalMoment('until', waiting.until),
    freedBy: waiting.freedBy,
  };
}

/** The share of the work that is done: as reported, else counted, and never guessed. */
function progressOf({ progress, progressMessage, progressAt, counts, status }: RunWithPayload): {
  progress?: Run['progress'];
} {
  if (status !== 'running') return {};
  const share = progress ?? (counts.total === 0 ? null : 1 - remaining(counts) / counts.total);
  const said = {
    ...(share !== null && { percent: Math.min(100, Math.max(0, share * 100)) }),
    ...(progressMessage !== null && { message: progressMessage }),
    ...optionalMoment('updatedAt', progressAt),
  };
  return Object.keys(said).length === 0 ? {} : { progress: said };
}

function presentQueue({ ahead, oldest }: QueuePlace, liveWorkers: number): NonNullable<Run['queue']> {
  const first = oldest === null ? {} : { oldest: { runId: oldest.runId, since: moment(oldest.since) } };
  return { ahead, ...first, liveWorkers };
}

function cancelOf({ cancelRequestedAt, cancelBy, cancelReason }: RunWithPayload): Pick<Run, 'cancel'> {
  if (cancelRequestedAt === null) return {};
  return {
    cancel: {
      at: moment(cancelRequestedAt),
      ...(cancelBy !== null && { by: cancelBy }),
      ...(cancelReason !== null && { reason: cancelReason }),
    },
  };
}

function presentFailure({ code, message, count, example }: FailureKind): Run['failures'][number] {
  const known = knownReason(code);
  return { code, label: known === null ? code : presentReason(known).label, message, count, example };
}

/** The backup set a run was about: the one it filled, or the one it was given. */
function backupSetOf({ input, output }: RunWithPayload): number | null {
  const id = output?.backupSetId ?? input.backupSetId;
  return typeof id === 'number' ? id : null;
}

function attemptOf(record: RunWithPayload, now: Date): Run['attempt'] {
  const { attempt, lostLeases, status, wakeAt, operation } = record;
  const most = isOperation(operation) ? operationRule(operation).retry.attempts : 1;
  const waits = status === 'queued' && wakeAt > now;
  return { number: attempt, most, ...(waits && { nextAt: moment(wakeAt) }), lostLeases };
}

/** Every action with its verdict. Work this version does not know can be stopped, but not started again. */
function actions(record: RunWithPayload, principal: Principal, now: Date): Run['allowedActions'] {
  const known = isOperation(record.operation);
  const facts = {
    status: record.status,
    failedItems: record.counts.failed,
    cancelRequestedAt: record.cancelRequestedAt,
    leaseExpiresAt: record.leaseExpiresAt,
    rule: isOperation(record.operation) ? operationRule(record.operation) : operations.snapshot_capture,
  };
  return actionsFor(facts, (capability) => holds(principal, capability), now).map(
    ({ action, allowed, reason, from }) => {
      const stops = action === 'cancel' || action === 'force_cancel';
      const why = known || stops ? reason : 'This version no longer knows the operation.';
      return {
        action,
        allowed: allowed && why === null,
        ...(why !== null && { reason: why }),
        ...optionalMoment('allowedFrom', from),
      };
    },
  );
}

type Link = NonNullable<RunView['lineage']['parent']>;

function link({ runId, status }: Link, kind: string | null): Run['children'][number] {
  return { runId, linkKind: kind === 'retry' ? 'retry' : 'replay', status };
}
