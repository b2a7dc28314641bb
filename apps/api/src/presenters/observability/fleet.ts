import type { FleetComponent, FleetQueue } from '@signalbox/contracts/observability/get-fleet';
import type { QueueRecord } from '@signalbox/db/queries/observability/queues';
import { operationLabel } from '@signalbox/domain/gate/describe-start';
import { type ComponentHealth, healthThresholds } from '@signalbox/domain/observability/health';

/** A part of the installation beside the threshold it was judged by. */
export function presentComponent({ component, level, text, value }: ComponentHealth): FleetComponent {
  const { what, unit, warning, critical, less } = healthThresholds[component];
  return { component, level, text, value, what, unit, warning, critical, fewerIsWorse: less === true };
}

/** What waits of one operation, and what came and went. */
export function presentQueue(queue: QueueRecord): FleetQueue {
  return { ...queue, operationLabel: operationLabel(queue.operation) };
}
