import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { type HttpRetryBounds, retryAfterMs } from '../http/decide-retry.ts';
import { neverConnected } from '../http/never-connected.ts';
import {
  defaultRetryBounds,
  type ThrottleNotice,
  type Tried,
  tryUntilSettled,
} from '../http/try-until-settled.ts';
import { ServerFailure } from '../servers/server-failure.ts';
import { answerFailure } from './answer-failure.ts';

/** What opens an account: its name and password, or a token. */
export type UpcloudCredential =
  | { readonly username: string; readonly password: string }
  | { readonly token: string };

/** How to reach the API. */
export interface UpcloudClientOptions {
  /** `https://api.upcloud.com` for the real service. */
  readonly baseUrl: string;
  readonly credential: UpcloudCredential;
  readonly onThrottle?: (notice: ThrottleNotice) => void;
  /** Changes what a call spends on waiting; for tests. */
  readonly retry?: Partial<HttpRetryBounds>;
}

/** One call. */
export interface UpcloudCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Behind `/1.3/`, ids already encoded. */
  readonly path: string;
  readonly query?: readonly (readonly [string, string])[];
  readonly body?: JsonObject;
  /** Doing it twice would do two things, so it is not repeated unless it certainly had no effect. */
  readonly once?: true;
}

/** The body of a successful answer. Throws ServerFailure, or the signal's reason as soon as it aborts. */
export type UpcloudClient = (call: UpcloudCall, signal: AbortSignal) => Promise<JsonObject>;

/** The longest wait for one answer, in milliseconds. */
const answerTimeoutMs = 60_000;

/** Makes a client of the UpCloud API 1.3; no request is sent before the first call. */
export function createUpcloudClient(options: UpcloudClientOptions): UpcloudClient {
  const base = options.baseUrl.replace(/\/+$/, '');
  const authorization = authorizationOf(options.credential);
  const bounds = { ...defaultRetryBounds, ...options.retry };
  const onThrottle = options.onThrottle ?? (() => undefined);

  return async (call, signal) => {
    const write = call.once === true;
    const query = new URLSearchParams(call.query?.map(([name, value]) => [name, value])).toString();
    const url = `${base}/1.3/${call.path}${query === '' ? '' : `?${query}`}`;
    const settled = await tryUntilSettled(() => sendOnce(url, { call, authorization, signal }), {
      write,
      signal,
      bounds,
      onThrottle,
    });
    if (settled.kind === 'broken') {
      const code = settled.unsent ? 'connection_refused' : 'connection_lost';
      const effect = write && !settled.unsent ? 'unknown' : 'none';
      throw new ServerFailure({ kind: 'unavailable', code, status: null, effect });
    }
    const throttle = settled.kind === 'throttled' ? { retryAfterMs: settled.retryAfterMs } : {};
    if (settled.kind === 'throttled' || !settled.result.ok) {
      throw new ServerFailure({ ...(await answerFailure(settled.result, write)), ...throttle });
    }
    return readBody(settled.result, write);
  };
}

function authorizationOf(credential: UpcloudCredential): string {
  if ('token' in credential) return `Bearer ${credential.token}`;
  const { username, password } = credential;
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** One fetch with the body read to its end, so that a connection cut inside the body counts as one cut before it. */
async function sendOnce(
  url: string,
  request: { readonly call: UpcloudCall; readonly authorization: string; readonly signal: AbortSignal },
): Promise<Tried<Response>> {
  const { call, authorization, signal } = request;
  try {
    const answer = await fetch(url, {
      method: call.method,
      headers: { authorization, accept: 'application/json', 'content-type': 'application/json' },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      // A redirect would take the credential to another place.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]),
    });
    const body = await answer.arrayBuffer();
    const { status, headers } = answer;
    const response = new Response(body.byteLength === 0 ? null : body, { status, headers });
    const wait = retryAfterMs(headers.get('retry-after'), Date.now());
    return { attempt: { kind: 'answer', status, retryAfterMs: wait }, result: response };
  } catch (error) {
    signal.throwIfAborted();
    return { attempt: { kind: 'broken', unsent: neverConnected(error) } };
  }
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
  throw new ServerFailure({
    kind: 'unavailable',
    code: 'unreadable_answer',
    status: response.status,
    effect,
  });
}
