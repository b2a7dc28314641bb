import type { RunHint } from '@signalbox/contracts/run/live-events';
import type { RunRecord } from '@signalbox/db/queries/run/run-record';
import { statusText } from '@signalbox/domain/run/describe-run';
import { optionalMoment } from '../time.ts';

/** Enough of a changed run to patch its row in place. */
export function presentRunHint(record: RunRecord): RunHint {
  return {
    kind: 'run',
    id: record.id,
    uid: record.uid,
    operation: record.operation,
    ...(record.tenant !== null && { tenantId: record.tenant.id }),
    status: record.status,
    statusText: statusText(record),
    counts: record.counts,
    ...(record.currentStep !== null && { currentStep: record.currentStep }),
    eventSeq: record.eventSeq,
    ...optionalMoment('finishedAt', record.finishedAt),
  };
}
