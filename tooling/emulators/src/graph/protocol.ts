import { randomUUID } from 'node:crypto';
import type { WireReply, WireRequest } from '../http/wire.ts';

/** A service area, because Graph's areas word their refusals differently. */
export type ServiceArea = 'directory' | 'intune';

/** Builds Graph's error envelope; `code` is what clients branch on, the text is for people. */
export function graphError(
  request: WireRequest,
  error: { status: number; code: string; message: string; headers?: Record<string, string> },
): WireReply {
  const requestId = randomUUID();
  const clientRequestId = request.headers['client-request-id'] ?? requestId;
  return {
    status: error.status,
    headers: { ...error.headers, 'request-id': requestId, 'client-request-id': clientRequestId },
    body: {
      error: {
        code: error.code,
        message: error.message,
        innerError: {
          date: new Date().toISOString().slice(0, 19),
          'request-id': requestId,
          'client-request-id': clientRequestId,
        },
      },
    },
  };
}

/** 404 as the area words it. */
export function notFound(request: WireRequest, area: ServiceArea): WireReply {
  const code = area === 'directory' ? 'Request_ResourceNotFound' : 'ResourceNotFound';
  return graphError(request, { status: 404, code, message: 'The resource could not be found.' });
}

/** 400 as the area words it. */
export function badRequest(request: WireRequest, area: ServiceArea, message: string): WireReply {
  const code = area === 'directory' ? 'Request_BadRequest' : 'BadRequest';
  return graphError(request, { status: 400, code, message });
}
