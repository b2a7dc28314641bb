import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../src/http/json.ts';
import { upcloudControl } from '../../src/upcloud/control-client.ts';
import { demoUpcloudAccount, startUpcloudEmulator } from '../../src/upcloud/start.ts';

const adminToken = 'test-admin-token';
const directory = mkdtempSync(join(tmpdir(), 'upcloud-emulator-'));
const kept = { adminToken, stateDir: join(directory, 'state'), sandboxDir: join(directory, 'servers') };
let emulator = await startUpcloudEmulator(kept);
afterAll(async () => {
  await emulator.close();
  rmSync(directory, { recursive: true, force: true });
});
const control = () => upcloudControl({ url: emulator.url, adminToken });
beforeEach(() => control().reset());

const { username, password, token } = demoUpcloudAccount;
const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

interface Answer {
  status: number;
  retryAfter: string | null;
  body: JsonObject;
}

/** Something deep in a body, by its path; the test says what it takes it for. */
function at<Value = unknown>({ body }: Answer, path: string): Value {
  const step = (from: unknown, name: string): unknown =>
    isJsonObject(from as Json) ? (from as JsonObject)[name] : undefined;
  return path.split('.').reduce(step, body as unknown) as Value;
}

const codeOf = (answer: Answer): unknown => at(answer, 'error.error_code');

