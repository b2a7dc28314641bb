import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '@signalbox/domain/error/app-error';

/** The console's cookie: written at sign-in, read on every call. */
export interface SessionCookies {
  /** True when the cookie may be given out here; see {@link sessionCookies}. */
  readonly allowed: boolean;
  /** True when it travels over plain http, which deserves a warning in the log. */
  readonly plain: boolean;
  /** The `Set-Cookie` that keeps a session's secret. */
  write(secret: string): string;
  /** The `Set-Cookie` that forgets it. */
  clear(): string;
  /** The secret a request carries, or null. */
  read(headers: IncomingHttpHeaders): string | null;
}

/** As long as a session can live at most. */
const maxAgeSeconds = 7 * 24 * 3_600;

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * On https the cookie is `__Host-` and Secure: no other host and no plain connection gets it. Plain http is for a
 * demo and for one's own machine; anywhere else it is refused.
 */
export function sessionCookies(place: {
  readonly publicOrigin: string | undefined;
  readonly host: string;
  readonly demo: boolean;
}): SessionCookies {
  const secure = place.publicOrigin?.startsWith('https:') === true;
  const name = secure ? '__Host-sbx_session' : 'sbx_session';
  const rest = `; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return {
    allowed: secure || place.demo || loopback.has(place.host),
    plain: !secure,
    write: (secret) => `${name}=${secret}${rest}; Max-Age=${maxAgeSeconds}`,
    clear: () => `${name}=${rest}; Max-Age=0`,
    read: (headers) => readCookie(headers.cookie, name),
  };
}

/**
 * Refuses to give a cookie out where it would travel over plain http between machines.
 * @throws AppError invalid_input
 */
export function requireSafeCookie({ allowed }: Pick<SessionCookies, 'allowed'>): void {
  if (allowed) return;
  const detail = 'a session cookie over plain http is given out on this machine only; use https';
  throw new AppError({ code: 'invalid_input', errors: [{ pointer: '', detail }] });
}

/** The value of a cookie. A name that is sent twice with different values proves nothing. */
export function readCookie(header: string | undefined, name: string): string | null {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [value] = values;
  if (value === undefined || !values.every((other) => other === value)) return null;
  return /^[A-Za-z0-9_-]{1,128}$/.test(value) ? value : null;
}
