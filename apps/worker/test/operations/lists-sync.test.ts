import { waitUntil } from '@signalbox/testing/wait-until';
import { describe, expect, it } from 'vitest';
import { openOperationBench, type Place } from './support.ts';

const bench = await openOperationBench();
const { control, sql } = bench;

const rolesSync = 'directory.role_definitions.sync';
const evidence = (runId: unknown) =>
  sql`select task_type, status, reason, message from evidence where run_id = ${Number(runId)}`;

describe('a sync of role definitions', () => {
  const definitions = (place: Place) =>
    sql`select source, external_id, name, built_in, permissions, removed_at from role_definitions
      where tenant_id = ${place.tenantId} order by id`;

  it('keeps those of Entra and of Intune over many pages, and finds out what changed', async () => {
    await bench.worker();
    await control.changeSettings({ pageSize: 3 });
    const place = await bench.place('adatum');
    const first = await bench.run(place, rolesSync);
    expect(first).toMatchObject({ status: 'succeeded', total: 17, succeeded: 17 });
    expect(first.output).toMatchObject({ entra: 10, intune: 7, seen: 17, added: 17, pages: 9 });
    const kept = await definitions(place);
    expect(kept.find(({ name }) => name === 'Global Administrator')).toMatchObject({
      ...{ source: 'entra', built_in: true, removed_at: null },
      permissions: ['microsoft.directory/groups/standard/read'],
    });
    // Intune names what is allowed one level further down.
    expect(kept.find(({ source }) => source === 'intune')?.permissions).toEqual([
      'Microsoft.Intune_DeviceConfigurations_Read',
    ]);
    const [custom] = kept.filter(({ built_in: builtIn }) => !builtIn);
    const at = (id: string, source: 'entra' | 'intune') => ({ tenant: 'adatum', source, id });
    await control.changeRoleDefinition('PATCH', at(custom?.external_id, 'entra'), { displayName: 'Renamed' });
    await control.changeRoleDefinition('DELETE', at(kept.at(-1)?.external_id, 'intune'));
    await control.changeRoleDefinition('POST', at('new-one', 'intune'), {
      displayName: 'New',
      isBuiltIn: false,
    });
    const second = await bench.run(place, rolesSync);
    expect(second.output).toMatchObject({
      seen: 17,
      added: 1,
      changed: 1,
      unchanged: 15,
      removed: 1,
      purged: 0,
    });
    expect((await definitions(place)).filter((row) => row.removed_at !== null)).toHaveLength(1);
    await sql`update role_definitions set last_seen_at = now() - interval '91 days'
      where tenant_id = ${place.tenantId} and removed_at is not null`;
    expect((await bench.run(place, rolesSync)).output).toMatchObject({
      removed: 0,
      purged: 1,
      unchanged: 17,
    });
    expect(await definitions(place)).toHaveLength(17);
  });

  it('warns where the tenant has no Intune, and takes nothing of it for gone', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    await bench.run(place, rolesSync);
    const path = '/deviceManagement/roleDefinitions';
    await control.addFault({ match: { path }, times: 1, status: 400, code: 'BadRequest' });
    const run = await bench.run(place, rolesSync);
    expect(run).toMatchObject({ status: 'succeeded', total: 10, succeeded: 10 });
    expect(run.output).toMatchObject({ entra: 10, refused: ['intune'], removed: 0 });
    expect(await evidence(run.id)).toEqual([
      {
        ...{ task_type: rolesSync, status: 'warn', reason: 'provider_refused' },
        message:
          '10 Entra role definitions seen: 0 added, 0 changed, 0 removed. The provider refused the Intune role definitions.',
      },
    ]);
    expect((await definitions(place)).filter((row) => row.removed_at !== null)).toEqual([]);
  });

  it('fails with the permission that is missing', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    await control.changeRoles('adatum', { revoke: ['DeviceManagementRBAC.Read.All'] });
    const run = await bench.run(place, rolesSync);
    const missing = 'DeviceManagementRBAC.Read.All';
    expect(run).toMatchObject({
      status: 'failed',
      safe_error: { code: 'permission_missing', context: { missing } },
    });
    expect(await evidence(run.id)).toMatchObject([{ status: 'fail', reason: 'permission_missing' }]);
  });
});

