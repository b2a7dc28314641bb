import type { AnyRouter } from '@trpc/server';
import type { NodeHTTPResponse } from '@trpc/server/adapters/node-http';
import { createOpenApiNodeHttpHandler, type NodeHTTPRequest, type OpenApiRouter } from 'trpc-to-openapi';
import type { RequestFacts } from '../context.ts';
import type { RestOperation } from './operations.ts';
import type { RestRequest } from './read-request.ts';

/** What a procedure came to: its data as JSON bytes, or the error it ended with. */
export type BridgeAnswer =
  | { readonly ok: true; readonly body: Buffer }
  | { readonly ok: false; readonly error: unknown };

/** Calls one procedure through the bridge. */
export type Bridge = (
  request: RestRequest,
  facts: RequestFacts,
  signal: AbortSignal,
) => Promise<BridgeAnswer>;

/** The plain request the bridge is given instead of Node's own: only what it reads, already parsed. */
interface PlainRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: RestRequest['query'];
  readonly body: RestRequest['body'];
  readonly signal: AbortSignal;
  readonly facts: RequestFacts;
  failure: { readonly error: unknown } | null;
}

/**
 * Makes the bridge for one operation. Each has its own handler over a router of one procedure, so the bridge's linear
 * search cannot take `/runs/{id}` for `/runs/what-if`: routing is Fastify's alone.
 */
export function createBridge(
  router: AnyRouter,
  operation: RestOperation,
  createContext: (facts: RequestFacts) => Promise<unknown>,
): Bridge {
  const alone = {
    ...router,
    _def: {
      ...router._def,
      procedures: { [operation.procedure]: router._def.procedures[operation.procedure] },
    },
  };
  const handle = createOpenApiNodeHttpHandler<OpenApiRouter, NodeHTTPRequest, NodeHTTPResponse>({
    router: alone as OpenApiRouter,
    createContext: ({ req }) => createContext(plain(req).facts),
    onError: ({ error, req }) => {
      plain(req).failure = { error };
    },
  });
  return async (request, facts, signal) => {
    const req: PlainRequest = {
      method: operation.facts.method,
      url: request.path,
      headers: { 'content-type': 'application/json' },
      query: request.query,
      body: request.body,
      signal,
      facts,
      failure: null,
    };
    let body = '';
    const res = {
      statusCode: 200,
      setHeader: () => {},
      end: (text?: string) => {
        body = text ?? '';
      },
    };
    // The bridge only reads the members above, which one of its tests holds it to.
    await handle(req as unknown as NodeHTTPRequest, res as unknown as NodeHTTPResponse);
    return req.failure === null
      ? { ok: true, body: Buffer.from(body) }
      : { ok: false, error: req.failure.error };
  };
}

function plain(req: NodeHTTPRequest): PlainRequest {
  return req as unknown as PlainRequest;
}
