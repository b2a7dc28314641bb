import { type WireCode, WireError } from './wire-error.ts';

const codes: Readonly<Record<string, WireCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_request',
  FST_ERR_BAD_URL: 'malformed_request',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
  FST_ERR_NOT_FOUND: 'not_found',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  // A client that went away in the middle of its body.
  ECONNRESET: 'malformed_request',
  FST_UNDER_PRESSURE: 'unavailable',
};

/** What Fastify or Node's own parser refused, in our words; null when the error is something else. */
export function fromFastify(error: unknown): WireError | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const code = codes[error.code] ?? (error.code.startsWith('HPE_') ? 'malformed_request' : undefined);
  return code === undefined ? null : new WireError({ code });
}
