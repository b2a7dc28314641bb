import type { FastifyInstance, FastifyReply } from 'fastify';

/** What is being answered now. */
export interface OpenCalls {
  /**
   * Aborts when the caller goes away before the answer is out, and when the server is being closed: whatever only waits
   * then answers at once. Fastify's own signal also fires once a body was read.
   */
  signalFor(reply: FastifyReply): AbortSignal;
}

/** Keeps an eye on the calls of a server. */
export function openCalls(app: FastifyInstance): OpenCalls {
  const open = new Map<AbortController, FastifyReply>();
  let closing = false;
  app.addHook('preClose', (done) => {
    closing = true;
    for (const [call, reply] of open) {
      // Else the connection would be kept for the next request, and the server for it.
      if (!reply.sent) reply.header('connection', 'close');
      call.abort();
    }
    done();
  });
  return {
    signalFor(reply) {
      const call = new AbortController();
      if (closing) call.abort();
      open.set(call, reply);
      reply.raw.once('close', () => {
        open.delete(call);
        if (!reply.raw.writableFinished) call.abort();
      });
      return call.signal;
    },
  };
}
