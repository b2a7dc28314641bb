import { GateBusy } from '@signalbox/db/commands/gate/start-runs';
import { type StartedBootstrap, startBootstrap } from '@signalbox/db/commands/onboarding/start-bootstrap';
import type { BootstrapProgress } from '@signalbox/db/queries/onboarding/bootstrap';
import type { SessionRecord } from '@signalbox/db/queries/onboarding/sessions';
import type { Principal } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import type { BootstrapObstacle } from '@signalbox/domain/onboarding/bootstrap-obstacle';
import { describeBootstrap } from '@signalbox/domain/onboarding/describe-bootstrap';
import type { bootstrapTasks } from '@signalbox/domain/onboarding/tasks';
import { askBack } from '../answering-database.ts';
import type { AppContext } from '../context.ts';
import type { DecidedOutcome } from '../presenters/gate/start-outcome.ts';
import { decided } from './start.ts';
import { operationInput } from './start-procedure.ts';

type Caller = AppContext & { readonly principal: Principal };
type BootstrapOperation = (typeof bootstrapTasks)[number];

/** A bootstrap as a surface asks for it. */
export interface BootstrapAsk {
  readonly session: Pick<SessionRecord, 'id' | 'tenant'>;
  readonly connectionId: number | null;
  /** At least one. */
  readonly operations: readonly BootstrapOperation[];
  readonly sourceSurface: string | null;
  readonly idempotency: StartRequest['idempotency'];
}

/** What is said of a bootstrap without the gate: what stands in its way, or that the very same one is under way. */
export interface StatedOutcome {
  readonly outcome: 'deduped' | 'blocked';
  readonly operation: BootstrapOperation;
  readonly reason: BootstrapObstacle['reason'] | 'already_active';
  readonly message: string;
}

/** What a bootstrap was answered, before it is put into the words of a contract. */
export interface BootstrapAnswer {
  readonly said:
    | ({ readonly kind: 'decided' } & DecidedOutcome)
    | ({ readonly kind: 'stated' } & StatedOutcome);
  /** The operation that is under way; null when there is none. */
  readonly acceptedOperation: string | null;
  /** What waits behind it, in order. */
  readonly pendingOperations: readonly string[];
  readonly bootstrap: BootstrapProgress | null;
}

/**
 * Asks for a bootstrap.
 * @throws AppError for what is an error of the request and no outcome
 */
export async function askBootstrap(ctx: Caller, ask: BootstrapAsk): Promise<BootstrapAnswer> {
  const { session, idempotency, connectionId, sourceSurface, operations } = ask;
  const [first, ...rest] = operations.map((operation) => ({
    operation,
    input: operationInput(operation, {}),
  }));
  if (first === undefined) throw new Error('A bootstrap was asked for without an operation.');
  let started: StartedBootstrap;
  try {
    started = await startBootstrap(ctx.db, ctx.principal, {
      ...{ sessionId: session.id, connectionId, sourceSurface, idempotency },
      ...{ operations: [first, ...rest], requestId: ctx.requestId },
    });
  } catch (error) {
    if (error instanceof GateBusy) throw new AppError({ code: 'unavailable', retryAfterSeconds: 1 });
    return askBack(error);
  }
  switch (started.kind) {
    case 'not_found':
      throw new AppError({ code: 'not_found' });
    case 'refused':
      return {
        said: { kind: 'stated', outcome: 'blocked', operation: first.operation, ...started.obstacle },
        ...{ acceptedOperation: null, pendingOperations: [], bootstrap: null },
      };
    case 'joined':
      return joined(started.bootstrap, first.operation);
    case 'answered': {
      const { request, bootstrap } = started;
      const result = decided(started.result);
      const pending = rest.map(({ operation }) => operation);
      return {
        said: { kind: 'decided', request, result, asked: false },
        acceptedOperation: bootstrap === null ? null : first.operation,
        pendingOperations: bootstrap === null ? [] : pending,
        bootstrap,
      };
    }
  }
}

function joined(bootstrap: BootstrapProgress, operation: BootstrapOperation): BootstrapAnswer {
  const message = describeBootstrap(bootstrap, bootstrap.items);
  const underWay = bootstrap.items.find(({ status }) => status === 'admitted') ?? null;
  return {
    said: { kind: 'stated', outcome: 'deduped', operation, reason: 'already_active', message },
    acceptedOperation: underWay?.operation ?? null,
    pendingOperations: bootstrap.items.flatMap((item) => (item.status === 'waiting' ? [item.operation] : [])),
    bootstrap,
  };
}
