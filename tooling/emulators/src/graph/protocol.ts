import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from './json.ts';

/** One request as the emulator's routes see it: transport details are gone. */
export interface WireRequest {
  method: string;
  /** Absolute; its origin is what the caller used, so nextLinks lead back to the same place. */
  url: URL;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: string;
}

/** One answer; `body` undefined means an empty body. */
export interface WireReply {
  status: number;
  headers?: Record<string, string>;
  body?: Json;
  /** Sent as it is instead of a body. */
  text?: string;
  /** Close the connection instead of answering. */
  drop?: boolean;
}

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

/** Parses a JSON object body; undefined when it is not one. */
export function parseBody(request: WireRequest): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(request.body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}
