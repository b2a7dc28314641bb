import { AppError } from '@signalbox/domain/error/app-error';
import type { AnyRouter } from '@trpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestFacts } from '../context.ts';
import { toProblem } from '../errors/to-problem.ts';
import type { Page } from '../html/page.ts';
import { problemDocument } from '../html/problem-page.ts';
import { type AnswerForm, acceptedForm, givenMedia } from '../http/accept.ts';
import { ReplyPlan } from '../http/reply-plan.ts';
import { requestFacts } from '../http/request-facts.ts';
import { sendProblem } from '../http/send-problem.ts';
import { createBridge } from './bridge.ts';
import type { OpenCalls } from './open-calls.ts';
import type { RestOperation } from './operations.ts';
import { readRequest } from './read-request.ts';

/** What operations are served from. */
export interface OperationSource {
  readonly router: AnyRouter;
  readonly createContext: (facts: RequestFacts) => Promise<unknown>;
  /** The page of an answer, for operations that are given as one. */
  readonly page: (operation: RestOperation, answer: Buffer) => Page;
  readonly calls: OpenCalls;
}

/** Serves one operation at its path and method. */
export function serveOperation(
  app: FastifyInstance,
  operation: RestOperation,
  source: OperationSource,
): void {
  const bridge = createBridge(source.router, operation, source.createContext);
  const { dialect, media } = operation.facts;

  /** The form the caller prefers; null when they accept none of ours. */
  function formFor(request: FastifyRequest): AnswerForm | null {
    return media === undefined ? 'json' : acceptedForm(request.headers.accept, media);
  }

  function refuse(reply: FastifyReply, error: unknown): FastifyReply {
    const asPage = media !== undefined && formFor(reply.request) === 'html';
    return asPage ? sendProblemPage(reply, error) : sendProblem(reply, error, dialect);
  }

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const form = formFor(request);
    if (media !== undefined) reply.header('vary', 'accept');
    const read = readRequest(operation, request);
    const plan = new ReplyPlan();
    const facts = requestFacts(request, {
      surface: 'rest',
      reply: plan,
      faults: read.faults,
      unknownTarget: read.unknownTarget,
      notAcceptable: form === null && media !== undefined ? givenMedia(media) : null,
    });
    const result = await bridge(read, facts, source.calls.signalFor(reply));
    reply.header('cache-control', 'no-store');
    for (const [name, value] of plan.headers) reply.header(name, value);
    if (!result.ok) return refuse(reply, result.error);
    if (plan.refusal !== null) return refuse(reply, new AppError(plan.refusal));
    if (form === 'html') return sendPage(reply.code(plan.successStatus), source.page(operation, result.body));
    // Bytes, not text: Fastify would add a charset to the media type of text.
    return reply
      .code(plan.successStatus)
      .type(media?.json ?? 'application/json')
      .send(result.body);
  }

  app.route({
    method: operation.facts.method,
    url: fastifyPath(operation.facts.path),
    config: { dialect, limited: !isProbe(operation) },
    handler: (request, reply) => answer(request, reply).catch((error: unknown) => refuse(reply, error)),
  });
}

/** What a person with a browser is told: the same status, headers and facts, as a page. */
function sendProblemPage(reply: FastifyReply, error: unknown): FastifyReply {
  const { problem, headers, unexpected } = toProblem(error, reply.request.id);
  if (unexpected) reply.log.error({ err: error, requestId: reply.request.id }, 'request failed');
  reply.code(problem.status).headers({ 'cache-control': 'no-store', ...headers });
  return sendPage(reply, problemDocument(problem, reply.request.method === 'GET' ? reply.request.url : null));
}

function sendPage(reply: FastifyReply, { body, policy }: Page): FastifyReply {
  return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(body);
}

/** What a balancer asks all the time, and must always hear. */
function isProbe({ facts }: RestOperation): boolean {
  return facts.security === 'none' && facts.tags.includes('Health');
}

/** `/v1/runs/{id}` as Fastify writes it: `/v1/runs/:id`. */
export function fastifyPath(path: string): string {
  return path.replace(/\{([^}]+)\}/g, ':$1');
}
