import type { Fault } from '@signalbox/domain/error/app-error';
import type { FastifyRequest } from 'fastify';
import type { RequestFacts } from '../context.ts';
import { remoteAddress } from './remote-address.ts';
import type { ReplyPlan } from './reply-plan.ts';

/** What REST and the typed client each add to the facts of a call. */
export interface CallParts {
  readonly surface: RequestFacts['surface'];
  readonly reply: ReplyPlan;
  readonly faults?: readonly Fault[];
  readonly unknownTarget?: boolean;
  readonly notAcceptable?: string | null;
  /** The workspace a stream named beside its query, since a browser's event source sends no headers. */
  readonly workspaceId?: string | undefined;
}

/** Puts together what a procedure may know of its request. */
export function requestFacts(request: FastifyRequest, parts: CallParts): RequestFacts {
  const key = request.headers['idempotency-key'];
  const faults = [...(parts.faults ?? [])];
  if (key !== undefined && !wellFormedKey(key)) {
    faults.push({ pointer: '', detail: 'Idempotency-Key must have 1 to 255 visible ASCII characters' });
  }
  return {
    requestId: request.id,
    surface: parts.surface,
    headers: selectingHeaders(request, parts.workspaceId),
    remoteAddress: remoteAddress(request),
    idempotencyKey: typeof key === 'string' ? key : null,
    faults,
    unknownTarget: parts.unknownTarget ?? false,
    notAcceptable: parts.notAcceptable ?? null,
    reply: parts.reply,
    proven: ({ principal: { key, userId } }) =>
      request.proven?.(key === undefined ? `person:${userId}` : `key:${key.id}`),
    hangUp: () => request.raw.destroy(),
  };
}

/**
 * The headers that say who calls and about which workspace. Node keeps the first of two Authorization headers; here
 * two prove nothing, so that no proxy and no server can disagree on whose they are.
 */
function selectingHeaders(request: FastifyRequest, workspaceId: string | undefined): RequestFacts['headers'] {
  const doubled = (name: string) => (request.raw.headersDistinct[name]?.length ?? 0) > 1;
  return {
    ...(workspaceId === undefined ? {} : { 'x-workspace-id': workspaceId }),
    ...request.headers,
    ...(doubled('authorization') ? { authorization: '' } : {}),
    ...(doubled('x-webhook-secret') ? { 'x-webhook-secret': '' } : {}),
  };
}

/** Two headers arrive joined by a comma and a space, so they are refused here as well. */
function wellFormedKey(key: string | string[]): boolean {
  return typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key);
}
