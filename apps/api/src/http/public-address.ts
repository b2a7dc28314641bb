/** Where the browser comes back to from the provider's page of consent. */
export const consentCallback = '/v1/connections/consent/callback';

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/**
 * The address under which the browser that asks can come back: the public one where it is set, else the one it asked
 * by, as long as that is this very machine. A Host header is not believed any further. Null where neither is known.
 */
export function publicAddress(publicOrigin: string | undefined, host: string | undefined): string | null {
  if (publicOrigin !== undefined) return publicOrigin;
  return host !== undefined && loopback.test(host) ? `http://${host.toLowerCase()}` : null;
}
