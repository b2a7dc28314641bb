import { AppError } from '@signalbox/domain/error/app-error';
import type { AnyRouter } from '@trpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestFacts } from '../context.ts';
import { ReplyPlan } from '../http/reply-plan.ts';
import { requestFacts } from '../http/request-facts.ts';
import { sendProblem } from '../http/send-problem.ts';
import { createBridge } from './bridge.ts';
import type { RestOperation } from './operations.ts';
import { readRequest } from './read-request.ts';

/** Serves one operation at its path and method. */
export function serveOperation(
  app: FastifyInstance,
  operation: RestOperation,
  source: { readonly router: AnyRouter; readonly createContext: (facts: RequestFacts) => Promise<unknown> },
): void {
  const bridge = createBridge(source.router, operation, source.createContext);
  const { dialect } = operation.facts;

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const read = readRequest(operation, request);
    const plan = new ReplyPlan();
    const facts = requestFacts(request, {
      surface: 'rest',
      reply: plan,
      faults: read.faults,
      unknownTarget: read.unknownTarget,
    });
    const result = await bridge(read, facts, callerSignal(reply));
    reply.header('cache-control', 'no-store');
    for (const [name, value] of plan.headers) reply.header(name, value);
    if (!result.ok) return sendProblem(reply, result.error, dialect);
    if (plan.refusal !== null) return sendProblem(reply, new AppError(plan.refusal), dialect);
    // Bytes, not text: Fastify would add a charset to the media type of text.
    return reply.code(plan.successStatus).type('application/json').send(result.body);
  }

  app.route({
    method: operation.facts.method,
    url: fastifyPath(operation.facts.path),
    config: { dialect, limited: !isProbe(operation) },
    handler: (request, reply) =>
      answer(request, reply).catch((error: unknown) => sendProblem(reply, error, dialect)),
  });
}

/** What a balancer asks all the time, and must always hear. */
function isProbe({ facts }: RestOperation): boolean {
  return facts.security === 'none' && facts.tags.includes('Health');
}

/** Aborts when the caller goes away before the answer is out. Fastify's own signal also fires once a body was read. */
function callerSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** `/v1/runs/{id}` as Fastify writes it: `/v1/runs/:id`. */
export function fastifyPath(path: string): string {
  return path.replace(/\{([^}]+)\}/g, ':$1');
}
