import type { AnyRouter } from '@trpc/server';
import { fastifyRequestHandler } from '@trpc/server/adapters/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestFacts } from '../context.ts';
import { toProblem } from '../errors/to-problem.ts';
import { WireError } from '../errors/wire-error.ts';
import { guardedJson } from './json-guard.ts';
import { refuseOtherMethods } from './method-not-allowed.ts';
import { readBody } from './read-body.ts';
import { readQuery } from './read-query.ts';
import { ReplyPlan } from './reply-plan.ts';
import { requestFacts } from './request-facts.ts';
import { sendProblem } from './send-problem.ts';

const path = '/trpc/:path';

/** The most procedures one batched call may name. */
const mostInBatch = 50;

/** Serves the typed client. Its input passes the same guard as REST bodies. */
export function serveTrpc(
  app: FastifyInstance,
  source: { readonly router: AnyRouter; readonly createContext: (facts: RequestFacts) => Promise<object> },
): void {
  const streams = openStreams(app);

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const name = (request.params as { path: string }).path;
    guardInput(request);
    if (request.headers.accept?.includes('text/event-stream') === true) streams.add(reply);
    reply.header('cache-control', 'no-store');
    const plan = new ReplyPlan((header, value) => reply.header(header, value));
    await fastifyRequestHandler({
      router: source.router,
      createContext: ({ info }) =>
        source.createContext(
          requestFacts(request, {
            surface: 'trpc',
            reply: plan,
            workspaceId: info.connectionParams?.workspaceId,
          }),
        ),
      req: request,
      res: reply,
      path: name,
      maxBatchSize: mostInBatch,
      onError: ({ error }: { error: unknown }) => {
        const { unexpected } = toProblem(error, request.id);
        if (unexpected) request.log.error({ err: error, requestId: request.id }, 'call failed');
      },
    });
  }

  app.route({
    method: ['GET', 'POST'],
    url: path,
    config: { dialect: 'native', limited: true },
    handler: async (request, reply) => {
      await answer(request, reply).catch((error: unknown) => sendProblem(reply, error, 'native'));
      return reply;
    },
  });
  refuseOtherMethods(app, path, ['GET', 'POST']);
}

/** Judges the JSON of a call, in the body or in the query, before tRPC parses it. */
function guardInput(request: FastifyRequest): void {
  const body = readBody(request);
  // tRPC parses the text itself.
  request.body = body.kind === 'json' ? body.text : undefined;
  const { input } = readQuery(request.raw.url ?? '');
  if (typeof input !== 'string') return;
  const json = guardedJson(input);
  if (!json.ok) throw new WireError({ code: 'malformed_request', detail: json.detail });
}

/** Event streams never end by themselves, so closing the server cuts them; their clients come back and resume. */
function openStreams(app: FastifyInstance): { add(reply: FastifyReply): void } {
  const open = new Set<FastifyReply>();
  app.addHook('preClose', (done) => {
    for (const reply of open) reply.raw.destroy();
    done();
  });
  return {
    add(reply) {
      open.add(reply);
      reply.raw.once('close', () => open.delete(reply));
    },
  };
}
