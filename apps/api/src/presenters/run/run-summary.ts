import type { RunSummary } from '@signalbox/contracts/run/run-summary';
import { initiatorKinds } from '@signalbox/contracts/run/run-words';
import type { RunRecord } from '@signalbox/db/queries/run/run-record';
import { operationLabel } from '@signalbox/domain/gate/describe-start';
import { runReason, statusText } from '@signalbox/domain/run/describe-run';
import { moment, optionalMoment } from '../time.ts';

/** A run as lists and start outcomes show it. */
export function presentRunSummary(record: RunRecord, now: Date): RunSummary {
  const reasonCode = runReason(record);
  return {
    id: record.id,
    uid: record.uid,
    operation: record.operation,
    operationLabel: operationLabel(record.operation),
    status: record.status,
    statusText: statusText(record),
    ...(reasonCode !== null && { reasonCode }),
    ...(record.tenant !== null && { tenant: record.tenant }),
    ...(record.connection !== null && { connection: record.connection }),
    counts: record.counts,
    ...(record.currentStep !== null && { currentStep: record.currentStep }),
    initiator: presentInitiator(record.initiator),
    ...(record.parentRunId !== null && { parentRunId: record.parentRunId }),
    ...(record.linkKind !== null && { linkKind: record.linkKind }),
    codename: record.codename,
    tags: [...record.tags],
    createdAt: moment(record.createdAt),
    ...optionalMoment('startedAt', record.startedAt),
    ...optionalMoment('finishedAt', record.finishedAt),
    ...duration(record, now),
    ...optionalMoment('cancelRequestedAt', record.cancelRequestedAt),
    eventSeq: record.eventSeq,
  };
}

/** Who asked for a run; nobody is named where a machine did. */
export function presentInitiator({ kind, name, keyName }: RunRecord['initiator']): RunSummary['initiator'] {
  const known = initiatorKinds.find((each) => each === kind) ?? 'system';
  if (known !== 'user' && known !== 'api_key') return { kind: known };
  // An answer that was kept before keys could act knows nothing of one.
  return { kind: known, username: name, ...(typeof keyName === 'string' && { apiKey: keyName }) };
}

function duration({ startedAt, finishedAt }: RunRecord, now: Date): { durationMs?: number } {
  if (startedAt === null) return {};
  return { durationMs: Math.max(0, (finishedAt ?? now).getTime() - startedAt.getTime()) };
}