describe('a sync of the inventory', () => {
  const policies = (place: Place) =>
    sql`select external_id, kind, name, removed_at from policies where tenant_id = ${place.tenantId} order by id`;

  it('knows every policy by name, notes which are gone, and a capture that finds one again says so', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const first = await bench.run(place, 'inventory.sync');
    expect(first).toMatchObject({ status: 'succeeded', total: 22, succeeded: 22 });
    expect(first.output).toMatchObject({
      ...{ deviceConfiguration: 12, deviceCompliancePolicy: 4, configurationPolicy: 6 },
      ...{ seen: 22, added: 22, removed: 0 },
    });
    expect(await sql`select from policy_versions where workspace_id = ${place.workspaceId}`).toHaveLength(0);
    const [policy] = await policies(place);
    const segment = 'deviceConfigurations';
    const id = String(policy?.external_id);
    await control.deletePolicy({ tenant: 'adatum', segment, id });
    const second = await bench.run(place, 'inventory.sync');
    expect(second.output).toMatchObject({ seen: 21, unchanged: 21, removed: 1, purged: 0 });
    expect((await policies(place))[0]?.removed_at).not.toBeNull();
    const [other] = (await policies(place)).slice(1);
    await sql`update policies set removed_at = now() where external_id = ${String(other?.external_id)}`;
    await bench.run(place, 'snapshot_capture', { input: { policyIds: [String(other?.external_id)] } });
    expect((await policies(place)).filter((row) => row.removed_at !== null)).toHaveLength(1);
  });

  it('excludes every other work through the connection, and goes on behind its pages after a throttle', async () => {
    await bench.worker({ retry: { budgetMs: 0, attempts: 2, baseMs: 1, capMs: 20 } });
    await control.changeSettings({ pageSize: 4 });
    const place = await bench.place('adatum');
    const path = '/deviceCompliancePolicies';
    await control.addFault({ match: { path }, times: 1, status: 429, retryAfter: 1 });
    const runId = await bench.start(place, 'inventory.sync');
    await waitUntil(
      'the run to wait',
      async () => (await sql`select wait_cause from runs where id = ${runId}`)[0]?.wait_cause,
      { until: (cause) => cause === 'throttled' },
    );
    await sql`update connections set throttled_until = null where id = ${place.connectionId}`;
    const input = { selectionKey: 'all_groups_v1' };
    const busy = await bench.answer(place, 'directory.groups.sync', { input });
    expect(busy).toMatchObject({ verdict: { kind: 'scope_busy' } });
    const run = await bench.ended(runId);
    expect(run).toMatchObject({ status: 'succeeded', total: 22, succeeded: 22, attempt: 1 });
    expect(run.output).toMatchObject({ seen: 22, added: 22, unchanged: 0 });
  });
});

describe('a compliance snapshot', () => {
  const snapshots = (place: Place) =>
    sql`select run_id, devices, states from compliance_snapshots where tenant_id = ${place.tenantId} order by id`;

  it('counts every device on many pages, once for each run', async () => {
    await bench.worker();
    const place = await bench.place('contoso');
    const run = await bench.run(place, 'compliance.snapshot');
    expect(run).toMatchObject({ status: 'succeeded', total: 1_800, succeeded: 1_800 });
    const { devices, ...states } = run.output;
    expect(devices).toBe(1_800);
    expect(Object.values<number>(states).reduce((sum, count) => sum + count, 0)).toBe(1_800);
    expect(states.compliant).toBeGreaterThan(1_400);
    expect(await snapshots(place)).toEqual([{ run_id: run.id, devices, states }]);
    await bench.run(place, 'compliance.snapshot');
    expect(await snapshots(place)).toHaveLength(2);
  });

  it('keeps nothing of a count that did not come to its end, and counts anew when its place was lost', async () => {
    await bench.worker();
    const place = await bench.place('contoso');
    const match = { path: '/managedDevices', query: '$skiptoken' };
    await control.addFault({ match, times: 50, status: 503 });
    const failed = await bench.run(place, 'compliance.snapshot');
    expect(failed).toMatchObject({ status: 'failed', safe_error: { code: 'provider_unavailable' } });
    expect(await snapshots(place)).toEqual([]);
    expect(await evidence(failed.id)).toMatchObject([{ status: 'fail', reason: 'provider_unavailable' }]);
    await control.clearFaults();
    await control.addFault({ match, skip: 1, times: 1, status: 410, code: 'resyncRequired' });
    expect((await bench.run(place, 'compliance.snapshot')).output).toMatchObject({ devices: 1_800 });
    expect(await snapshots(place)).toMatchObject([{ devices: 1_800 }]);
  });

  it('of a tenant without devices is a snapshot of none', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    await control.addFault({ match: { path: '/managedDevices' }, times: 1, text: '{"value":[]}' });
    const run = await bench.run(place, 'compliance.snapshot');
    expect(run).toMatchObject({ status: 'succeeded', output: { devices: 0 } });
    expect(await snapshots(place)).toMatchObject([{ devices: 0, states: {} }]);
  });
});
