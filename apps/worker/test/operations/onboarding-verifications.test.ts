import { describe, expect, it } from 'vitest';
import type { VerificationTask } from '../../src/operations/graph/judge-verification.ts';
import { openOperationBench, type Place } from './support.ts';

const bench = await openOperationBench();
const { control, sql } = bench;
const consent = 'onboarding.consent.verify';
const connectivity = 'onboarding.connectivity.check';
const permissions = 'onboarding.permissions.verify';
const rbac = 'onboarding.rbac.verify';
const all = [consent, connectivity, permissions, rbac] as const;

/** Runs a verification, which must observe once, and answers how it ended with what it observed. */
async function verify(place: Place, task: VerificationTask) {
  const run = await bench.run(place, task);
  const rows = await sql`
    select task_type, status, reason, message, payload, tenant_id, connection_id, session_id
    from evidence where run_id = ${Number(run.id)}`;
  expect(rows).toHaveLength(1);
  const [seen] = rows;
  expect(seen).toMatchObject({
    task_type: task,
    tenant_id: String(place.tenantId),
    connection_id: String(place.connectionId),
  });
  return {
    run,
    ended: run.status,
    status: seen?.status,
    reason: seen?.reason,
    message: seen?.message,
    payload: seen?.payload,
  };
}

describe('a verification of an onboarding', () => {
  it('of a tenant that is in order answers ok to each question, and makes the connection usable', async () => {
    await bench.worker();
    const place = await bench.place('adatum', { check: null });
    const [session] = await sql`
      insert into onboarding_sessions (workspace_id, tenant_id, connection_id, status, step, created_by)
      values (${place.workspaceId}, ${place.tenantId}, ${place.connectionId}, 'in_progress', 4, 'test') returning id`;
    for (const task of all) {
      expect(await verify(place, task)).toMatchObject({ ended: 'succeeded', status: 'ok', reason: null });
    }
    expect(await verify(place, connectivity)).toMatchObject({
      message: 'The connection reaches Adatum Corporation.',
      payload: { organization: 'Adatum Corporation' },
    });
    expect(await verify(place, rbac)).toMatchObject({ payload: { entra: 'readable', intune: 'readable' } });
    expect(await verify(place, permissions)).toMatchObject({ payload: { missing: [] } });
    expect(await bench.connection(place)).toMatchObject({
      consent: 'granted',
      health: 'ok',
      credential: 'present',
    });
    const sessions = await sql`select distinct session_id from evidence where tenant_id = ${place.tenantId}
      and workspace_id = ${place.workspaceId}`;
    expect([...sessions]).toEqual([{ session_id: session?.id }]);
  });

  it.each([
    ['consent_missing', 'fabrikam', {}],
    ['credential_invalid', 'adatum', { secret: 'not-the-right-one' }],
  ] as const)(
    'that meets %s succeeds as a run and fails as evidence, whatever was asked',
    async (reason, alias, wishes) => {
      await bench.worker();
      const place = await bench.place(alias, { check: null, ...wishes });
      for (const task of all) {
        const { run, ...seen } = await verify(place, task);
        expect(seen).toMatchObject({ ended: 'succeeded', status: 'fail', reason });
        expect(run.output).toMatchObject({ status: 'fail', reason });
        expect(JSON.stringify(seen)).not.toContain('not-the-right-one');
      }
      expect(await bench.connection(place)).toMatchObject({ health: 'failing', health_reason: reason });
    },
  );

  it('finds an expired secret', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    await control.changeApp('adatum', { secretExpiresAt: '2026-01-01T00:00:00Z' });
    expect(await verify(place, consent)).toMatchObject({
      ended: 'succeeded',
      status: 'fail',
      reason: 'credential_expired',
    });
  });

  it('of permissions fails with the list of what is missing, and only warns of what is needed to write', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    await control.changeRoles('adatum', { revoke: ['DeviceManagementConfiguration.ReadWrite.All'] });
    expect(await verify(place, permissions)).toMatchObject({
      ...{ ended: 'succeeded', status: 'warn', reason: 'permission_missing' },
      payload: { missing: ['DeviceManagementConfiguration.ReadWrite.All'] },
    });
    await control.changeRoles('adatum', {
      revoke: ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'],
    });
    expect(await verify(place, permissions)).toMatchObject({
      ...{ ended: 'succeeded', status: 'fail', reason: 'permission_missing' },
      payload: { missing: ['DeviceManagementConfiguration.ReadWrite.All', 'GroupMember.Read.All'] },
    });
    expect(await bench.connection(place)).toMatchObject({
      health: 'warning',
      health_reason: 'permission_missing',
    });
    await control.changeRoles('adatum', { revoke: ['Application.Read.All'] });
    expect(await verify(place, permissions)).toMatchObject({
      status: 'fail',
      payload: { missing: ['Application.Read.All'] },
    });
    // Consent is there all the same.
    expect(await verify(place, consent)).toMatchObject({ status: 'ok' });
  });

  it('of connectivity compares the tenant it reaches with the one that is meant', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const other = '00000000-0000-4000-8000-00000000000e';
    await sql`update connections set consented_tenant_id = ${other} where id = ${place.connectionId}`;
    expect(await verify(place, connectivity)).toMatchObject({
      ended: 'succeeded',
      status: 'fail',
      reason: 'tenant_mismatch',
    });
    await sql`update connections set consented_tenant_id = null where id = ${place.connectionId}`;
    // Known by a domain: the one it has proven to own fits, any other is doubtful.
    const domain = 'adatum.onmicrosoft.com';
    await sql`update tenants set external_id = ${domain} where id = ${place.tenantId}`;
    expect(await verify(place, connectivity)).toMatchObject({ status: 'ok', payload: { domains: [domain] } });
    const value = [
      { id: 'x', displayName: 'Adatum Corporation', verifiedDomains: [{ name: 'elsewhere.example' }] },
    ];
    await control.addFault({ match: { path: '/organization' }, times: 1, text: JSON.stringify({ value }) });
    expect(await verify(place, connectivity)).toMatchObject({
      ...{ ended: 'succeeded', status: 'warn', reason: 'tenant_mismatch' },
      message: `The connection reaches Adatum Corporation, which does not own the domain ${domain}.`,
    });
    await control.changeRoles('adatum', { revoke: ['Organization.Read.All', 'Directory.Read.All'] });
    expect(await verify(place, connectivity)).toMatchObject({ status: 'warn', reason: 'permission_missing' });
  });

  it('of role access names the service whose role definitions cannot be read, and why', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    await control.addFault({ match: { path: '/deviceManagement/roleDefinitions' }, times: 1, status: 400 });
    expect(await verify(place, rbac)).toMatchObject({
      ...{ ended: 'succeeded', status: 'warn', reason: 'provider_refused' },
      payload: { entra: 'readable', intune: 'absent' },
    });
    await control.addFault({ match: { path: '/roleManagement/directory' }, times: 1, status: 403 });
    expect(await verify(place, rbac)).toMatchObject({
      status: 'fail',
      reason: 'provider_refused',
      payload: { entra: 'provider_refused' },
    });
    await control.changeRoles('adatum', { revoke: ['DeviceManagementRBAC.Read.All'] });
    expect(await verify(place, rbac)).toMatchObject({
      ...{ ended: 'succeeded', status: 'fail', reason: 'permission_missing' },
      message: 'The permission to read the role definitions of Intune is missing.',
      payload: { entra: 'readable', intune: 'permission_missing' },
    });
  });

  it('that gets no answer fails as a run; only of connectivity is that a finding, the rest is not known', async () => {
    const nowhere = 'http://127.0.0.1:9';
    await bench.worker({ graphUrl: nowhere, loginUrl: nowhere });
    const place = await bench.place('adatum');
    for (const task of all) {
      expect(await verify(place, task)).toMatchObject({
        ended: 'failed',
        status: task === connectivity ? 'fail' : 'unknown',
        reason: 'provider_unavailable',
      });
    }
    expect(await bench.connection(place)).toMatchObject({
      health: 'failing',
      health_reason: 'provider_unavailable',
      consent: 'granted',
    });
  });

  it('without a credential fails as a run and says so', async () => {
    await bench.worker();
    const place = await bench.place('adatum', { settings: {} });
    expect(await verify(place, consent)).toMatchObject({
      ended: 'failed',
      status: 'fail',
      reason: 'credential_missing',
    });
  });

  it('that had no answer at first observes only what it learned in the end', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    await control.addFault({ match: { path: '/organization' }, times: 2, status: 503 });
    const { run, ...seen } = await verify(place, consent);
    expect(run.attempt).toBe(2);
    expect(seen).toMatchObject({ ended: 'succeeded', status: 'ok' });
  });
});
