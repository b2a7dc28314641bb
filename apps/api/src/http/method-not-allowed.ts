import { METHODS } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { WireError } from '../errors/wire-error.ts';
import { sendProblem } from './send-problem.ts';

/** Teaches Fastify every method Node can parse, so that a known path answers each of them. CONNECT never gets here. */
export function acceptAllMethods(app: FastifyInstance): void {
  const known = new Set(app.supportedMethods);
  for (const method of METHODS) {
    if (method !== 'CONNECT' && !known.has(method)) app.addHttpMethod(method);
  }
}

/**
 * Answers 405 with `Allow` for every other method of a path. It does so before the body is looked at, so a wrong
 * method is never told as 413 or 415.
 */
export function refuseOtherMethods(app: FastifyInstance, url: string, allowed: readonly string[]): void {
  const allow = [...allowed].sort().join(', ');
  app.route({
    method: METHODS.filter((method) => method !== 'CONNECT' && !allowed.includes(method)),
    url,
    onRequest: (_request, reply, _done) => {
      sendProblem(reply, new WireError({ code: 'method_not_allowed', headers: { allow } }), 'native');
    },
    handler: () => undefined,
  });
}
