import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type JsonObject, jsonText } from '../../src/http/json.ts';
import { errorCode, startBench } from './support.ts';

const bench = await startBench();
const configurations = '/beta/deviceManagement/deviceConfigurations';
const compliance = '/beta/deviceManagement/deviceCompliancePolicies';
const catalogue = '/beta/deviceManagement/configurationPolicies';
let token = '';
beforeEach(async () => {
  await bench.control.reset();
  token = await bench.token('contoso');
});

const send = (method: string, path: string, body?: unknown) => bench.call(token, path, { method, body });
const first = async (path: string): Promise<string> =>
  jsonText(((await bench.call(token, `${path}?$top=1`)).body.value as JsonObject[])[0]?.id);
const group = async (): Promise<string> => first('/v1.0/groups');

describe('policies', () => {
  it('a created device configuration can be read, changed and deleted', async () => {
    const body = { '@odata.type': '#microsoft.graph.iosGeneralDeviceConfiguration', displayName: 'New' };
    const created = await send('POST', configurations, { ...body, id: 'ignored', version: 99 });
    expect(created).toMatchObject({ status: 201, body: { displayName: 'New', version: 1 } });
    const path = `${configurations}/${jsonText(created.body.id)}`;
    expect((await send('PATCH', path, { passcodeRequired: true })).body).toMatchObject({
      passcodeRequired: true,
      displayName: 'New',
      version: 2,
    });
    expect((await send('DELETE', path)).status).toBe(204);
    const gone = await send('GET', path);
    expect([gone.status, errorCode(gone)]).toEqual([404, 'ResourceNotFound']);
  });

  it('a type cannot be changed by an update', async () => {
    const path = `${configurations}/${await first(configurations)}`;
    const answer = await send('PATCH', path, {
      '@odata.type': '#microsoft.graph.macOSGeneralDeviceConfiguration',
    });
    expect(answer.status).toBe(400);
  });

  it('v1.0 shows no scope tags, beta does', async () => {
    const id = await first(configurations);
    const old = await send('GET', `/v1.0/deviceManagement/deviceConfigurations/${id}`);
    expect(old.body.roleScopeTagIds).toBeUndefined();
    expect((await send('GET', `${configurations}/${id}`)).body.roleScopeTagIds).toContain('0');
  });

  it('settings and scheduled actions are shown only when expanded, and not patched', async () => {
    const policy = `${catalogue}/${await first(catalogue)}`;
    expect((await send('GET', policy)).body.settings).toBeUndefined();
    const whole = (await send('GET', `${policy}?$expand=settings`)).body;
    expect(whole.settings).toHaveLength(Number(whole.settingCount));
    expect((await send('PATCH', policy, { settings: [] })).status).toBe(400);
    const rule = `${compliance}/${await first(compliance)}`;
    const expand = '$expand=scheduledActionsForRule($expand=scheduledActionConfigurations)';
    expect((await send('GET', `${rule}?${expand}`)).body.scheduledActionsForRule).toHaveLength(1);
    expect((await send('PATCH', rule, { scheduledActionsForRule: [] })).status).toBe(400);
    expect((await send('POST', compliance, { '@odata.type': '#x', displayName: 'No rule' })).status).toBe(
      400,
    );
  });

  it('PUT replaces the settings of a configuration policy', async () => {
    const policy = `${catalogue}/${await first(catalogue)}`;
    const whole = (await send('GET', `${policy}?$expand=settings`)).body;
    const settings = (whole.settings as JsonObject[]).slice(0, 1);
    expect((await send('PUT', policy, { ...whole, settings })).status).toBe(204);
    expect((await send('GET', `${policy}?$expand=settings`)).body).toMatchObject({
      settingCount: 1,
      settings,
    });
  });

  it('assign replaces the whole set', async () => {
    const path = `${configurations}/${await first(configurations)}`;
    const all = { target: { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' } };
    const one = {
      target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: await group() },
    };
    await send('POST', `${path}/assign`, { assignments: [all, one] });
    expect((await send('GET', `${path}/assignments`)).body.value).toHaveLength(2);
    const answer = await send('POST', `${path}/assign`, { assignments: [one] });
    expect(answer.body.value).toMatchObject([one]);
    expect((await send('GET', `${path}/assignments`)).body.value).toHaveLength(1);
  });

  it('assign refuses a group that does not exist and then changes nothing', async () => {
    const path = `${configurations}/${await first(configurations)}`;
    const before = (await send('GET', `${path}/assignments`)).body.value;
    const target = { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: 'none' };
    expect((await send('POST', `${path}/assign`, { assignments: [{ target }] })).status).toBe(400);
    expect((await send('GET', `${path}/assignments`)).body.value).toEqual(before);
  });
});

describe('the ledger', () => {
  it('keeps every write with its keys, and a doubled effect shows twice', async () => {
    const path = `${configurations}/${await first(configurations)}`;
    const headers = { 'client-request-id': 'c-1', 'x-signalbox-effect-key': 'run:1:step' };
    const patch = { method: 'PATCH', body: { description: 'one' }, headers };
    await bench.call(token, path, patch);
    await bench.call(token, path, patch);
    await bench.call(token, `${configurations}/none`, patch);
    const entries = await bench.control.ledger();
    expect(entries.map(({ effectKey, applied, status }) => [effectKey, applied, status])).toEqual([
      ['run:1:step', true, 200],
      ['run:1:step', true, 200],
      ['run:1:step', false, 404],
    ]);
    expect(entries[0]).toMatchObject({ method: 'PATCH', path, tenant: 'contoso', clientRequestId: 'c-1' });
    expect(Date.parse(entries[0]?.endedAt ?? '')).toBeGreaterThanOrEqual(
      Date.parse(entries[0]?.startedAt ?? ''),
    );
  });
});

describe('faults on demand', () => {
  it('meet the matching requests so many times and no others', async () => {
    await bench.control.addFault({
      match: { method: 'GET', path: '/groups', tenant: 'contoso' },
      times: 2,
      status: 429,
    });
    const statuses: number[] = [];
    for (let turn = 0; turn < 3; turn += 1) statuses.push((await send('GET', '/v1.0/groups?$top=1')).status);
    expect(statuses).toEqual([429, 429, 200]);
  });

  it('429 comes with and without Retry-After', async () => {
    await bench.control.addFault({ match: {}, times: 1, status: 429, retryAfter: 7 });
    await bench.control.addFault({ match: {}, times: 1, status: 429 });
    expect((await send('GET', '/v1.0/organization')).headers.get('retry-after')).toBe('7');
    expect((await send('GET', '/v1.0/organization')).headers.get('retry-after')).toBeNull();
  });

  it('a fault before the effect leaves nothing, one after it leaves a lost answer', async () => {
    const path = `${configurations}/${await first(configurations)}`;
    await bench.control.addFault({ match: { method: 'PATCH' }, times: 1, dropConnection: true });
    await expect(send('PATCH', path, { description: 'lost before' })).rejects.toThrow();
    await bench.control.addFault({ match: { method: 'PATCH' }, times: 1, status: 504, afterEffect: true });
    expect((await send('PATCH', path, { description: 'kept' })).status).toBe(504);
    expect((await send('GET', path)).body.description).toBe('kept');
    expect((await bench.control.ledger()).map(({ applied }) => applied)).toEqual([false, true]);
  });

  it('the demo throttle meets each walk exactly once', async () => {
    await bench.control.changeSettings({ throttleOncePerWalk: { retryAfterSeconds: 2 } });
    const path = '/v1.0/deviceManagement/deviceConfigurations';
    for (let turn = 0; turn < 2; turn += 1) {
      const start = await send('GET', path);
      const link = jsonText(start.body['@odata.nextLink']);
      const refused = await send('GET', link);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
      expect((await send('GET', link)).status).toBe(200);
    }
  });

  it('the Intune limit refuses the write over it and says how long to wait', async () => {
    await bench.control.changeSettings({ intuneLimit: { windowMs: 20_000, requests: 1000, writes: 3 } });
    const path = `${configurations}/${await first(configurations)}`;
    const statuses: number[] = [];
    for (let turn = 0; turn < 4; turn += 1)
      statuses.push((await send('PATCH', path, { description: `${turn}` })).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await send('GET', path)).status).toBe(200);
    const refused = await send('PATCH', path, {});
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('the control plane', () => {
  it('does not exist without its token', async () => {
    expect((await fetch(`${bench.url}/__emulator/ledger`)).status).toBe(404);
    const headers = { 'x-emulator-admin-token': 'test-admin-tokem' };
    expect((await fetch(`${bench.url}/__emulator/ledger`, { headers })).status).toBe(404);
  });
});

describe('state on disk', () => {
  it('a restored policy, its assignments, consent and the ledger are there after a restart', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'graph-emulator-'));
    const before = await startBench({ stateDir });
    const key = await before.token('contoso');
    const body = { '@odata.type': '#microsoft.graph.iosGeneralDeviceConfiguration', displayName: 'Kept' };
    const created = await before.call(key, configurations, { method: 'POST', body });
    const path = `${configurations}/${jsonText(created.body.id)}`;
    const assignments = [{ target: { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' } }];
    await before.call(key, `${path}/assign`, { method: 'POST', body: { assignments } });
    await before.control.setConsent('fabrikam', true);
    await before.close();
    const after = await startBench({ stateDir });
    expect((await after.call(key, path)).status).toBe(401);
    const fresh = await after.token('contoso');
    expect((await after.call(fresh, path)).body).toMatchObject({ displayName: 'Kept' });
    expect((await after.call(fresh, `${path}/assignments`)).body.value).toHaveLength(1);
    expect((await after.call(await after.token('fabrikam'), '/v1.0/organization')).status).toBe(200);
    expect(await after.control.ledger()).toHaveLength(2);
    await after.close();
    rmSync(stateDir, { recursive: true });
  });

  it('a change reaches the disk within a moment, without a clean stop', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'graph-emulator-'));
    const running = await startBench({ stateDir });
    await running.control.setConsent('fabrikam', true);
    await expect
      .poll(
        async () => {
          const second = await startBench({ stateDir });
          const answer = await second.call(await second.token('fabrikam'), '/v1.0/organization');
          await second.close();
          return answer.status;
        },
        { timeout: 5000 },
      )
      .toBe(200);
    await running.close();
    rmSync(stateDir, { recursive: true });
  });
});
