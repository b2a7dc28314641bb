import type { AdminRunRecord, adminRunStatuses } from '@signalbox/contracts/admin-runs/run-record';
import type { RunRecord } from '@signalbox/db/queries/run/run-record';
import type { RunStatus } from '@signalbox/domain/run/lifecycle';
import { moment } from '../time.ts';

type AdminRunStatus = (typeof adminRunStatuses)[number];

/** The five words of the admin-runs contract for the states of a run. */
const words: Readonly<Record<RunStatus, AdminRunStatus>> = {
  pending: 'queued',
  queued: 'queued',
  running: 'running',
  awaiting_approval: 'running',
  succeeded: 'succeeded',
  partial: 'partial',
  failed: 'failed',
  cancelled: 'failed',
  rejected: 'failed',
  expired: 'failed',
  vetoed: 'failed',
};

/** Ends the contract has no word for; the code of the safe error says which it was. */
const unnamed: readonly RunStatus[] = ['cancelled', 'rejected', 'expired', 'vetoed'];

/** A run in the words of the admin-runs contract. */
export function presentAdminRun(record: RunRecord): AdminRunRecord {
  const { total, succeeded, failed } = record.counts;
  return {
    id: record.uid,
    tenantExternalId: record.tenant?.externalId ?? '',
    type: record.operation,
    status: words[record.status],
    createdAt: moment(record.createdAt),
    startedAt: record.startedAt === null ? null : moment(record.startedAt),
    finishedAt: record.finishedAt === null ? null : moment(record.finishedAt),
    counts: { total, succeeded, failed },
    safeError: safeError(record),
  };
}

function safeError({ status, safeError: error }: RunRecord): NonNullable<AdminRunRecord['safeError']> | null {
  if (unnamed.includes(status)) return { code: status, ...context(error) };
  return error === null ? null : { code: error.code, ...context(error) };
}

function context(error: RunRecord['safeError']) {
  return error?.context === undefined ? {} : { context: { ...error.context } };
}
