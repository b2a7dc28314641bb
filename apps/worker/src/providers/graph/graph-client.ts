import { createHash, randomUUID } from 'node:crypto';
import { Client, type GraphRequest, ResponseType } from '@microsoft/microsoft-graph-client';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { HttpRetryBounds } from '../http/decide-retry.ts';
import { defaultRetryBounds, type ThrottleNotice } from '../http/try-until-settled.ts';
import { GraphFailure } from './graph-failure.ts';
import { CallOptions, createMiddleware } from './middleware.ts';
import { graphFailureOf } from './read-failure.ts';
import { createTokenProvider } from './token-provider.ts';

/** How to reach a tenant. The two addresses are settings, so that one adapter serves the service and its emulator. */
export interface GraphClientOptions {
  /** `https://graph.microsoft.com` for the real service. */
  readonly baseUrl: string;
  /** `https://login.microsoftonline.com` for the real service. */
  readonly loginUrl: string;
  readonly tenantExternalId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Ends every call and every wait at once. */
  readonly signal: AbortSignal;
  readonly onThrottle?: (notice: ThrottleNotice) => void;
  /** Changes what a call spends on waiting; for tests. */
  readonly retry?: Partial<HttpRetryBounds>;
}

/** One call. */
export interface GraphCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  readonly version: 'v1.0' | 'beta';
  /** Behind the version, ids already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  /** Headers that this call needs besides the usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The stable key of the effect; required for writes, absent for reads. */
  readonly effectKey?: string;
}

/** Microsoft Graph as one application in one tenant sees it. Every call of the worker goes through it. */
export interface GraphClient {
  readonly clientId: string;
  /** The body of a successful answer, an empty object when there is none. Throws GraphFailure or the abort reason. */
  send(call: GraphCall): Promise<JsonObject>;
  /** GETs a link that the service gave, as it is; refuses one that leads away from `baseUrl`. */
  follow(link: string): Promise<JsonObject>;
}

/** Makes a client; no request is sent before the first call. */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const base = new URL(options.baseUrl);
  const context = {
    signal: options.signal,
    bounds: { ...defaultRetryBounds, ...options.retry },
    onThrottle: options.onThrottle ?? (() => undefined),
  };
  const scope = `${base.protocol === 'https:' ? base.origin : 'https://graph.microsoft.com'}/.default`;
  const tokens = createTokenProvider({ ...options, scope }, context);
  const library = Client.initWithMiddleware({
    baseUrl: base.origin,
    middleware: createMiddleware(tokens, context),
  });

  const exchange = async (
    request: GraphRequest,
    call: { options: CallOptions; run: keyof typeof verbs; body?: JsonObject },
  ) => {
    options.signal.throwIfAborted();
    request.responseType(ResponseType.RAW).middlewareOptions([call.options]);
    let response: Response;
    try {
      response = (await verbs[call.run](request, call.body ?? {})) as Response;
    } catch (error) {
      throw call.options.failure ?? error;
    }
    if (!response.ok) {
      throw await graphFailureOf(response, { write: call.options.write, consented: tokens.consented() });
    }
    return readBody(response, call.options.write);
  };

  return {
    clientId: options.clientId,
    send(call) {
      const request = library.api(call.path).version(call.version);
      for (const [name, value] of Object.entries(call.query ?? {}))
        request.query({ [name]: encodeURIComponent(value) });
      request.headers({ ...call.headers, ...tracingHeaders(call.effectKey) });
      const own = new CallOptions({ write: call.method !== 'GET', url: undefined });
      return exchange(request, {
        options: own,
        run: call.method,
        ...(call.body === undefined ? {} : { body: call.body }),
      });
    },
    follow(link) {
      if (!URL.canParse(link) || new URL(link).origin !== base.origin) {
        const facts = { status: null, requestId: null, effect: 'none' } as const;
        return Promise.reject(new GraphFailure({ ...facts, kind: 'invalid', code: 'next_link_elsewhere' }));
      }
      const request = library.api('/').headers(tracingHeaders(undefined));
      return exchange(request, { options: new CallOptions({ write: false, url: link }), run: 'GET' });
    },
  };
}

const verbs = {
  GET: (request: GraphRequest): Promise<unknown> => request.get(),
  POST: (request: GraphRequest, body: JsonObject): Promise<unknown> => request.post(body),
  PATCH: (request: GraphRequest, body: JsonObject): Promise<unknown> => request.patch(body),
  PUT: (request: GraphRequest, body: JsonObject): Promise<unknown> => request.put(body),
};

/**
 * Headers by which a request is found again. The real service logs `client-request-id` and ignores
 * `x-signalbox-effect-key`; neither makes it repeat-safe there.
 */
function tracingHeaders(effectKey: string | undefined): Record<string, string> {
  if (effectKey === undefined) return { 'client-request-id': randomUUID() };
  return { 'client-request-id': effectUuid(effectKey), 'x-signalbox-effect-key': effectKey };
}

/** The same uuid (version 8, from SHA-256) for the same effect key, so that repeats can be told by the service's logs. */
export function effectUuid(effectKey: string): string {
  const hex = createHash('sha256').update(effectKey).digest('hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function readBody(response: Response, write: boolean): Promise<JsonObject> {
  const text = await response.text();
  if (text === '') return {};
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as JsonObject;
  } catch {
    // Said below: an answer that is not JSON is no answer of this service.
  }
  const effect = write ? 'unknown' : 'none';
  const { status } = response;
  throw new GraphFailure({ kind: 'unavailable', code: 'unreadable_answer', status, requestId: null, effect });
}
