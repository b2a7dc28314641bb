import { describe, expect, it } from 'vitest';
import { sessionCookies } from '../../src/access/session-cookie.ts';

const https = { publicOrigin: 'https://signalbox.example', host: '0.0.0.0', demo: false };

describe('the session cookie', () => {
  it('is bound to its host and to https wherever https is', () => {
    const cookies = sessionCookies(https);
    expect(cookies.write('secret')).toMatch(
      /^__Host-sbx_session=secret; Path=\/; HttpOnly; SameSite=Lax; Secure;/,
    );
    expect(cookies.plain).toBe(false);
    expect(cookies.read({ cookie: 'sbx_session=secret' })).toBeNull();
    expect(cookies.read({ cookie: 'a=b; __Host-sbx_session=secret' })).toBe('secret');
  });

  it.each([
    [{ publicOrigin: undefined, host: '0.0.0.0', demo: false }, false],
    [{ publicOrigin: 'http://signalbox.example', host: '10.0.0.4', demo: false }, false],
    [{ publicOrigin: undefined, host: '127.0.0.1', demo: false }, true],
    [{ publicOrigin: undefined, host: '0.0.0.0', demo: true }, true],
    [https, true],
  ])('over plain http it is for a demo and for this machine only: %j', (place, allowed) => {
    expect(sessionCookies(place).allowed).toBe(allowed);
  });
});
