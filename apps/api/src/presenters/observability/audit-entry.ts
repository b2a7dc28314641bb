import type { AuditEntry } from '@signalbox/contracts/run/list-run-audit';
import type { runAuditOf } from '@signalbox/db/queries/observability/run-audit';
import { auditLabel } from '@signalbox/domain/observability/audit-actions';
import { moment } from '../time.ts';

type Row = Omit<Awaited<ReturnType<typeof runAuditOf>>[number], 'workspaceId' | 'transaction'>;

/** An audit entry with its action in words. */
export function presentAuditEntry(row: Row): AuditEntry {
  const { details } = row;
  return {
    id: row.id,
    at: moment(row.createdAt),
    actor: {
      kind: row.actorKind,
      name: row.actorName,
      ...(row.onBehalfOf !== null && { onBehalfOf: row.onBehalfOf }),
    },
    action: row.action,
    label: auditLabel(row.action),
    object: { kind: row.objectKind, id: row.objectId },
    details: typeof details === 'object' && details !== null ? { ...details } : {},
    ...(row.requestId !== null && { requestId: row.requestId }),
  };
}
