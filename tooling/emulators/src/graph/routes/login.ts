import { randomUUID } from 'node:crypto';
import type { WireReply, WireRequest } from '../../http/wire.ts';
import type { Emulator } from '../context.ts';
import { findTenant } from '../world.ts';

/** An error as the token endpoint words it: OAuth's `error` and Microsoft's numbered description. */
function tokenError(status: number, error: string, numbered: { number: number; text: string }): WireReply {
  const traceId = randomUUID();
  const correlationId = randomUUID();
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${numbered.number}: ${numbered.text} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [numbered.number],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${numbered.number}`,
    },
  };
}

/** `POST /{tenant}/oauth2/v2.0/token` for client credentials. */
export function tokenEndpoint(emulator: Emulator, request: WireRequest, tenantName: string): WireReply {
  const form = new URLSearchParams(request.body);
  const tenant = findTenant(emulator.world, tenantName);
  if (tenant === undefined) {
    const text = `Tenant '${tenantName}' not found. Check to make sure you have the correct tenant ID.`;
    return tokenError(400, 'invalid_request', { number: 90002, text });
  }
  if (!(request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) {
    const text = 'The request body must contain the following parameter: grant_type.';
    return tokenError(400, 'invalid_request', { number: 900144, text });
  }
  if (form.get('grant_type') !== 'client_credentials') {
    const text = 'The app requested an unsupported grant type.';
    return tokenError(400, 'unsupported_grant_type', { number: 70003, text });
  }
  const scope = form.get('scope') ?? '';
  if (!scope.endsWith('/.default')) {
    const text = `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.`;
    return tokenError(400, 'invalid_scope', { number: 1002012, text });
  }
  const clientId = form.get('client_id') ?? '';
  const { app } = tenant;
  if (clientId !== app.appId) {
    const text = `Application with identifier '${clientId}' was not found in the directory '${tenant.displayName}'.`;
    return tokenError(400, 'unauthorized_client', { number: 700016, text });
  }
  if (form.get('client_secret') !== app.secret) {
    const text = `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`;
    return tokenError(401, 'invalid_client', { number: 7000215, text });
  }
  if (app.secretExpiresAt !== null && Date.parse(app.secretExpiresAt) <= Date.now()) {
    const text = `The provided client secret keys for app '${clientId}' are expired.`;
    return tokenError(401, 'invalid_client', { number: 7000222, text });
  }
  const lifetime = emulator.settings.tokenLifetimeSeconds;
  return {
    status: 200,
    headers: { 'cache-control': 'no-store, no-cache' },
    body: {
      token_type: 'Bearer',
      expires_in: lifetime,
      ext_expires_in: lifetime,
      access_token: emulator.tokens.issue(tenant, lifetime),
    },
  };
}

/**
 * `GET /{tenant}/adminconsent`: where an administrator is asked. The emulator answers for the administrator
 * (yes unless told otherwise) and redirects back. Only loopback addresses may be redirected to, so that a
 * demo cannot be turned into an open redirect.
 */
export function adminConsent(emulator: Emulator, request: WireRequest, tenantName: string): WireReply {
  const params = request.url.searchParams;
  const tenant = findTenant(emulator.world, tenantName);
  if (tenant === undefined) {
    return tokenError(400, 'invalid_request', { number: 90002, text: `Tenant '${tenantName}' not found.` });
  }
  if (params.get('client_id') !== tenant.app.appId) {
    const text = `Application with identifier '${params.get('client_id') ?? ''}' was not found in the directory.`;
    return tokenError(400, 'unauthorized_client', { number: 700016, text });
  }
  const back = loopbackUrl(params.get('redirect_uri'));
  if (back === undefined) {
    const text = 'The redirect URI specified in the request does not match those configured.';
    return tokenError(400, 'invalid_request', { number: 50011, text });
  }
  const state = params.get('state');
  if (state !== null) back.searchParams.set('state', state);
  if (tenant.consentAnswer === 'deny') {
    back.searchParams.set('error', 'access_denied');
    back.searchParams.set('error_description', 'AADSTS65004: User declined to consent to access the app.');
  } else {
    tenant.consent = true;
    tenant.app.granted = [...tenant.app.requested];
    emulator.changed(tenant);
    back.searchParams.set('admin_consent', 'True');
    back.searchParams.set('tenant', tenant.id);
  }
  return { status: 302, headers: { location: back.href } };
}

function loopbackUrl(text: string | null): URL | undefined {
  if (text === null || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return loopback && (url.protocol === 'http:' || url.protocol === 'https:') ? url : undefined;
}
