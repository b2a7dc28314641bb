import { beforeEach, describe, expect, it } from 'vitest';
import { buildWorld } from '../../src/graph/seed/build-world.ts';
import { type JsonObject, jsonText } from '../../src/http/json.ts';
import { errorCode, startBench, walk } from './support.ts';

const bench = await startBench();
let token = '';
beforeEach(async () => {
  await bench.control.reset();
  token = await bench.token('contoso');
});

describe('the seeded world', () => {
  it('is the same for the same seed and differs for another', () => {
    const text = (seed: number): string =>
      JSON.stringify([...(buildWorld(seed).get('adatum')?.policies.deviceConfigurations.values() ?? [])]);
    expect(text(7)).toBe(text(7));
    expect(text(7)).not.toBe(text(8));
  });

  it('holds 4,200 groups, 240 policies with distinct names and 1,800 devices in contoso', async () => {
    const groups = await walk(bench, token, '/v1.0/groups?$top=999&$select=id,displayName');
    expect(groups.items).toHaveLength(4200);
    expect(new Set(groups.items.map((group) => group.displayName)).size).toBe(4200);
    const names: unknown[] = [];
    for (const path of [
      '/v1.0/deviceManagement/deviceConfigurations',
      '/v1.0/deviceManagement/deviceCompliancePolicies',
      '/beta/deviceManagement/configurationPolicies',
    ]) {
      names.push(...(await walk(bench, token, path)).items.map((item) => item.displayName ?? item.name));
    }
    expect(names).toHaveLength(240);
    expect(new Set(names).size).toBe(240);
    const devices = await walk(
      bench,
      token,
      '/v1.0/deviceManagement/managedDevices?$select=id,complianceState',
    );
    expect(devices.items).toHaveLength(1800);
    expect(Object.keys(devices.items[0] ?? {}).sort()).toEqual(['complianceState', 'id']);
  });
});

describe('paging', () => {
  it('gives 100 by default, an empty page on the way, and loses or repeats nothing', async () => {
    const { items, sizes } = await walk(bench, token, '/v1.0/deviceManagement/deviceConfigurations');
    expect(sizes).toEqual([100, 0, 30]);
    expect(new Set(items.map((item) => item.id)).size).toBe(130);
  });

  it('keeps $select, $filter and $top in an absolute nextLink', async () => {
    const first = await bench.call(token, '/v1.0/groups?$top=2&$select=id');
    const link = new URL(jsonText(first.body['@odata.nextLink']));
    expect(link.origin).toBe(bench.url);
    expect(link.searchParams.get('$top')).toBe('2');
    expect(link.searchParams.get('$select')).toBe('id');
  });

  it.each(['0', '1000', 'many'])('refuses $top=%s', async (top) => {
    expect((await bench.call(token, `/v1.0/groups?$top=${top}`)).status).toBe(400);
  });

  it('refuses a skip token it did not make and a filter it cannot read', async () => {
    expect((await bench.call(token, '/v1.0/groups?$skiptoken=bogus')).status).toBe(400);
    expect((await bench.call(token, "/v1.0/groups?$filter=startswith(displayName,'A')")).status).toBe(400);
  });

  it('an object deleted during a walk does not shift the rest', async () => {
    const path = '/v1.0/deviceManagement/deviceConfigurations';
    const first = await bench.call(token, path);
    const [gone] = first.body.value as { id: string }[];
    await bench.control.deletePolicy({
      tenant: 'contoso',
      segment: 'deviceConfigurations',
      id: gone?.id ?? '',
    });
    const rest = await walk(bench, token, jsonText(first.body['@odata.nextLink']));
    expect(rest.items).toHaveLength(30);
  });
});

