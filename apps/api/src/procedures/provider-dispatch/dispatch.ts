import type { ContractMeta } from '@signalbox/contracts/openapi/operation';
import type { ProviderStartOutcome } from '@signalbox/contracts/provider-dispatch/start-outcome';
import { getConnection } from '@signalbox/db/queries/connection/connections';
import { getRun } from '@signalbox/db/queries/run/get-run';
import type { Principal } from '@signalbox/domain/access/principal';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { redactLogged } from '@signalbox/domain/observability/redact-value';
import { operationRule } from '@signalbox/domain/operation/registry';
import type { AppContext } from '../../context.ts';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { start, startRequest, type Wish } from '../../gate/start.ts';
import type { DecidedOutcome } from '../../presenters/gate/start-outcome.ts';
import {
  type DispatchAround,
  presentProviderOutcome,
} from '../../presenters/provider-dispatch/start-outcome.ts';

export type Caller = AppContext & { readonly principal: Principal };

/** A start of the provider-dispatch contract. */
export interface Dispatch {
  readonly wish: Pick<Wish, 'operation' | 'tenantId' | 'connectionId' | 'input' | 'sessionId'>;
  /** The door it came through, and what the caller said beside: kept with the run and in the audit. */
  readonly context: JsonObject;
  /** The tenant, or the connection where there is none. */
  readonly subject: string;
  /** The contract and all that was given, for the Idempotency-Key. */
  readonly meta: ContractMeta;
  readonly given: object;
}

/** Asks the gate and answers in the words of the contract: each of the four outcomes is a 200. */
export async function dispatch(ctx: Caller, asked: Dispatch): Promise<ProviderStartOutcome> {
  const { wish, context, subject, meta, given } = asked;
  const idempotency = idempotencyOf(ctx, meta, given);
  // It may hold anything a caller had at hand, and is kept where many can read it.
  const kept = redactLogged(context) as JsonObject;
  const decided = await start(ctx, startRequest(ctx, { ...wish, context: kept, idempotency }));
  return presentProviderOutcome(decided, { subject, ...(await around(ctx, decided)) }, new Date());
}

/** What the answer names: the run at hand, else the holder's, and the connection. */
export async function around(
  { db, principal }: Caller,
  { result, request }: DecidedOutcome,
): Promise<Omit<DispatchAround, 'subject'>> {
  const { verdict, run } = result;
  const { provider } = operationRule(request.operation);
  if (run !== null) {
    const { connection } = run;
    return { run, connection: connection && provider && { ...connection, provider } };
  }
  const { connectionId } = verdict;
  const holderId = verdict.kind === 'scope_busy' ? verdict.holder.runId : null;
  return db.inWorkspace(principal.workspaceId, async (tx) => ({
    connection: connectionId === null ? null : await getConnection(tx, principal, connectionId),
    run: holderId === null ? null : await getRun(tx, principal, { id: holderId }),
  }));
}
