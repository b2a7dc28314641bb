import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { inspect } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { createPolicy } from '../../src/providers/graph/create-policy.ts';
import { findPoliciesByName } from '../../src/providers/graph/find-policies-by-name.ts';
import { effectUuid } from '../../src/providers/graph/graph-client.ts';
import { GraphThrottled } from '../../src/providers/graph/graph-failure.ts';
import { readGrantedAppRoles } from '../../src/providers/graph/read-granted-app-roles.ts';
import { readOrganization } from '../../src/providers/graph/read-organization.ts';
import { failureOf, startGraphBench } from './support.ts';

const bench = await startGraphBench();
beforeEach(() => bench.control.reset());

/** An address on loopback where nothing listens. */
async function closedPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

const newPolicy = (effectKey: string) => ({
  kind: 'deviceConfiguration' as const,
  payload: { '@odata.type': '#microsoft.graph.iosGeneralDeviceConfiguration', displayName: "Anna's phones" },
  scopeTags: ['0'],
  effectKey,
});

describe('signing in', () => {
  it('asks for one token however many calls begin at once', async () => {
    const client = bench.client();
    await bench.control.addFault({ match: { path: '/oauth2/' }, times: 1 });
    await bench.control.addFault({ match: { path: '/oauth2/' }, times: 1, status: 400 });
    await Promise.all([readOrganization(client), readOrganization(client), readOrganization(client)]);
    expect((await readOrganization(client)).displayName).toBe('Contoso Ltd');
  });

  it('replaces a token that ended in the middle, once, without the caller noticing', async () => {
    const client = bench.client();
    await readOrganization(client);
    await bench.control.expireTokens();
    expect((await readOrganization(client)).displayName).toBe('Contoso Ltd');
  });

  it('gives up as auth when a fresh token is refused too', async () => {
    await bench.control.addFault({ match: { path: '/organization' }, times: 2, status: 401 });
    expect(await failureOf(readOrganization(bench.client()))).toMatchObject({ kind: 'auth', status: 401 });
    expect((await readOrganization(bench.client())).displayName).toBe('Contoso Ltd');
  });

  it.each([
    ['a wrong secret', { clientSecret: 'wrong-secret-value' }, 'AADSTS7000215'],
    ['an unknown application', { clientId: 'nobody' }, 'AADSTS700016'],
    ['an unknown tenant', { tenantExternalId: 'nowhere' }, 'AADSTS90002'],
  ])('%s is an auth failure with its number', async (_what, change, code) => {
    expect(await failureOf(readOrganization(bench.client(change)))).toMatchObject({
      kind: 'auth',
      code,
      effect: 'none',
    });
  });

  it('an expired secret is an auth failure with its number', async () => {
    await bench.control.changeApp('contoso', { secretExpiresAt: '2020-01-01T00:00:00Z' });
    expect((await failureOf(readOrganization(bench.client()))).code).toBe('AADSTS7000222');
  });

  it('no failure carries a secret, a token or an address', async () => {
    const secret = 'wrong-secret-value';
    const refused = await failureOf(readOrganization(bench.client({ clientSecret: secret })));
    await bench.control.addFault({ match: { path: '/organization' }, times: 1, status: 404 });
    const missing = await failureOf(readOrganization(bench.client()));
    for (const failure of [refused, missing]) {
      const text = `${inspect(failure, { depth: 9 })}${JSON.stringify(failure)}`;
      expect(text).not.toContain(secret);
      expect(text).not.toContain('Bearer');
      expect(text).not.toContain('eyJ');
      expect(text).not.toContain(bench.url);
    }
  });
});

describe('what is granted', () => {
  it('missing consent and a missing permission are told apart', async () => {
    expect((await failureOf(readOrganization(bench.client({ tenant: 'fabrikam' })))).kind).toBe('consent');
    await bench.control.changeRoles('contoso', { revoke: ['Organization.Read.All'] });
    expect((await failureOf(readOrganization(bench.client()))).kind).toBe('permission');
  });

  it('granted app roles are read by name', async () => {
    await bench.control.changeRoles('contoso', { revoke: ['GroupMember.Read.All'] });
    const roles = await readGrantedAppRoles(bench.client());
    expect(roles).toContain('DeviceManagementConfiguration.ReadWrite.All');
    expect(roles).not.toContain('GroupMember.Read.All');
  });
});

