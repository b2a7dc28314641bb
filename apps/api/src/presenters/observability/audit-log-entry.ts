import type { AuditLogEntry } from '@signalbox/contracts/observability/list-audit';
import type { AuditRecord } from '@signalbox/db/queries/observability/list-audit';
import { describeObject } from '@signalbox/domain/observability/describe-object';
import { presentAuditEntry } from './audit-entry.ts';

/** An entry of the workspace's log, with what it is about in words. */
export function presentAuditLogEntry(row: AuditRecord): AuditLogEntry {
  const { objectKind, objectId, objectName, operation, tenant } = row;
  const object = { kind: objectKind, id: objectId, name: objectName };
  return {
    ...presentAuditEntry(row),
    about: describeObject({ object, operation, tenant }),
    ...(row.runId !== null && { run: { id: row.runId } }),
    ...(tenant !== null && { tenant }),
  };
}
