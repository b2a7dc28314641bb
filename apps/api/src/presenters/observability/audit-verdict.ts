import type { AuditVerdict } from '@signalbox/contracts/observability/verify-audit';
import type { AuditVerdict as Found } from '@signalbox/db/queries/observability/verify-audit';
import { describeBreak } from '@signalbox/domain/observability/audit-check';
import { moment } from '../time.ts';

/** What a verification found, with the fault in words. */
export function presentAuditVerdict(found: Found, nextCursor: string | null): AuditVerdict {
  const { outcome, entries, seals, head, sealedAt, unsealed, oldestUnsealed, fault } = found;
  return {
    outcome,
    entries,
    seals,
    head: head === null ? null : { ...head, sealedAt: sealedAt ?? '' },
    unsealed,
    ...(oldestUnsealed !== null && { oldestUnsealed: moment(oldestUnsealed) }),
    ...(fault !== null && {
      fault: {
        kind: fault.kind,
        message: describeBreak(fault),
        ...('entryId' in fault && { entryId: fault.entryId }),
        seal: fault.seal,
      },
    }),
    nextCursor,
  };
}
