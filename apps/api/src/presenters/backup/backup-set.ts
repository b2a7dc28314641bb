import type { BackupItem, BackupSet } from '@signalbox/contracts/backup/backup-set';
import type { backupItemsOf } from '@signalbox/db/queries/backup/backup-items';
import type { BackupSetRecord } from '@signalbox/db/queries/backup/backup-sets';
import { policyKind } from '../inventory/policy.ts';
import { moment, optionalMoment } from '../time.ts';

/** A named set of immutable policy versions. */
export function presentBackupSet(row: BackupSetRecord): BackupSet {
  const { lastRunId, createdAt, updatedAt, ...rest } = row;
  return {
    ...rest,
    ...(lastRunId !== null && { lastRunId }),
    createdAt: moment(createdAt),
    ...optionalMoment('updatedAt', updatedAt),
  };
}

/** One policy version in a backup set. */
export function presentBackupItem(row: Awaited<ReturnType<typeof backupItemsOf>>[number]): BackupItem {
  return {
    id: row.id,
    policyId: row.policyExternalId,
    kind: policyKind(row.kind),
    name: row.name,
    version: row.version,
    hash: row.hash,
    assignments: row.assignments,
    capturedAt: moment(row.capturedAt),
  };
}
