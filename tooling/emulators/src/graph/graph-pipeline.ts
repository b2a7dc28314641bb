import type { FaultRule } from '../http/faults.ts';
import { pause } from '../http/pause.ts';
import type { WireReply as Reply, WireReply, WireRequest } from '../http/wire.ts';
import type { Emulator, Route, RouteCall } from './context.ts';
import { graphError } from './protocol.ts';
import { deviceManagementRoutes } from './routes/device-management.ts';
import { directoryRoutes } from './routes/directory.ts';
import { policyRoutes } from './routes/policies.ts';
import type { TokenGrant } from './tokens.ts';
import { usualCode } from './usual-code.ts';

const routes: readonly Route[] = [...directoryRoutes, ...deviceManagementRoutes, ...policyRoutes];
const writeMethods = new Set(['POST', 'PATCH', 'PUT', 'DELETE']);

/** The answer a fault gives. */
export function faultReply(request: WireRequest, fault: FaultRule): Reply | undefined {
  if (fault.dropConnection === true) return { status: 0, drop: true };
  if (fault.text !== undefined) return { status: fault.status ?? 200, text: fault.text };
  if (fault.status === undefined) return undefined;
  const headers = fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) };
  const code = fault.code ?? usualCode(fault.status);
  return graphError(request, { status: fault.status, code, message: 'Injected by the emulator.', headers });
}

function decodeQuery(search: string): string {
  try {
    return decodeURIComponent(search);
  } catch {
    return search;
  }
}

/** The grant of the bearer token, or the 401 the real service gives. */
export function authenticate(emulator: Emulator, request: WireRequest): TokenGrant | Reply {
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const grant = token === undefined ? 'missing' : emulator.tokens.check(token);
  if (typeof grant === 'object') return grant;
  const messages = {
    missing: 'Access token is empty.',
    unknown: 'IDX14100: JWT is not well formed or its signature is invalid.',
    expired: 'Lifetime validation failed, the token is expired.',
  };
  return graphError(request, {
    status: 401,
    code: 'InvalidAuthenticationToken',
    message: messages[grant],
    headers: { 'WWW-Authenticate': 'Bearer realm="", authorization_uri="https://login.microsoftonline.com"' },
  });
}

/**
 * One Graph request: token, fault, route, permission, limit, handler, ledger, in that order. Items of a
 * $batch pass here one by one.
 */
export async function graphPipeline(emulator: Emulator, request: WireRequest): Promise<WireReply> {
  const startedAt = new Date().toISOString();
  const grant = authenticate(emulator, request);
  const tenantAlias = 'status' in grant ? undefined : grant.tenantAlias;
  const { pathname, search } = request.url;
  const asked = { method: request.method, path: pathname, query: decodeQuery(search), tenant: tenantAlias };
  const fault = emulator.faults.take(asked);
  if (fault?.delayMs !== undefined) await pause(fault.delayMs);
  const instead = fault === undefined ? undefined : faultReply(request, fault);
  const real =
    instead !== undefined && fault?.afterEffect !== true ? undefined : answer(emulator, request, grant);
  const reply = instead ?? (await real) ?? { status: 500 };
  if (writeMethods.has(request.method) && !('status' in grant)) {
    const happened = await real;
    emulator.ledger.append({
      startedAt,
      endedAt: new Date().toISOString(),
      tenant: grant.tenantAlias,
      appId: grant.appId,
      method: request.method,
      path: decodeURIComponent(pathname),
      clientRequestId: request.headers['client-request-id'] ?? null,
      effectKey: request.headers['x-signalbox-effect-key'] ?? null,
      status: reply.status,
      applied: happened !== undefined && happened.status < 300,
    });
  }
  return reply;
}

async function answer(emulator: Emulator, request: WireRequest, grant: TokenGrant | Reply): Promise<Reply> {
  if ('status' in grant) return grant;
  const tenant = emulator.world.get(grant.tenantAlias);
  const [, version, ...segments] = decodeURIComponent(request.url.pathname).split('/');
  const path = `/${segments.join('/')}`;
  const found = routes.filter(
    (route) => route.pattern.test(path) && route.versions.some((v) => v === version),
  );
  const route = found.find((candidate) => candidate.method === request.method);
  if (tenant === undefined || route === undefined || (version !== 'v1.0' && version !== 'beta')) {
    return found.length > 0
      ? graphError(request, { status: 405, code: 'Request_BadRequest', message: 'Method not allowed here.' })
      : graphError(request, {
          status: 400,
          code: 'BadRequest',
          message: `Resource not found for the segment '${segments[0] ?? ''}'.`,
        });
  }
  if (route.anyOf.length > 0 && !route.anyOf.some((permission) => grant.roles.includes(permission))) {
    return forbidden(request, route);
  }
  if (route.area === 'intune') {
    const wait = emulator.limiter.take(`${grant.appId}:${tenant.alias}`, writeMethods.has(request.method));
    if (wait !== undefined) {
      return graphError(request, {
        status: 429,
        code: 'TooManyRequests',
        message: 'Too many requests for this application and tenant.',
        headers: { 'Retry-After': String(wait) },
      });
    }
  }
  const groups = route.pattern.exec(path)?.groups ?? {};
  const call: RouteCall = {
    emulator,
    tenant,
    grant,
    version,
    request,
    area: route.area,
    path: { ...groups },
  };
  return route.handle(call);
}

function forbidden(request: WireRequest, route: Route): Reply {
  if (route.area === 'directory') {
    const message = 'Insufficient privileges to complete the operation.';
    return graphError(request, { status: 403, code: 'Authorization_RequestDenied', message });
  }
  // Intune wraps its text in JSON, which is one more reason never to read it.
  const message = JSON.stringify({
    _version: 3,
    Message: `Application is not authorized to perform this operation. Application must have one of the following scopes: ${route.anyOf.join(', ')}`,
  });
  return graphError(request, { status: 403, code: 'Forbidden', message });
}
