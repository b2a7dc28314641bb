import type { Principal } from '@signalbox/domain/access/principal';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { isOperation, operationRule } from '@signalbox/domain/operation/registry';
import { type RunAction, restartProblem } from '@signalbox/domain/run/actions';
import type { Database } from '../../client/database.ts';
import { failedItemKeys } from '../../queries/run/run-parts.ts';
import type { RunWithPayload } from '../../queries/run/run-record.ts';

/** What a caller adds to a restart. */
export interface RestartOptions {
  readonly action: Extract<RunAction, 'replay' | 'retry_failed_items'>;
  /** Replaces the input of the run; already judged by the operation's shape. Replay only. */
  readonly input?: JsonObject;
  readonly idempotency: StartRequest['idempotency'];
  readonly requestId: string | null;
}

/** The start a restart stands for, unless the state of the run does not admit it. */
export type Restart =
  | { readonly kind: 'start'; readonly request: StartRequest }
  | { readonly kind: 'wrong_state'; readonly reason: string };

/**
 * Turns "run it again" into a start like any other: all of the run (replay), or only its failed items (retry).
 * The caller has already been shown to see the run.
 */
export async function restartRequest(
  db: Database,
  asked: { readonly principal: Principal; readonly run: RunWithPayload },
  options: RestartOptions,
): Promise<Restart> {
  const { principal, run } = asked;
  if (!isOperation(run.operation))
    return { kind: 'wrong_state', reason: 'This version no longer knows the operation.' };
  const rule = operationRule(run.operation);
  const facts = { status: run.status, failedItems: run.counts.failed, rule };
  const problem = restartProblem(options.action, facts);
  if (problem !== null) return { kind: 'wrong_state', reason: problem };
  const retry = options.action === 'retry_failed_items';
  const input = retry
    ? await narrowed(db, principal.workspaceId, { run, field: rule.itemField })
    : (options.input ?? run.input);
  return {
    kind: 'start',
    request: {
      principal,
      operation: run.operation,
      tenantId: run.tenant?.id ?? null,
      connectionId: run.connection?.id ?? null,
      input,
      payloadHash: null,
      link: { parentRunId: run.id, kind: retry ? 'retry' : 'replay' },
      idempotency: options.idempotency,
      context: {},
      tags: run.tags,
      requestId: options.requestId,
    },
  };
}

/** The input of the run, narrowed to the items that failed. Item ids are numbers where the field takes numbers. */
async function narrowed(
  db: Database,
  workspaceId: string,
  { run, field }: { readonly run: RunWithPayload; readonly field: string | null },
): Promise<JsonObject> {
  if (field === null) return run.input;
  const keys = await db.inWorkspace(workspaceId, (tx) => failedItemKeys(tx, run.id));
  return { ...run.input, [field]: field === 'itemIds' ? keys.map(Number) : keys };
}
