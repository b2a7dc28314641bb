import type { RunSummary } from '@signalbox/contracts/run/run-summary';
import { type ReasonCode, reasons } from '@signalbox/domain/gate/reasons';
import { isTerminal } from '@signalbox/domain/run/lifecycle';

/** The few words beside a status in a list: how many failed, or the reason, or that a cancel is on its way. */
export function rowNote(
  run: Pick<RunSummary, 'status' | 'counts' | 'reasonCode' | 'cancelRequestedAt'>,
): string | null {
  if (run.status === 'partial') return `${run.counts.failed} of ${run.counts.total} failed`;
  if (run.cancelRequestedAt !== undefined && !isTerminal(run.status)) return 'cancel asked for';
  if (run.reasonCode === undefined || run.status === 'cancelled') return null;
  const known = Object.hasOwn(reasons, run.reasonCode) ? reasons[run.reasonCode as ReasonCode] : undefined;
  return known?.label.toLowerCase() ?? run.reasonCode;
}
