import type { ComplianceSnapshot } from '@signalbox/contracts/inventory/compliance-snapshot';
import type { ComplianceRow } from '@signalbox/db/queries/inventory/compliance-snapshots';
import { moment } from '../time.ts';

/** How many managed devices were in which state of compliance. */
export function presentComplianceSnapshot(row: ComplianceRow): ComplianceSnapshot {
  const { id, runId, devices, states, createdAt } = row;
  return { id, runId, devices, states: { ...states }, takenAt: moment(createdAt) };
}