describe('groups/delta', () => {
  it('tells changes and removals since the link, once', async () => {
    const full = await walk(bench, token, '/v1.0/groups/delta?$top=999');
    expect(full.items).toHaveLength(4200);
    const [gone, renamed] = full.items.map((item) => jsonText(item.id));
    await bench.control.changeGroup('DELETE', { tenant: 'contoso', id: gone ?? '' });
    const place = { tenant: 'contoso', id: renamed ?? '' };
    await bench.control.changeGroup('PATCH', place, { displayName: 'Renamed' });
    const delta = await walk(bench, token, jsonText(full.last['@odata.deltaLink']));
    expect(delta.items).toEqual([
      { id: gone, '@removed': { reason: 'deleted' } },
      expect.objectContaining({ id: renamed, displayName: 'Renamed' }),
    ]);
    const again = await walk(bench, token, jsonText(delta.last['@odata.deltaLink']));
    expect(again.items).toEqual([]);
  });

  it('gives a link for changes from now on, which tells of a changed group only what changed and was selected', async () => {
    const { body } = await bench.call(token, '/v1.0/groups/delta?$select=id,displayName&$deltatoken=latest');
    expect(body.value).toEqual([]);
    const [first] = (await walk(bench, token, '/v1.0/groups?$top=999')).items;
    const named = { tenant: 'contoso', id: jsonText(first?.id) };
    await bench.control.changeGroup('PATCH', named, { description: 'Not selected' });
    await bench.control.changeGroup('PATCH', named, { displayName: 'Renamed' });
    await bench.control.changeGroup(
      'POST',
      { tenant: 'contoso', id: 'new' },
      { displayName: 'New', mail: 'x' },
    );
    const delta = await walk(bench, token, jsonText(body['@odata.deltaLink']));
    expect(delta.items).toEqual([
      { id: named.id, displayName: 'Renamed' },
      { id: 'new', displayName: 'New' },
    ]);
  });

  it('answers 410 syncStateNotFound for an expired token', async () => {
    const full = await walk(bench, token, '/v1.0/groups/delta?$top=999');
    await bench.control.expireDeltaTokens('contoso');
    const answer = await bench.call(token, jsonText(full.last['@odata.deltaLink']));
    expect([answer.status, errorCode(answer)]).toEqual([410, 'syncStateNotFound']);
  });
});

it('counts a listing for those who accept that the count is about right', async () => {
  const path = '/v1.0/groups?$top=1&$select=id&$count=true';
  expect((await bench.call(token, path)).status).toBe(400);
  const answer = await bench.call(token, path, { headers: { ConsistencyLevel: 'eventual' } });
  expect(answer.body['@odata.count']).toBe(4200);
});

it('lets trouble wait for its request, and sends what no service would', async () => {
  const path = '/v1.0/deviceManagement/roleDefinitions';
  await bench.control.addFault({ match: { path, query: '$top=2' }, skip: 1, times: 1, text: 'no JSON' });
  const statuses = async (query: string) => (await bench.call(token, `${path}${query}`)).status;
  expect([await statuses(''), await statuses('?$top=2')]).toEqual([200, 200]);
  expect(await bench.control.faults()).toHaveLength(1);
  await expect(bench.call(token, `${path}?$top=2`)).rejects.toThrow();
  expect(await statuses('?$top=2')).toBe(200);
});

describe('errors', () => {
  it('carry code, date and both request ids', async () => {
    const headers = { 'client-request-id': 'abc-1' };
    const answer = await bench.call(token, '/v1.0/groups/none', { headers });
    expect(answer.status).toBe(404);
    const { code, innerError } = answer.body.error as { code: string; innerError: JsonObject };
    expect(code).toBe('Request_ResourceNotFound');
    expect(innerError['client-request-id']).toBe('abc-1');
    expect(innerError['request-id']).toBe(answer.headers.get('request-id'));
    expect(innerError.date).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it('an unknown segment is refused, and beta objects are not in v1.0', async () => {
    expect((await bench.call(token, '/v1.0/nonsense')).status).toBe(400);
    expect((await bench.call(token, '/v1.0/groups/%E0%A4%A')).status).toBe(400);
    expect((await bench.call(token, '/v1.0/deviceManagement/configurationPolicies')).status).toBe(400);
    expect((await bench.call(token, '/beta/deviceManagement/roleScopeTags')).body.value).toHaveLength(4);
  });
});

describe('$batch', () => {
  const post = (requests: unknown) =>
    bench.call(token, '/v1.0/$batch', { method: 'POST', body: { requests } });

  it('answers 200 while items fail, and 424 for what depended on them', async () => {
    const answer = await post([
      { id: '1', method: 'GET', url: '/organization' },
      { id: '2', method: 'GET', url: '/groups/none' },
      { id: '3', method: 'GET', url: '/organization', dependsOn: ['2'] },
      { id: '4', method: 'GET', url: '/organization', dependsOn: ['1'] },
    ]);
    expect(answer.status).toBe(200);
    const responses = answer.body.responses as { id: string; status: number }[];
    expect(responses.map(({ id, status }) => [id, status])).toEqual([
      ['1', 200],
      ['2', 404],
      ['3', 424],
      ['4', 200],
    ]);
  });

  it('lets one item be throttled', async () => {
    await bench.control.addFault({ match: { path: '/organization' }, times: 1, status: 429, retryAfter: 3 });
    const answer = await post([{ id: 'a', method: 'GET', url: '/organization' }]);
    expect(answer.body.responses).toMatchObject([{ status: 429, headers: { 'Retry-After': '3' } }]);
  });

  it('takes 20 and refuses 21', async () => {
    const items = (count: number) =>
      Array.from({ length: count }, (_none, index) => ({
        id: `${index}`,
        method: 'GET',
        url: '/organization',
      }));
    expect((await post(items(20))).status).toBe(200);
    expect((await post(items(21))).status).toBe(400);
  });
});