describe('throttling', () => {
  it('waits as long as Retry-After says, then goes on', async () => {
    await bench.control.addFault({ match: { path: '/organization' }, times: 1, status: 429, retryAfter: 1 });
    const client = bench.client();
    const started = performance.now();
    await readOrganization(client);
    expect(performance.now() - started).toBeGreaterThan(950);
    expect(bench.notices).toEqual([{ retryAfterMs: 1000, inline: true }]);
  });

  it('backs off by itself where there is no Retry-After', async () => {
    await bench.control.addFault({ match: { path: '/organization' }, times: 3, status: 429 });
    const client = bench.client();
    await readOrganization(client);
    expect(bench.notices).toHaveLength(3);
  });

  it('hands a longer wait over to the run instead of sleeping', async () => {
    await bench.control.addFault({
      match: { path: '/organization' },
      times: 1,
      status: 429,
      retryAfter: 120,
    });
    const failure = await failureOf(readOrganization(bench.client()));
    expect(failure).toBeInstanceOf(GraphThrottled);
    expect(failure).toMatchObject({
      kind: 'throttled',
      retryAfterMs: 120_000,
      code: 'TooManyRequests',
      effect: 'none',
    });
    expect(bench.notices).toEqual([{ retryAfterMs: 120_000, inline: false }]);
  });

  it('a throttled write is sent again and takes effect once', async () => {
    await bench.control.addFault({
      match: { method: 'POST', path: 'Configurations' },
      times: 2,
      status: 429,
    });
    await createPolicy(bench.client(), newPolicy('run-1:create'));
    expect((await bench.control.ledger()).filter(({ applied }) => applied)).toHaveLength(1);
  });
});

describe('a service in trouble', () => {
  it.each([503, 504])('a read is tried again after %i', async (status) => {
    await bench.control.addFault({ match: { path: '/organization' }, times: 2, status });
    expect((await readOrganization(bench.client())).displayName).toBe('Contoso Ltd');
  });

  it('a read is tried again after a cut connection', async () => {
    await bench.control.addFault({ match: { path: '/organization' }, times: 1, dropConnection: true });
    expect((await readOrganization(bench.client())).displayName).toBe('Contoso Ltd');
  });

  it('a read that keeps failing ends as unavailable', async () => {
    await bench.control.addFault({ match: { path: '/organization' }, times: 50, status: 503 });
    const failure = await failureOf(readOrganization(bench.client()));
    expect(failure).toMatchObject({
      kind: 'unavailable',
      status: 503,
      code: 'ServiceUnavailable',
      effect: 'none',
    });
  });

  it.each([
    ['a 504 after the effect', { status: 504, afterEffect: true }],
    ['a 503', { status: 503, afterEffect: true }],
    ['an answer lost with its connection', { dropConnection: true, afterEffect: true }],
  ])(
    'a write is not repeated after %s: the effect is unknown, stands once, and can be found',
    async (_what, fault) => {
      await bench.control.addFault({ match: { method: 'POST', path: 'Configurations' }, times: 1, ...fault });
      const failure = await failureOf(createPolicy(bench.client(), newPolicy('run-2:create')));
      expect(failure).toMatchObject({ kind: 'unavailable', effect: 'unknown' });
      expect(await bench.control.ledger()).toHaveLength(1);
      const found = await findPoliciesByName(bench.client(), {
        kind: 'deviceConfiguration',
        name: "Anna's phones",
      });
      expect(found).toHaveLength(1);
    },
  );

  it('a service that cannot be reached is unavailable without effect', async () => {
    const client = bench.client({ baseUrl: await closedPort() });
    expect(await failureOf(createPolicy(client, newPolicy('run-3:create')))).toMatchObject({
      kind: 'unavailable',
      code: 'connection_refused',
      effect: 'none',
    });
  });
});

describe('stopping', () => {
  it.each([
    ['a call', { delayMs: 30_000 }],
    ['a wait', { status: 429, retryAfter: 15 }],
  ])(
    'an abort ends %s at once with its own reason',
    async (_what, fault) => {
      await bench.control.addFault({ match: { path: '/organization' }, times: 1, ...fault });
      const stop = new AbortController();
      const reason = new Error('the lease is gone');
      const work = readOrganization(bench.client({ signal: stop.signal }));
      const ended = expect(work).rejects.toBe(reason);
      await expect.poll(() => bench.control.faults()).toEqual([]);
      stop.abort(reason);
      await ended;
    },
    10_000,
  );
});

describe('effect keys', () => {
  it('reach the service as they are and as a uuid that is the same each time', async () => {
    await createPolicy(bench.client(), newPolicy('run-4:create'));
    const [entry] = await bench.control.ledger();
    expect(entry).toMatchObject({ effectKey: 'run-4:create', clientRequestId: effectUuid('run-4:create') });
    expect(effectUuid('run-4:create')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(effectUuid('run-4:create')).not.toBe(effectUuid('run-5:create'));
  });
});
