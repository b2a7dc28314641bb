import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownSecrets } from './known-secrets.ts';
import { redactLogged, withoutKnown } from './redact-value.ts';

describe('what a log line holds', () => {
  it('has no member that is named like a secret, however deep, and every text is redacted', () => {
    const logged = redactLogged({
      user: 'bob',
      password: 'hunter2',
      deep: [{ clientSecret: 'x', headers: { Authorization: 'Bearer x', 'set-cookie': ['a=b'] } }],
      url: 'https://bob:hunter2@h/?token=abc&n=1',
      accessToken: 'a.b',
      tokens: 7,
      mfaEnabled: true,
      credential: null,
    });
    expect(logged).toEqual({
      user: 'bob',
      password: '[redacted]',
      deep: [
        { clientSecret: '[redacted]', headers: { Authorization: '[redacted]', 'set-cookie': '[redacted]' } },
      ],
      url: 'https://bob:[redacted]@h/?token=[redacted]&n=1',
      accessToken: '[redacted]',
      tokens: '[redacted]',
      mfaEnabled: true,
      credential: null,
    });
  });

  it('has name, message, code, stack and cause of an error, and none of its other members', () => {
    const error = Object.assign(new Error('no password=hunter2', { cause: new Error('token=abc') }), {
      code: '28P01',
      parameters: ['hunter2'],
    });
    const logged = redactLogged({ err: error }) as { err: Record<string, unknown> };
    expect(Object.keys(logged.err)).toEqual(['type', 'message', 'code', 'stack', 'cause']);
    expect(logged.err).toMatchObject({
      message: 'no password=[redacted]',
      cause: { message: 'token=[redacted]' },
    });
    expect(JSON.stringify(logged)).not.toMatch(/hunter2|abc/);
  });

  it('is made of anything without throwing: circles, depth, getters that throw, things of other classes', () => {
    const circle: Record<string, unknown> = { big: 1n, map: new Map([['a', 'b']]), bytes: new Uint8Array(3) };
    circle.self = circle;
    Object.defineProperty(circle, 'trap', {
      enumerable: true,
      get: () => {
        throw new Error('trap');
      },
    });
    expect(() => JSON.stringify(redactLogged({ circle }))).not.toThrow();
    expect(redactLogged({ map: new Map([['password', 'x']]) })).toEqual({ map: '[Map]' });
    fc.assert(fc.property(fc.anything(), (value) => void JSON.stringify(redactLogged(value))));
  });
});

it('what a run keeps loses the known secrets and nothing else', () => {
  const value = { password: 'policy', list: ['it is the-known-one', { 'the-known-one': 1 }] };
  expect(withoutKnown(value, knownSecrets(['the-known-one']))).toEqual({
    password: 'policy',
    list: ['it is [redacted]', { '[redacted]': 1 }],
  });
});
