import type { Context, Middleware, MiddlewareOptions } from '@microsoft/microsoft-graph-client';
import type { RetryContext } from '../http/try-until-settled.ts';
import { sendWithRetry } from './send-with-retry.ts';
import type { TokenProvider } from './token-provider.ts';

/** What one call tells the middleware, and what the middleware tells back. */
export class CallOptions implements MiddlewareOptions {
  readonly write: boolean;
  /** An absolute address to use as it is: the library takes nextLinks apart and puts them together differently. */
  readonly url: string | undefined;
  /** The error as thrown: the library wraps errors of a middleware into its own and loses their type. */
  failure: unknown;

  constructor(call: { write: boolean; url: string | undefined }) {
    this.write = call.write;
    this.url = call.url;
  }
}

type Settings = Omit<RetryContext, 'write'>;

/** The longest wait for one answer, in milliseconds. */
const answerTimeoutMs = 60_000;

/**
 * The one middleware of our client, in place of the library's chain: its authentication sends no token to a host
 * it does not know over plain http, and its retry cannot be aborted and repeats writes after a 504.
 * Order: retry around token around fetch; a refused token is replaced once.
 */
export function createMiddleware(tokens: TokenProvider, settings: Settings): Middleware {
  return {
    async execute(context: Context): Promise<void> {
      const options = context.middlewareControl?.getMiddlewareOptions(CallOptions);
      if (!(options instanceof CallOptions)) throw new Error('a call without its options');
      if (options.url !== undefined) context.request = options.url;
      try {
        const retry = { ...settings, write: options.write };
        context.response = await sendWithRetry(() => sendAuthorised(context, tokens, settings.signal), retry);
      } catch (error) {
        options.failure = error;
        throw error;
      }
    },
  };
}

async function sendAuthorised(
  context: Context,
  tokens: TokenProvider,
  signal: AbortSignal,
): Promise<Response> {
  const token = await tokens.get();
  const response = await send(context, token, signal);
  if (response.status !== 401) return response;
  tokens.forget(token);
  return send(context, await tokens.get(), signal);
}

/** One fetch with the body read to its end, so that a connection cut inside the body counts as one cut before it. */
async function send(context: Context, token: string, signal: AbortSignal): Promise<Response> {
  const headers = new Headers(context.options?.headers as Record<string, string> | undefined);
  headers.set('authorization', `Bearer ${token}`);
  const response = await fetch(context.request, {
    ...(context.options?.method === undefined ? {} : { method: context.options.method }),
    ...(context.options?.body === undefined ? {} : { body: context.options.body }),
    headers,
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]),
  });
  const body = await response.arrayBuffer();
  const { status } = response;
  return new Response(body.byteLength === 0 ? null : body, { status, headers: response.headers });
}
