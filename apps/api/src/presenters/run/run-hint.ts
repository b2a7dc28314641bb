import type { RunHint } from '@signalbox/contracts/run/live-events';
import type { RunRecord } from '@signalbox/db/queries/run/run-record';
import { runReason, statusText } from '@signalbox/domain/run/describe-run';
import { moment, optionalMoment } from '../time.ts';
import { presentInitiator } from './run-summary.ts';

/** Enough of a changed run to patch its row in place and to hold it against a filter. */
export function presentRunHint(record: RunRecord): RunHint {
  const reasonCode = runReason(record);
  return {
    kind: 'run',
    id: record.id,
    uid: record.uid,
    operation: record.operation,
    ...(record.tenant !== null && { tenantId: record.tenant.id }),
    ...(record.connection !== null && { connectionId: record.connection.id }),
    initiator: presentInitiator(record.initiator),
    codename: record.codename,
    tags: [...record.tags],
    status: record.status,
    statusText: statusText(record),
    ...(reasonCode !== null && { reasonCode }),
    counts: record.counts,
    ...(record.currentStep !== null && { currentStep: record.currentStep }),
    eventSeq: record.eventSeq,
    createdAt: moment(record.createdAt),
    ...optionalMoment('startedAt', record.startedAt),
    ...optionalMoment('finishedAt', record.finishedAt),
    ...optionalMoment('cancelRequestedAt', record.cancelRequestedAt),
  };
}