async function call(
  method: string,
  path: string,
  send: { body?: unknown; authorization?: string } = {},
): Promise<Answer> {
  const { body, authorization = basic } = send;
  const response = await fetch(`${emulator.url}/1.3/${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: text === '' ? {} : (JSON.parse(text) as JsonObject),
  };
}

const wanted = (change: JsonObject = {}): { server: JsonObject } => ({
  server: {
    title: 'web-01',
    hostname: 'web-01',
    zone: 'de-fra1',
    plan: '1xCPU-2GB',
    metadata: 'yes',
    labels: { label: [{ key: 'env', value: 'test' }] },
    storage_devices: {
      storage_device: [
        { action: 'clone', storage: '01000000-0000-4000-8000-000030240200', title: 'disk', size: 50 },
      ],
    },
    ...change,
  },
});
const stop = { stop_server: { stop_type: 'soft', timeout: '60' } };
const stateOf = async (uuid: string): Promise<string> =>
  at(await call('GET', `server/${uuid}`), 'server.state');
const make = async (change?: JsonObject): Promise<string> =>
  at(await call('POST', 'server', { body: wanted(change) }), 'server.uuid');

describe('signing in', () => {
  it('takes the name and password or the token, and nothing else', async () => {
    expect((await call('GET', 'account')).status).toBe(200);
    expect((await call('GET', 'account', { authorization: `Bearer ${token}` })).status).toBe(200);
    for (const wrong of ['', 'Basic bm9ib2R5Om5vdGhpbmc=', 'Bearer ucat_no']) {
      const answer = await call('GET', 'account', { authorization: wrong });
      expect([answer.status, codeOf(answer)]).toEqual([401, 'AUTHENTICATION_FAILED']);
    }
  });
});

describe('a server', () => {
  it('is made in maintenance, runs, must be stopped before it is deleted, and leaves nothing behind', async () => {
    const made = await call('POST', 'server', { body: wanted() });
    expect(made.status).toBe(202);
    expect(at(made, 'server')).toMatchObject({ state: 'maintenance', title: 'web-01', core_number: '1' });
    const uuid = at<string>(made, 'server.uuid');
    const folder = join(kept.sandboxDir, uuid);
    expect(existsSync(folder)).toBe(false);
    expect(codeOf(await call('DELETE', `server/${uuid}`))).toBe('SERVER_STATE_ILLEGAL');
    await expect.poll(() => stateOf(uuid)).toBe('started');
    expect(existsSync(folder)).toBe(true);
    expect((await call('DELETE', `server/${uuid}`)).status).toBe(409);
    expect((await call('POST', `server/${uuid}/start`)).status).toBe(409);
    expect(at(await call('POST', `server/${uuid}/stop`, { body: stop }), 'server.state')).toBe('started');
    expect((await call('POST', `server/${uuid}/stop`, { body: stop })).status).toBe(409);
    await expect.poll(() => stateOf(uuid)).toBe('stopped');
    expect((await call('POST', `server/${uuid}/start`)).status).toBe(200);
    await expect.poll(() => stateOf(uuid)).toBe('started');
    await call('POST', `server/${uuid}/stop`, { body: stop });
    await expect.poll(() => stateOf(uuid)).toBe('stopped');
    expect((await call('DELETE', `server/${uuid}?storages=1`)).status).toBe(204);
    expect(codeOf(await call('GET', `server/${uuid}`))).toBe('SERVER_NOT_FOUND');
    expect(at(await call('GET', 'storage/private'), 'storages.storage')).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });

  it('leaves its disk behind when it is deleted without it', async () => {
    const uuid = await make();
    await control().stop(uuid);
    expect((await call('DELETE', `server/${uuid}`)).status).toBe(204);
    const [disk] = at<unknown[]>(await call('GET', 'storage/private'), 'storages.storage');
    expect(disk).toMatchObject({ title: 'disk', size: 50, servers: { server: [] } });
  });

  it('asked for twice is made twice: the service knows no key for repeats', async () => {
    expect(await make()).not.toBe(await make());
  });

  it('has its addresses and progress in its details and not in the list', async () => {
    await control().changeSettings({ createMs: 60_000 });
    const uuid = await make();
    const details = await call('GET', `server/${uuid}`);
    expect(Number(at(details, 'server.progress'))).toBeGreaterThanOrEqual(0);
    expect(at<unknown[]>(details, 'server.ip_addresses.ip_address')[0]).toMatchObject({
      access: 'public',
      family: 'IPv4',
    });
    const [summary] = at<JsonObject[]>(await call('GET', 'server'), 'servers.server');
    expect(summary).toMatchObject({ uuid, state: 'maintenance' });
    expect(summary?.ip_addresses).toBeUndefined();
  });

  it('that is told to break ends in error and comes back stopped', async () => {
    await control().changeSettings({ brokenTitles: ['web-01'], createMs: 0, errorMs: 60 });
    const uuid = await make();
    expect(await stateOf(uuid)).toBe('error');
    expect((await call('DELETE', `server/${uuid}`)).status).toBe(409);
    await expect.poll(() => stateOf(uuid)).toBe('stopped');
  });

  it.each([
    [400, 'PLAN_INVALID', { plan: '99xCPU' }],
    [404, 'ZONE_NOT_FOUND', { zone: 'mars-1' }],
    [400, 'ZONE_MISSING', { zone: null }],
    [400, 'HOSTNAME_INVALID', { hostname: 'web_01' }],
    [400, 'HOSTNAME_INVALID', { hostname: '-web' }],
    [400, 'SERVER_TITLE_INVALID', { title: '' }],
    [400, 'UNKNOWN_ATTRIBUTE', { size: 1 }],
    [400, 'STORAGE_DEVICES_MISSING', { storage_devices: {} }],
    [400, 'METADATA_DISABLED_ON_CLOUD-INIT', { metadata: 'no' }],
    [400, 'LABELS_INVALID', { labels: { label: [{ key: '_env', value: 'x' }] } }],
  ])('is refused with %i %s', async (status, code, change) => {
    const answer = await call('POST', 'server', { body: wanted(change) });
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    expect(await control().servers()).toEqual([]);
  });

  it('is refused when the account or the zone is full', async () => {
    await control().changeSettings({ fullZones: ['de-fra1'] });
    expect(codeOf(await call('POST', 'server', { body: wanted() }))).toBe('SERVER_RESOURCES_UNAVAILABLE');
    await control().changeSettings({ fullZones: [], coreLimit: 2 });
    await make();
    const answer = await call('POST', 'server', { body: wanted({ plan: '2xCPU-4GB' }) });
    expect([answer.status, codeOf(answer)]).toEqual([403, 'SERVER_CORE_LIMIT_REACHED']);
  });

  it('under a name that is none is an error and not a page', async () => {
    expect((await call('GET', 'server/..%2faccount')).status).toBe(400);
    expect(codeOf(await call('GET', 'server/no-uuid'))).toBe('SERVER_INVALID');
    expect((await call('PUT', `server/${await make()}`)).status).toBe(405);
    expect((await call('GET', 'nothing')).status).toBe(404);
  });
});

describe('lists', () => {
  it('filter by all labels given and are cut into pages', async () => {
    for (const title of ['a', 'b', 'c']) await make({ title });
    await make({ title: 'd', labels: { label: [{ key: 'env', value: 'prod' }] } });
    const names = async (query: string): Promise<string[]> =>
      at<{ title: string }[]>(await call('GET', `server?${query}`), 'servers.server').map(
        ({ title }) => title,
      );
    expect(await names('label=env%3Dtest')).toEqual(['a', 'b', 'c']);
    expect(await names('label=env')).toHaveLength(4);
    expect(await names('label=env%3Dtest&label=env%3Dprod')).toEqual([]);
    expect(await names('limit=2&offset=1')).toEqual(['b', 'c']);
    expect((await call('GET', 'server?limit=0')).status).toBe(400);
  });

  it('name plans and zones', async () => {
    const plan = at(await call('GET', 'plan'), 'plans.plan');
    expect(plan).toContainEqual(
      expect.objectContaining({ name: '1xCPU-2GB', core_number: 1, storage_size: 50 }),
    );
    expect(at(await call('GET', 'zone'), 'zones.zone')).toContainEqual(
      expect.objectContaining({ id: 'de-fra1' }),
    );
  });
});

describe('trouble', () => {
  it('comes on demand, and with a limit, with or without a time', async () => {
    await control().addFault({ match: { path: '/zone' }, times: 1, status: 429, retryAfter: 7 });
    expect(await call('GET', 'zone')).toMatchObject({ status: 429, retryAfter: '7' });
    expect((await call('GET', 'zone')).status).toBe(200);
    await control().changeSettings({ rateLimit: { windowMs: 60_000, requests: 1 } });
    await call('GET', 'zone');
    const limited = await call('GET', 'zone');
    expect([limited.status, codeOf(limited)]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(limited.retryAfter)).toBeGreaterThan(0);
    await control().changeSettings({ retryAfter: false });
    expect((await call('GET', 'zone')).retryAfter).toBeNull();
  });

  it('nobody without the token reaches the control plane', async () => {
    const answer = await fetch(`${emulator.url}/__emulator/servers`);
    expect(answer.status).toBe(404);
  });
});

it('servers outlive the emulator', async () => {
  const uuid = await make();
  await expect.poll(() => stateOf(uuid)).toBe('started');
  await emulator.close();
  emulator = await startUpcloudEmulator(kept);
  expect(await stateOf(uuid)).toBe('started');
  expect(existsSync(join(kept.sandboxDir, uuid))).toBe(true);
});
