import type { ProviderRunDetail } from '@signalbox/contracts/provider-dispatch/run-detail';
import type { RunWithPayload } from '@signalbox/db/queries/run/run-record';
import type { Principal } from '@signalbox/domain/access/principal';
import { isOperation, operationRule } from '@signalbox/domain/operation/registry';
import { runReason, whatNext } from '@signalbox/domain/run/describe-run';
import { presentSteps } from '../gate/next-steps.ts';
import { presentReason } from '../gate/reason.ts';
import { narrativeFacts } from '../run/narrative.ts';
import { objectsOf } from '../run/run.ts';
import { presentProviderSteps } from './next-steps.ts';
import { dispatchWords } from './run-words.ts';

/** A run with what its detail tells beside its own row. */
export interface DispatchedRun {
  readonly record: RunWithPayload;
  /** Scope keys it holds now. */
  readonly scopes: readonly string[];
  readonly liveWorkers: number;
  readonly now: Date;
}

/** A run in the words of the provider-dispatch contract, for one caller. */
export function presentRunDetail(run: DispatchedRun, principal: Principal): ProviderRunDetail {
  const { record, scopes, liveWorkers, now } = run;
  const facts = narrativeFacts(record, liveWorkers);
  const reason = runReason(facts);
  const steps = presentSteps(whatNext(facts, now).steps, principal, objectsOf(record));
  return {
    runId: record.id,
    operationType: record.operation,
    ...dispatchWords(record.status),
    ...(record.connection !== null && {
      providerConnection: { ...record.connection, ...providerOf(record.operation) },
    }),
    protectedScope: {
      keys: [...scopes],
      held: scopes.length > 0,
      ...(record.tenant !== null && { tenant: record.tenant.externalId }),
    },
    shortReason: reason === null ? null : presentReason(reason).label,
    nextSteps: presentProviderSteps(steps),
    diagnosticsAvailable: record.startedAt !== null,
  };
}

/** The provider of an operation this version knows. */
function providerOf(operation: string): { provider?: string } {
  const provider = isOperation(operation) ? operationRule(operation).provider : null;
  return provider === null ? {} : { provider };
}
