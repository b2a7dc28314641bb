import { addBackupItems } from '@signalbox/db/commands/backup/add-backup-items';
import { capturePolicies } from '@signalbox/db/commands/backup/capture-policies';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const read = (path: string) => api.call(path, { as: api.workspace.members.viewer });
const create = (body: object, call: Call = {}) =>
  api.call('/v1/backup-sets', { method: 'POST', as: api.workspace.members.operator, body, ...call });
const names = (items: readonly { name: string }[]) => items.map(({ name }) => name);

/** Captures policies by a run of the tenant, optionally into a set. */
async function capture(policyNames: readonly string[], setId?: number): Promise<void> {
  const { tenantId } = api.tenant;
  const started = await api.call('/v1/runs', {
    method: 'POST',
    as: api.workspace.members.operator,
    body: { operation: 'snapshot_capture', tenantId },
  });
  const runId = started.body.run.id;
  await api.db.inWorkspace(api.workspace.id, async (tx) => {
    const captured = policyNames.map((name) => ({
      externalId: `id-${name}`,
      kind: 'deviceConfiguration',
      name,
      payload: { name },
      assignments: [{ target: 1 }, { target: 2 }],
      scopeTags: [],
      hash: `hash-${name}`,
    }));
    const versions = await capturePolicies(tx, { tenantId, runId }, captured);
    if (setId !== undefined) {
      await addBackupItems(
        tx,
        { setId, runId },
        versions.map(({ versionId }) => versionId),
      );
    }
  });
  await api.call(`/v1/runs/${runId}/cancel`, { method: 'POST', as: api.workspace.members.operator });
}

describe('a backup set', () => {
  it('is made empty, once per name, and says where it is', async () => {
    const made = await create({ tenantId: api.tenant.tenantId, name: '  weekly ' });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`/v1/backup-sets/${made.body.id}`);
    expect(made.body).toMatchObject({
      name: 'weekly',
      items: 0,
      complete: false,
      tenant: { externalId: 'contoso' },
    });
    expect((await create({ tenantId: api.tenant.tenantId, name: 'weekly' })).status).toBe(409);
  });

  it.each([{ name: '' }, { name: 'a\u0000b' }, { name: 'x'.repeat(101) }, { name: 'a\u202eb' }, { name: 7 }])(
    'refuses %j',
    async (body) => {
      expect((await create({ tenantId: api.tenant.tenantId, ...body })).status).toBe(400);
    },
  );

  it('lists its items by name, page by page', async () => {
    const { body: set } = await create({ tenantId: api.tenant.tenantId, name: 'nightly' });
    await capture(['delta', 'alpha', 'charlie', 'bravo'], set.id);
    const path = `/v1/backup-sets/${set.id}/items`;
    const first = (await read(`${path}?limit=3`)).body;
    const second = (await read(`${path}?limit=3&cursor=${first.nextCursor}`)).body;
    expect(names([...first.items, ...second.items])).toEqual(['alpha', 'bravo', 'charlie', 'delta']);
    expect(second.nextCursor).toBeNull();
    expect(first.items[0]).toMatchObject({ policyId: 'id-alpha', version: 1, assignments: 2 });
    expect((await read(`${path}?kind=configurationPolicy`)).body.items).toEqual([]);
    expect((await read(`/v1/backup-sets/${set.id}`)).body).toMatchObject({ items: 4, complete: true });
  });

  it('lists come newest first', async () => {
    const { items } = (await read('/v1/backup-sets?limit=2')).body;
    expect(items[0].id).toBeGreaterThan(items[1].id);
  });
});

describe('policies', () => {
  const list = async (query: string) =>
    (await read(`/v1/policies?tenantId=${api.tenant.tenantId}&${query}`)).body.items;

  it('are listed by name, and a search is taken literally', async () => {
    await capture(['100% sure', 'under_score', 'Plain']);
    expect(names(await list('search=%25'))).toEqual(['100% sure']);
    expect(names(await list('search=_'))).toEqual(['under_score']);
    expect(names(await list('search=PLAIN'))).toEqual(['Plain']);
    expect((await list('search=Plain'))[0]).toMatchObject({ policyId: 'id-Plain', versions: 1 });
    expect((await list('search=Plain'))[0].lastCapturedAt).toBeTypeOf('string');
  });

  it('need a tenant', async () => {
    expect((await read('/v1/policies')).status).toBe(400);
    expect((await read('/v1/policies?tenantId=x')).status).toBe(400);
  });
});

it('a run that is no preview has none', async () => {
  const { items } = (await read('/v1/runs?limit=1')).body;
  expect((await read(`/v1/runs/${items[0].id}/preview`)).status).toBe(404);
});
