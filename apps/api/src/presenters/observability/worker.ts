import type { Worker } from '@signalbox/contracts/observability/list-workers';
import type { WorkerRecord } from '@signalbox/db/queries/observability/workers';
import { operationLabel } from '@signalbox/domain/gate/describe-start';
import { moment, optionalMoment } from '../time.ts';

/** A worker with what it does for this caller's workspace. */
export function presentWorker(record: WorkerRecord): Worker {
  const { id, host, pid, version, slots, tools, state, startedAt, lastSeenAt, stoppedAt, runs } = record;
  return {
    id,
    host,
    pid,
    version,
    slots,
    tools: [...tools],
    state,
    startedAt: moment(startedAt),
    lastSeenAt: moment(lastSeenAt),
    ...optionalMoment('stoppedAt', stoppedAt),
    runs: runs.map(({ id: runId, operation, tenant }) => ({
      id: runId,
      operationLabel: operationLabel(operation),
      ...(tenant !== null && { tenant }),
    })),
  };
}
