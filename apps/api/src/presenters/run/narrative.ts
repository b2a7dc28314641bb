import type { RunRecord } from '@signalbox/db/queries/run/run-record';
import type { NarrativeFacts } from '@signalbox/domain/run/describe-run';

/** What the story of a run is told from. */
export function narrativeFacts(record: RunRecord, liveWorkers: number | null): NarrativeFacts {
  return {
    ...record,
    initiatorName: record.initiator.name,
    connectionLabel: record.connection?.label ?? null,
    liveWorkers,
  };
}
