import type { Principal } from '@signalbox/domain/access/principal';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import type { RollbackStep, RollbackTarget } from '@signalbox/domain/provisioning/rollback-plan';

/** What is undone, as it was planned a moment ago. */
export interface PlannedRollback {
  readonly target: RollbackTarget;
  /** At least one. */
  readonly steps: readonly RollbackStep[];
  /** Of a checkpoint, for people. */
  readonly checkpointId?: string;
  readonly reason?: string;
}

/** The start that a rollback stands for; it holds every infra of which it undoes something. */
export function rollbackStart(principal: Principal, plan: PlannedRollback): StartRequest {
  const { target, steps, checkpointId, reason } = plan;
  const infras = [...new Set(steps.map(({ change }) => change.infra))].sort();
  const aim =
    target.kind === 'runs'
      ? { kind: target.kind, runIds: [...target.runIds] }
      : { ...target, ...(checkpointId !== undefined && { checkpointId }) };
  return {
    principal,
    operation: 'provisioning_rollback',
    tenantId: null,
    connectionId: null,
    input: {
      target: aim,
      changes: steps.map(({ change }) => change.seq),
      infras,
      ...(reason !== undefined && { reason }),
    },
    payloadHash: null,
    link: null,
    idempotency: null,
    context: {},
    tags: [],
    requestId: null,
  };
}
