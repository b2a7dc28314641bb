import type { ContractMeta } from '@signalbox/contracts/openapi/operation';
import type { Principal } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { OperationOn } from '@signalbox/domain/operation/registry';
import type { InfraSettings } from '@signalbox/domain/provisioning/infra-file';
import type { AppContext } from '../../context.ts';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { start, startRequest } from '../../gate/start.ts';
import { operationInput } from '../../gate/start-procedure.ts';
import { waitForEnd } from '../../gate/wait-for-end.ts';
import { refusalOf } from '../../openapi/answer-start.ts';
import { presentStartOutcome } from '../../presenters/gate/start-outcome.ts';
import { settingsOf } from '../../provisioning/settings-of.ts';

type Caller = AppContext & { readonly principal: Principal };

/** A workflow as the provisioning contract asks for it. */
export interface AskedWorkflow {
  readonly infra: string;
  readonly settings: string;
  readonly check_mode: boolean;
  readonly wait: boolean;
}

/** What makes a workflow a start of one operation. */
export interface Workflow {
  readonly meta: ContractMeta;
  readonly operation: OperationOn<'provisioning'>;
  /** What of the settings the operation is told, beside the infra itself. */
  told(settings: InfraSettings): JsonObject;
}

/**
 * Reads the settings of an infra that is there, as they are now, and asks the gate to start an operation with them.
 * @returns the uuid of the new run, or of the active one that does the same
 * @throws AppError invalid_input for settings, start_refused for a refusal
 */
export async function startWorkflow(
  ctx: Caller & { readonly signal?: AbortSignal | undefined },
  asked: AskedWorkflow,
  { meta, operation, told }: Workflow,
): Promise<string> {
  const { db, principal, infraRoot, workflowWaitMs } = ctx;
  const { workspaceId } = principal;
  const { infra, settings: path, check_mode: checkMode, wait } = asked;
  const settings = await settingsOf({ root: infraRoot, workspaceId, infra }, path);
  const { provider } = settings;
  const input = operationInput(operation, { infra, settings: path, checkMode, provider, ...told(settings) });
  const outcome = await start(
    ctx,
    startRequest(ctx, {
      operation,
      tenantId: null,
      connectionId: null,
      input,
      idempotency: idempotencyOf(ctx, meta, asked),
      context: { surface: 'provisioning', ...(wait && { wait }) },
    }),
  );
  const { run } = outcome.result;
  if (run === null) {
    const now = new Date();
    throw new AppError(refusalOf(presentStartOutcome(outcome, now), now));
  }
  if (wait) await waitForEnd(db, { workspaceId, runId: run.id, withinMs: workflowWaitMs }, ctx.signal);
  return run.uid;
}
