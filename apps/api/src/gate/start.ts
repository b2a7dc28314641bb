import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import { GateBusy, previewStart, type StartResult } from '@signalbox/db/commands/gate/start-runs';
import type { Principal } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { askBack } from '../answering-database.ts';
import type { AppContext } from '../context.ts';
import { answerStart } from '../openapi/answer-start.ts';
import { type DecidedOutcome, presentStartOutcome } from '../presenters/gate/start-outcome.ts';

type Caller = AppContext & { readonly principal: Principal };

/** What a surface adds to say what is to be started. */
export type Wish = Pick<StartRequest, 'operation' | 'tenantId' | 'connectionId' | 'input'> &
  Partial<Pick<StartRequest, 'payloadHash' | 'idempotency' | 'context' | 'tags' | 'codename' | 'sessionId'>>;

/** A start as the gate takes it, for the caller of this call. */
export function startRequest(ctx: Caller, wish: Wish): StartRequest {
  return {
    principal: ctx.principal,
    payloadHash: null,
    idempotency: null,
    link: null,
    context: { surface: ctx.surface },
    tags: [],
    requestId: ctx.requestId,
    ...wish,
  };
}

/**
 * Asks the gate to start something. Every surface starts here and nowhere else.
 * @throws AppError for what is an error of the request and no outcome of the gate
 */
export async function start(ctx: Caller, request: StartRequest): Promise<DecidedOutcome> {
  try {
    return { request, result: decided(await ctx.gate(request)), asked: false };
  } catch (error) {
    if (error instanceof GateBusy) throw new AppError({ code: 'unavailable', retryAfterSeconds: 1 });
    return askBack(error);
  }
}

/** Asks what a start would be answered, without making anything. */
export async function ask(ctx: Caller, request: StartRequest): Promise<DecidedOutcome> {
  return { request, result: decided(await previewStart(ctx.db, request)), asked: true };
}

/** Starts and answers in the native words: 201, 200, or a problem over REST. */
export async function startNatively(ctx: Caller, request: StartRequest): Promise<StartOutcome> {
  const now = new Date();
  return answerStart(ctx.reply, presentStartOutcome(await start(ctx, request), now), now);
}

/**
 * What the gate decided.
 * @throws AppError for what is an error of the request and no outcome of the gate
 */
export function decided(result: StartResult): DecidedOutcome['result'] {
  switch (result.kind) {
    case 'decided':
      return result;
    case 'not_found':
      throw new AppError({ code: 'not_found' });
    case 'forbidden':
      throw new AppError({ code: 'forbidden', capability: result.capability });
    case 'key_reused':
      throw new AppError({ code: 'idempotency_mismatch' });
    case 'key_in_flight':
      throw new AppError({ code: 'idempotency_in_flight' });
  }
}
