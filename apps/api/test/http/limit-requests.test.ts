import { testPassword } from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../support/test-api.ts';

const limit = 8;
let api: TestApi;

beforeEach(async () => {
  api = await startTestApi({ requestsPerMinute: limit, trustedProxies: 'loopback' });
});
afterEach(() => api.close());

/** Each test's callers have addresses of their own, behind a proxy that is believed. */
const from = (address: string) => ({ 'x-forwarded-for': address });

async function statuses(count: number, ask: (n: number) => Promise<{ status: number }>): Promise<number[]> {
  const seen: number[] = [];
  for (let n = 0; n < count; n += 1) seen.push((await ask(n)).status);
  return seen;
}

describe('a caller beyond the limit', () => {
  it('hears 429 with when to come back, and the headers say what is left before that', async () => {
    const ask = () => api.call('/v1/me', { headers: from('203.0.113.1') });
    const first = await ask();
    expect(first.status).toBe(401);
    expect(first.headers.get('ratelimit-limit')).toBe(String(limit));
    expect(first.headers.get('ratelimit-remaining')).toBe(String(limit - 1));
    await statuses(limit - 1, ask);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(refused.body).toMatchObject({ code: 'throttled', requestId: refused.headers.get('x-request-id') });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(refused.headers.get('ratelimit-remaining')).toBe('0');
    expect((await api.call('/v1/me', { headers: from('203.0.113.2') })).status).toBe(401);
  });

  it('is answered without a look into the database', async () => {
    await api.call('/v1/me', { headers: from('203.0.113.3') });
    await statuses(limit, () => api.call('/v1/me', { headers: from('203.0.113.3') }));
    await withAdmin(api.databaseUrl, (sql) => sql`alter function auth_live_session rename to gone`);
    const ask = (address: string) =>
      api.call('/v1/me', { headers: { ...from(address), cookie: 'sbx_session=somebody' } });
    expect((await ask('203.0.113.3')).status).toBe(429);
    expect((await ask('203.0.113.9')).status).toBe(500);
  });

  it('is a wrong password too', async () => {
    const ask = () =>
      api.call('/v1/auth/sign-in', {
        method: 'POST',
        body: { username: 'nobody', password: testPassword },
        headers: from('203.0.113.4'),
      });
    const seen = await statuses(limit + 1, ask);
    expect(seen.at(-1)).toBe(429);
  });

  it('is refused for unknown paths as well', async () => {
    const ask = () => fetch(`${api.url}/nowhere`, { headers: from('203.0.113.5') });
    expect(await statuses(limit + 1, ask)).toEqual([...Array<number>(limit).fill(404), 429]);
  });
});

describe('requests count', () => {
  it('as the address while a credential is made up, however often it changes', async () => {
    const ask = (n: number) =>
      api.call('/v1/me', { headers: { ...from('203.0.113.6'), authorization: `Bearer made-up-${n}` } });
    expect(await statuses(limit + 1, ask)).toEqual([...Array<number>(limit).fill(401), 429]);
  });

  it('as the person once a credential was proven, whatever address, token or junk comes with it', async () => {
    const { operator } = api.workspace.members;
    const bearer = `Bearer ${await api.token(operator)}`;
    const ask = (n: number) =>
      api.call('/v1/me', { headers: { ...from(`203.0.113.${10 + n}`), authorization: bearer } });
    // The first one is new here, and counts as its address.
    expect(await statuses(limit + 2, ask)).toEqual([...Array<number>(limit + 1).fill(200), 429]);
    const other = { ...from('203.0.113.90'), authorization: `bearer  ${bearer.slice(7)}` };
    await api.call('/v1/me', { headers: other });
    const headers = {
      ...from('203.0.113.7'),
      authorization: `Bearer ${await api.token(api.workspace.members.viewer)}`,
    };
    expect((await api.call('/v1/me', { headers })).status).toBe(200);
  });

  it('not at all for the probes of a balancer', async () => {
    for (const path of ['/livez', '/readyz', '/health']) {
      const seen = await statuses(limit * 2, () => fetch(api.url + path, { headers: from('203.0.113.8') }));
      expect(
        seen.every((status) => status === 200),
        path,
      ).toBe(true);
    }
  });

  it('as the whole network for IPv6, where an address costs nothing', async () => {
    const ask = (n: number) => api.call('/v1/me', { headers: from(`2001:db8:1:2::${n + 1}`) });
    expect((await statuses(limit + 1, ask)).at(-1)).toBe(429);
  });
});
