import type { WorkspaceTransaction } from '@signalbox/db/client/database';
import { type PlannedRollback, rollbackStart } from '@signalbox/db/commands/provisioning/rollback-start';
import { knowsKey } from '@signalbox/db/queries/gate/knows-key';
import { getCheckpoint } from '@signalbox/db/queries/provisioning/checkpoints';
import { namedRuns } from '@signalbox/db/queries/provisioning/named-runs';
import { rollbackNow } from '@signalbox/db/queries/provisioning/plan-rollback';
import type { Principal } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { rollbackLimit } from '@signalbox/domain/provisioning/rollback-plan';
import { found } from '../../access/capability.ts';
import type { AppContext } from '../../context.ts';
import { start, startRequest } from '../../gate/start.ts';
import type { DecidedOutcome } from '../../presenters/gate/start-outcome.ts';

/** What a rollback is asked for: exactly one of the two. */
export interface AskedRollback {
  readonly checkpointId: string | undefined;
  readonly operations: readonly string[] | undefined;
  /** The member of the body that names operations, for what is said about it. */
  readonly operationsField: string;
}

/** A rollback as it would be done now, with the name of its checkpoint. */
export type Planned = PlannedRollback & { readonly checkpointName?: string };

/**
 * Plans a rollback as things are now.
 * @throws AppError not_found for an unknown checkpoint or operation, invalid_input for a name that means several,
 * conflict where it is more than one rollback undoes
 */
export async function planRollback(
  { db, principal }: Pick<AppContext, 'db'> & { readonly principal: Principal },
  asked: AskedRollback,
): Promise<Planned> {
  return db.inWorkspace(principal.workspaceId, async (tx) => {
    const aim = await aimOf(tx, asked);
    const steps = await rollbackNow(tx, aim.target);
    if (steps !== 'too_many') return { ...aim, steps };
    const message = `This would undo more than ${rollbackLimit} changes; choose a later checkpoint, or operations.`;
    throw new AppError({ code: 'conflict', message });
  });
}

async function aimOf(
  tx: WorkspaceTransaction,
  { checkpointId, operations = [], operationsField }: AskedRollback,
): Promise<Pick<Planned, 'target' | 'checkpointId' | 'checkpointName'>> {
  if (checkpointId !== undefined) {
    const checkpoint = found(await getCheckpoint(tx, checkpointId));
    const target = { kind: 'checkpoint', afterSeq: checkpoint.changeSeq } as const;
    return { target, checkpointId, checkpointName: checkpoint.name };
  }
  const named = await namedRuns(tx, operations);
  if (named.kind === 'found') return { target: { kind: 'runs', runIds: named.runIds } };
  if (named.kind === 'unknown') throw new AppError({ code: 'not_found' });
  const pointer = `/${operationsField}/${operations.indexOf(named.name)}`;
  const detail = 'is an operation of several batches; write `batch uuid/operation id`';
  throw new AppError({ code: 'invalid_input', errors: [{ pointer, detail }] });
}

/**
 * Starts a rollback as it is planned now. Where an answer is kept under the key of the call, the gate gives that one:
 * what it undid is undone by now, so there would be nothing to plan.
 * @throws AppError as the plan does, and conflict where nothing of it could be undone
 */
export async function startRollbackRun(
  ctx: AppContext & { readonly principal: Principal },
  asked: AskedRollback & { readonly reason?: string },
  { idempotency, context }: Pick<StartRequest, 'idempotency' | 'context'>,
): Promise<DecidedOutcome> {
  const { db, principal } = ctx;
  const kept = await db.inWorkspace(principal.workspaceId, (tx) => knowsKey(tx, principal, idempotency));
  const plan: Planned = kept ? nothing : await planRollback(ctx, asked);
  if (!kept) requireSteps(plan);
  const { reason } = asked;
  const { operation, input } = rollbackStart(principal, { ...plan, ...(reason !== undefined && { reason }) });
  const wish = { operation, tenantId: null, connectionId: null, input, idempotency, context };
  return start(ctx, startRequest(ctx, wish));
}

const nothing: Planned = { target: { kind: 'runs', runIds: [] }, steps: [] };

/** @throws AppError conflict where a plan has nothing that could be undone */
function requireSteps({ steps }: Planned): void {
  if (steps.some(({ problem }) => problem === null)) return;
  const [first] = steps;
  const message =
    first === undefined ? 'There is nothing to undo.' : `Nothing of it can be undone: ${first.problem ?? ''}`;
  throw new AppError({ code: 'conflict', message });
}
