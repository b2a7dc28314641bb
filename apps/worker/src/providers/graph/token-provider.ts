import { memberOf } from '../http/safe-code.ts';
import type { RetryContext } from '../http/try-until-settled.ts';
import { GraphFailure, type GraphFailureKind } from './graph-failure.ts';
import { sendWithRetry } from './send-with-retry.ts';

/** Who signs in, and where. `loginUrl` is `https://login.microsoftonline.com` for the real service. */
export interface TokenRequest {
  readonly loginUrl: string;
  readonly tenantExternalId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The resource the token is for, with `/.default`. */
  readonly scope: string;
}

/** Access tokens of one application in one tenant. */
export interface TokenProvider {
  /** A token good for at least a minute; one request serves all who ask at the same time. */
  get(): Promise<string>;
  /** Forgets a token the service refused, if it is still the current one. */
  forget(token: string): void;
  /** False when the current token says that it carries no application role: nobody has consented. */
  consented(): boolean;
}

/** A token is replaced this long before it expires, in milliseconds, so that none runs out under way. */
const renewBeforeMs = 60_000;

/**
 * Makes a token provider for client credentials: one POST, kept until shortly before it expires.
 * @throws from `get`: GraphFailure `auth` or `consent` with the AADSTS number as code, `unavailable`, or
 * GraphThrottled.
 */
export function createTokenProvider(
  request: TokenRequest,
  context: Omit<RetryContext, 'write'>,
): TokenProvider {
  let current: { token: string; renewAt: number; consented: boolean } | undefined;
  let asking: Promise<string> | undefined;
  const ask = async (): Promise<string> => {
    const { token, expiresInMs } = await requestToken(request, { ...context, write: false });
    // A very short-lived token is still used once; it must not be asked for again on every call.
    const renewAt = performance.now() + Math.max(expiresInMs - renewBeforeMs, expiresInMs / 2);
    current = { token, renewAt, consented: hasRoles(token) };
    return token;
  };
  return {
    get() {
      if (current !== undefined && performance.now() < current.renewAt) return Promise.resolve(current.token);
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    forget(token) {
      if (current?.token === token) current = undefined;
    },
    consented: () => current?.consented ?? true,
  };
}

async function requestToken(
  request: TokenRequest,
  context: RetryContext,
): Promise<{ token: string; expiresInMs: number }> {
  const tenant = encodeURIComponent(request.tenantExternalId);
  const url = `${request.loginUrl.replace(/\/$/, '')}/${tenant}/oauth2/v2.0/token`;
  const send = (): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([context.signal, AbortSignal.timeout(30_000)]),
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        scope: request.scope,
        client_id: request.clientId,
        client_secret: request.clientSecret,
      }),
    });
  const response = await sendWithRetry(send, context);
  const body: unknown = await response.json().catch(() => undefined);
  context.signal.throwIfAborted();
  const token = memberOf(body, 'access_token');
  const expiresIn = Number(memberOf(body, 'expires_in'));
  if (response.ok && typeof token === 'string' && Number.isFinite(expiresIn)) {
    return { token, expiresInMs: expiresIn * 1000 };
  }
  throw tokenFailure(response, body);
}

/** Numbers by which the token endpoint says that consent, not the credential, is what is missing. */
const consentNumbers: readonly number[] = [65001, 7000229];

function tokenFailure(response: Response, body: unknown): GraphFailure {
  const numbers = memberOf(body, 'error_codes');
  const number: unknown = Array.isArray(numbers) ? numbers[0] : undefined;
  const known = typeof number === 'number' && Number.isSafeInteger(number);
  const kind: GraphFailureKind =
    response.status >= 500 ? 'unavailable' : known && consentNumbers.includes(number) ? 'consent' : 'auth';
  const trace = memberOf(body, 'trace_id');
  return new GraphFailure({
    kind,
    code: known ? `AADSTS${number}` : 'token_refused',
    status: response.status,
    requestId: typeof trace === 'string' ? trace : null,
    effect: 'none',
  });
}

/**
 * Whether the token's `roles` claim names anything. Only a hint, to word a later 403 better: the token is
 * opaque by contract, so one that cannot be read counts as consented.
 */
function hasRoles(token: string): boolean {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const roles = memberOf(claims, 'roles');
    return Array.isArray(roles) && roles.length > 0;
  } catch {
    return true;
  }
}
