import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Keyring } from '@signalbox/db/secrets/envelope';
import { foldUsername } from '@signalbox/domain/access/username';
import { derivedKeys } from './derived-keys.ts';
import { readCookie } from './session-cookie.ts';

/**
 * Remembers a browser that signed in as somebody before. It proves nothing but that, and grants nothing but attempts
 * of its own: guesses made elsewhere do not use up those of a device the person works on.
 */
export interface DeviceCookies {
  /** The `Set-Cookie` for a device on which this person has just signed in. */
  write(username: string): string;
  /** The device's own id, if it was given out for this very person; else null. */
  read(headers: IncomingHttpHeaders, username: string): string | null;
}

/** 180 days. */
const maxAgeSeconds = 180 * 24 * 3_600;

/** `id.tag`: the tag binds the random id to one person. */
export function deviceCookies(keyring: Keyring, place: { readonly secure: boolean }): DeviceCookies {
  const keys = derivedKeys(keyring, 'device cookies');
  const name = place.secure ? '__Host-sbx_device' : 'sbx_device';
  const rest = `; Path=/; HttpOnly; SameSite=Lax${place.secure ? '; Secure' : ''}; Max-Age=${maxAgeSeconds}`;
  return {
    write(username) {
      const id = randomBytes(16).toString('base64url');
      return `${name}=${id}_${tag(keys[0], id, username).toString('base64url')}${rest}`;
    },
    read(headers, username) {
      const value = readCookie(headers.cookie, name) ?? '';
      const [id, given] = [value.slice(0, 22), Buffer.from(value.slice(23), 'base64url')];
      const genuine = keys.some((key) => {
        const expected = tag(key, id, username);
        return given.length === expected.length && timingSafeEqual(given, expected);
      });
      return genuine ? id : null;
    },
  };
}

function tag(key: Buffer, id: string, username: string): Buffer {
  return createHmac('sha256', key)
    .update(JSON.stringify([id, foldUsername(username)]))
    .digest();
}
