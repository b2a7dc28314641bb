import type { FastifyRequest } from 'fastify';
import { WireError } from '../errors/wire-error.ts';
import { guardedJson, utf8 } from './json-guard.ts';

/** Bodies are at most this many bytes. */
export const bodyLimit = 1_048_576;

/** A request's JSON body: absent, or its text and value. */
export type ReadBody =
  | { readonly kind: 'absent' }
  | { readonly kind: 'json'; readonly text: string; readonly value: unknown };

/**
 * Reads the body that Fastify collected as bytes. Judges type, charset, encoding and the JSON itself.
 * @throws WireError with 400 or 415
 */
export function readBody(request: FastifyRequest): ReadBody {
  const bytes = request.body;
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) return { kind: 'absent' };
  refuseEncoding(request);
  refuseType(request);
  const text = utf8(bytes);
  if (text === null) {
    throw new WireError({
      code: 'malformed_request',
      detail: 'The body must be UTF-8 without a byte order mark.',
    });
  }
  const json = guardedJson(text);
  if (!json.ok) throw new WireError({ code: 'malformed_request', detail: json.detail });
  return { kind: 'json', text, value: json.value };
}

function refuseEncoding(request: FastifyRequest): void {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    throw new WireError({ code: 'unsupported_media_type' });
  }
}

function refuseType(request: FastifyRequest): void {
  const names = request.raw.rawHeaders.filter((_, index) => index % 2 === 0);
  if (names.filter((name) => name.toLowerCase() === 'content-type').length > 1) {
    throw new WireError({ code: 'malformed_request', detail: 'Content-Type was sent more than once.' });
  }
  const type = request.headers['content-type'] ?? '';
  const [media = '', ...parameters] = type.split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  if (media !== 'application/json') throw new WireError({ code: 'unsupported_media_type' });
  if (charset !== undefined && !['utf-8', 'utf8'].includes(charset.slice(8).replaceAll('"', ''))) {
    throw new WireError({ code: 'unsupported_media_type' });
  }
}
