import type { OnboardingEvidence } from '@signalbox/contracts/onboarding/contract-shapes';
import type { Evidence } from '@signalbox/contracts/onboarding/list-evidence';
import type { EvidenceRecord } from '@signalbox/db/queries/onboarding/evidence';
import { operationLabel } from '@signalbox/domain/gate/describe-start';
import { presentReason } from '../gate/reason.ts';
import { moment } from '../time.ts';

/** An observation about a tenant. */
export function presentEvidence(row: EvidenceRecord): Evidence {
  return {
    id: row.id,
    task: row.taskType,
    label: operationLabel(row.taskType),
    status: row.status,
    ...(row.reason !== null && { reason: presentReason(row.reason) }),
    ...(row.message !== null && { message: row.message }),
    payload: { ...row.payload },
    ...(row.runId !== null && { runId: row.runId }),
    ...(row.sessionId !== null && { sessionId: row.sessionId }),
    ...(row.connectionId !== null && { connectionId: row.connectionId }),
    recordedAt: moment(row.recordedAt),
  };
}

/** The same in the words of the onboarding contract. */
export function presentContractEvidence(row: EvidenceRecord): OnboardingEvidence {
  return {
    id: row.id,
    tenant_id: row.tenantId,
    onboarding_session_id: row.sessionId,
    provider_connection_id: row.connectionId,
    task_type: row.taskType,
    status: row.status,
    reason_code: row.reason,
    message: row.message,
    payload: { ...row.payload },
    operation_run_id: row.runId,
    recorded_at: moment(row.recordedAt),
  };
}
