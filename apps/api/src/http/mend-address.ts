import type { FastifyRequest } from 'fastify';

/**
 * The address of the console that an address with a malformed escape stands for, or null when it is none: the console
 * then says in its own words that there is no such page.
 */
export function mendedConsoleAddress({ method, url }: Pick<FastifyRequest, 'method' | 'url'>): string | null {
  if (!url.startsWith('/w/') || (method !== 'GET' && method !== 'HEAD')) return null;
  const [path = '', ...query] = url.split('?');
  const mended = path.split('/').map((part) => (isWellEscaped(part) ? part : encodeURIComponent(part)));
  return [mended.join('/'), ...query].join('?');
}

function isWellEscaped(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
