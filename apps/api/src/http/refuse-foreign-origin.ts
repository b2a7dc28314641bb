import { AppError } from '@signalbox/domain/error/app-error';
import type { FastifyRequest } from 'fastify';

const safe = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Refuses a changing request that a page of another site made the browser send: cookies ignore ports and SameSite
 * ignores sibling hosts, so Origin is what tells. Programs send neither header and are not concerned.
 * @param publicOrigin the address people use when a proxy stands in front, such as `https://signalbox.example`
 * @throws AppError origin_refused
 */
export function refuseForeignOrigin(request: FastifyRequest, publicOrigin: string | undefined): void {
  if (safe.has(request.method)) return;
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const own = origin === undefined || origin === publicOrigin || isServed(origin, request, publicOrigin);
  const sameSite = site === undefined || site === 'same-origin' || site === 'none' || origin !== undefined;
  if (!own || !sameSite) throw new AppError({ code: 'origin_refused' });
}

/**
 * Refuses a socket that a page of another site opens: a browser sends its cookies along, and no preflight is asked.
 * @throws AppError origin_refused
 */
export function refuseForeignSocket(
  request: Pick<FastifyRequest, 'headers'>,
  publicOrigin: string | undefined,
): void {
  const { origin } = request.headers;
  if (origin === undefined || origin === publicOrigin || isServed(origin, request, publicOrigin)) return;
  throw new AppError({ code: 'origin_refused' });
}

/** Whether an origin is the host that was asked; at the public name, no other scheme than the public one is ours. */
function isServed(
  origin: string,
  { headers }: Pick<FastifyRequest, 'headers'>,
  publicOrigin: string | undefined,
): boolean {
  const host = hostOf(origin);
  return host === headers.host && (publicOrigin === undefined || host !== hostOf(publicOrigin));
}

/** `host:port` of an origin; null for the opaque origin `null` and anything else that is no address. */
function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
