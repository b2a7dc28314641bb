import type { Dialect } from '@signalbox/contracts/openapi/operation';
import type { FastifyReply } from 'fastify';
import { toEnvelope } from '../errors/envelope.ts';
import { toProblem } from '../errors/to-problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whose error envelope the route speaks. */
    dialect?: Dialect;
  }
}

/** Answers an error of any kind in the envelope of the surface, and logs it when it is ours. */
export function sendProblem(reply: FastifyReply, error: unknown, dialect: Dialect): FastifyReply {
  const { problem, headers, unexpected } = toProblem(error, reply.request.id);
  if (unexpected) reply.log.error({ err: error, requestId: reply.request.id }, 'request failed');
  const envelope = toEnvelope(problem, dialect);
  return reply
    .code(problem.status)
    .headers({ 'cache-control': 'no-store', 'x-request-id': reply.request.id, ...headers })
    .type(envelope.contentType)
    .send(Buffer.from(JSON.stringify(envelope.body)));
}
