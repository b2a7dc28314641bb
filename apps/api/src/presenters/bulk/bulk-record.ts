import type { BulkRecord } from '@signalbox/contracts/bulk/bulk-record';
import type { PlanRecord } from '@signalbox/db/queries/plan/plans';
import { holds, type Principal } from '@signalbox/domain/access/principal';
import { type BulkAction, bulkCapability } from '@signalbox/domain/plan/bulk-action';
import { settled } from '@signalbox/domain/plan/plan-status';
import { moment, optionalMoment } from '../time.ts';

const labels: Readonly<Record<BulkAction, string>> = {
  cancel: 'Cancel',
  replay: 'Replay',
  retry_failed_items: 'Retry failed items',
};

const noOutcomes: BulkRecord['outcomes'] = {
  accepted: 0,
  deduped: 0,
  scope_busy: 0,
  blocked: 0,
  cancelled: 0,
  cancel_requested: 0,
};

/** A bulk action for one caller. */
export function presentBulk(record: PlanRecord, principal: Principal): BulkRecord {
  const { counts } = record;
  const refused = abortProblem(record, principal);
  return {
    id: record.id,
    uid: record.uid,
    action: record.action,
    actionLabel: labels[record.action],
    status: record.status,
    statusText: statusText(record),
    ...(record.reason !== null && { reason: record.reason }),
    selection: { ...record.selection },
    requestedBy: record.initiatorName,
    ...(record.abortedBy !== null && { abortedBy: record.abortedBy }),
    ...(record.abortReason !== null && { abortReason: record.abortReason }),
    ...(refused !== null && { abortRefused: refused }),
    createdAt: moment(record.createdAt),
    ...optionalMoment('finishedAt', record.finishedAt),
    counts: { total: settled(counts) + counts.waiting, ...counts },
    outcomes: { ...noOutcomes, ...record.outcomes },
  };
}

/** Why this caller cannot abort it; null when they can. */
function abortProblem({ status, action }: PlanRecord, principal: Principal): string | null {
  if (status !== 'working') return 'The bulk action has already ended.';
  const capability = bulkCapability(action);
  return holds(principal, capability) ? null : `You lack the capability ${capability}.`;
}

function statusText({ status, counts, abortedBy }: PlanRecord): string {
  const total = settled(counts) + counts.waiting;
  const runs = (count: number) => `${count} ${count === 1 ? 'run' : 'runs'}`;
  if (status === 'working')
    return `Working: ${settled(counts)} of ${runs(total)} answered, ${counts.waiting} waiting.`;
  const parts = [
    `${counts.done} done`,
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.skipped > 0 ? [`${counts.skipped} skipped`] : []),
  ].join(', ');
  if (status === 'completed') return `Completed: ${parts} of ${runs(total)}.`;
  return `Aborted by ${abortedBy ?? 'a member'}: ${parts}, ${counts.aborted} never tried.`;
}
