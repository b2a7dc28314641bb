import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import type { StartResult } from '@signalbox/db/commands/gate/start-runs';
import { holds, type Principal } from '@signalbox/domain/access/principal';
import { describeStart, type StartVerdict, verdictReason } from '@signalbox/domain/gate/describe-start';
import { stepsFor } from '@signalbox/domain/gate/reasons';
import type { ScopeHolder } from '@signalbox/domain/gate/start-facts';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { operationRule } from '@signalbox/domain/operation/registry';
import { presentRunSummary } from '../run/run-summary.ts';
import { moment, optionalMoment } from '../time.ts';
import { presentSteps } from './next-steps.ts';
import { presentReason } from './reason.ts';

/** What the gate decided, with the start it decided. */
export interface DecidedOutcome {
  readonly request: StartRequest;
  readonly result: Extract<StartResult, { kind: 'decided' }>;
  /** True for a what-if, which makes nothing. */
  readonly asked: boolean;
}

/** The gate's answer in words, with the reason and what this caller can do about it. */
export function presentStartOutcome({ request, result, asked }: DecidedOutcome, now: Date): StartOutcome {
  const { verdict, run } = result;
  const { principal, idempotency } = request;
  const code = verdictReason(verdict);
  return {
    outcome: verdict.kind,
    message: describeStart(verdict, operationRule(request.operation), asked),
    ...(code !== null && { reason: presentReason(code) }),
    nextSteps: stepsOf(verdict, request, principal),
    ...(run !== null && { run: presentRunSummary(run, now) }),
    ...(verdict.kind === 'scope_busy' && { holder: presentHolder(verdict.holder) }),
    ...optionalMoment('retryAt', retryAt(verdict, now)),
    ...(verdict.kind === 'blocked' && blockedDetails(verdict)),
    ...(verdict.kind === 'accepted' && verdict.status === 'awaiting_approval' && { approvalNeeded: true }),
    ...(verdict.connectionId !== null && { connectionId: verdict.connectionId }),
    ...(idempotency !== null && !asked && { idempotencyKey: idempotency.key }),
  };
}

/** Who holds a scope, since when, and until when by experience. */
export function presentHolder(
  holder: Pick<ScopeHolder, 'runId' | 'batchUid' | 'operation' | 'since'> &
    Partial<Pick<ScopeHolder, 'expectedEnd'>>,
): NonNullable<StartOutcome['holder']> {
  return {
    ...(holder.runId !== null && { runId: holder.runId }),
    ...(holder.batchUid !== undefined && { batchId: holder.batchUid }),
    operation: holder.operation,
    since: moment(holder.since),
    ...optionalMoment('expectedEnd', holder.expectedEnd ?? null),
  };
}

function stepsOf(
  verdict: StartVerdict,
  request: StartRequest,
  principal: Principal,
): StartOutcome['nextSteps'] {
  const code = verdictReason(verdict);
  if (code === null) return [];
  return presentSteps(
    stepsFor(code, (capability) => holds(principal, capability)),
    principal,
    {
      runId: verdict.kind === 'deduped' ? verdict.run.runId : null,
      holderId: verdict.kind === 'scope_busy' ? verdict.holder.runId : null,
      holderBatch: verdict.kind === 'scope_busy' ? verdict.holder.batchUid : undefined,
      connectionId: verdict.connectionId,
      tenantId: request.tenantId,
      operation: request.operation,
    },
  );
}

/** When trying again makes sense. An expected end that has passed was a wrong guess and is not told. */
function retryAt(verdict: StartVerdict, now: Date): Date | null {
  if (verdict.kind === 'blocked') return verdict.retryAt ?? null;
  if (verdict.kind !== 'scope_busy') return null;
  const { expectedEnd } = verdict.holder;
  return expectedEnd !== null && expectedEnd > now ? expectedEnd : null;
}

function blockedDetails(verdict: Extract<StartVerdict, { kind: 'blocked' }>): Partial<StartOutcome> {
  const { missingPermissions, quota } = verdict;
  return {
    ...(missingPermissions !== undefined && { missingPermissions: [...missingPermissions] }),
    ...(quota !== undefined && { quota: { ...quota } }),
  };
}
