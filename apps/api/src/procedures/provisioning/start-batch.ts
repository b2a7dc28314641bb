import type { ContractMeta } from '@signalbox/contracts/openapi/operation';
import type { Once } from '@signalbox/db/commands/gate/keep-once';
import { GateBusy } from '@signalbox/db/commands/gate/start-runs';
import type { BatchRefusal } from '@signalbox/db/commands/provisioning/admit-batch';
import { createBatch } from '@signalbox/db/commands/provisioning/create-batch';
import type { BatchDetail } from '@signalbox/db/queries/provisioning/batch';
import type { Principal } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import { checkBatchGraph } from '@signalbox/domain/provisioning/batch-graph';
import { type BatchOperation, batchWork, checkBatchReach } from '@signalbox/domain/provisioning/batch-work';
import { askBack } from '../../answering-database.ts';
import type { AppContext } from '../../context.ts';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { madeOnce } from '../../gate/made-once.ts';
import { refusalOf } from '../../openapi/answer-start.ts';
import { presentStartOutcome } from '../../presenters/gate/start-outcome.ts';

type Caller = AppContext & { readonly principal: Principal };

/** A batch as either surface asks for it. */
export interface AskedBatch {
  readonly name: string;
  readonly version: string;
  readonly storageBackend: string;
  readonly parallelLimit: number;
  readonly rollbackEnabled: boolean;
  readonly operations: readonly BatchOperation[];
}

/** The infra that is named as the batch, where an operation names none; it is made when there is none. */
export function ownInfra({ name, operations }: Pick<AskedBatch, 'name' | 'operations'>): string | null {
  return operations.some(({ config }) => config?.infra === undefined) ? name : null;
}

/**
 * Admits a batch. Both surfaces start here and nowhere else.
 * @throws AppError batch_impossible, forbidden, start_refused, unavailable, or the Idempotency-Key stands in the way
 */
export async function startBatch(
  ctx: Caller,
  asked: AskedBatch,
  about: { readonly meta: ContractMeta; readonly input: object },
): Promise<BatchDetail> {
  const { name, version, storageBackend, parallelLimit, rollbackEnabled, operations } = asked;
  const graph = checkBatchGraph(operations);
  const problems = graph.length > 0 ? graph : checkBatchReach(name, operations);
  if (problems.length > 0) throw new AppError({ code: 'batch_impossible', problems });
  const order = {
    ...{ name, version, storageBackend, parallelLimit, rollbackEnabled },
    works: batchWork(name, operations),
    ownInfra: ownInfra(asked),
    parentPlanId: null,
    requestId: ctx.requestId,
  };
  const idempotency = idempotencyOf(ctx, about.meta, about.input);
  return madeBatch(createBatch(ctx.db, ctx.principal, { order, idempotency }), refusalOfBatch);
}

/**
 * The batch that was made.
 * @throws AppError what `refusal` says of a refusal, unavailable, or the Idempotency-Key stands in the way
 */
export async function madeBatch<TRefused>(
  making: Promise<Once<BatchDetail, TRefused>>,
  refusal: (refused: TRefused) => AppError,
): Promise<BatchDetail> {
  const once = await making.catch((error: unknown) => {
    if (error instanceof GateBusy) throw new AppError({ code: 'unavailable', retryAfterSeconds: 1 });
    return askBack(error);
  });
  return madeOnce(once, refusal);
}

/** Why a batch was not admitted, as an error. */
export function refusalOfBatch(refused: BatchRefusal): AppError {
  if (refused.kind === 'problems')
    return new AppError({ code: 'batch_impossible', problems: refused.problems });
  const { decision, start } = refused.decided;
  if (decision.kind === 'forbidden')
    return new AppError({ code: 'forbidden', capability: decision.capability });
  if (decision.kind !== 'scope_busy' && decision.kind !== 'blocked')
    return new AppError({ code: 'not_found' });
  const now = new Date();
  const result = { kind: 'decided', verdict: decision, run: null } as const;
  const outcome = presentStartOutcome({ request: start.request, result, asked: false }, now);
  return new AppError(refusalOf(outcome, now));
}
