import { demoTenants } from '@signalbox/emulators/graph/seed/tenants';
import { describe, expect, it } from 'vitest';
import { openOperationBench, type Place } from './support.ts';

const bench = await openOperationBench();
const { control } = bench;
const check = 'provider.connection.check';

/** What a start of a capture is answered right after the check. */
async function captureVerdict(place: Place): Promise<unknown> {
  const { verdict } = (await bench.answer(place, 'snapshot_capture')) as { verdict?: unknown };
  return verdict;
}

describe('a connection check', () => {
  it('of an unchecked connection that works makes it usable', async () => {
    await bench.worker();
    const place = await bench.place('adatum', { check: null });
    expect(await captureVerdict(place)).toMatchObject({ kind: 'blocked', reason: 'consent_missing' });
    const run = await bench.run(place, check);
    expect(run).toMatchObject({ status: 'succeeded', output: { health: 'ok', missing: [] } });
    expect(run.output.organization).toBe('Adatum Corporation');
    const connection = await bench.connection(place);
    expect(connection).toMatchObject({
      consent: 'granted',
      health: 'ok',
      health_reason: null,
      credential: 'present',
    });
    expect(connection.granted).toContain('DeviceManagementConfiguration.ReadWrite.All');
    expect(connection.checked_at).not.toBeNull();
    expect(await captureVerdict(place)).toMatchObject({ kind: 'accepted' });
  });

  it('finds a wrong secret, keeps what it did not learn, and never shows the secret', async () => {
    await bench.worker();
    const place = await bench.place('adatum', { secret: 'not-the-right-one' });
    const before = await bench.connection(place);
    const run = await bench.run(place, check);
    expect(run).toMatchObject({ status: 'succeeded', safe_error: null });
    expect(run.output).toEqual({
      health: 'failing',
      reason: 'credential_invalid',
      credential: 'refused',
      providerCode: 'AADSTS7000215',
    });
    expect(await bench.connection(place)).toMatchObject({
      credential: 'refused',
      health: 'failing',
      health_reason: 'credential_invalid',
      consent: 'granted',
      granted: before.granted,
    });
    expect(await captureVerdict(place)).toMatchObject({ kind: 'blocked', reason: 'credential_invalid' });
    expect(JSON.stringify([run, await bench.log(Number(run.id))])).not.toContain('not-the-right-one');
  });

  it('finds an unknown application', async () => {
    await bench.worker();
    const clientId = '00000000-0000-4000-8000-000000000000';
    const place = await bench.place('adatum', { settings: { clientId } });
    const run = await bench.run(place, check);
    expect(run.output).toMatchObject({ reason: 'credential_invalid', providerCode: 'AADSTS700016' });
    expect(await bench.connection(place)).toMatchObject({ credential: 'refused', health: 'failing' });
  });

  it('finds an expired secret, and the next check after its renewal makes the connection usable', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    await control.changeApp('adatum', { secretExpiresAt: '2026-01-01T00:00:00Z' });
    const run = await bench.run(place, check);
    expect(run).toMatchObject({ status: 'succeeded', output: { reason: 'credential_expired' } });
    expect(await captureVerdict(place)).toMatchObject({ kind: 'blocked', reason: 'credential_expired' });
    await control.changeApp('adatum', { secretExpiresAt: null });
    await bench.run(place, check);
    expect(await bench.connection(place)).toMatchObject({
      credential: 'present',
      credential_expires_at: null,
      health: 'ok',
    });
    expect(await captureVerdict(place)).toMatchObject({ kind: 'accepted' });
  });

  it('finds that nobody has consented, and that it was granted afterwards', async () => {
    await bench.worker();
    const place = await bench.place('fabrikam', { check: null });
    const run = await bench.run(place, check);
    expect(run).toMatchObject({
      status: 'succeeded',
      output: { reason: 'consent_missing', consent: 'missing' },
    });
    expect(await bench.connection(place)).toMatchObject({
      consent: 'missing',
      health: 'failing',
      granted: [],
    });
    expect(await captureVerdict(place)).toMatchObject({ kind: 'blocked', reason: 'consent_missing' });
    await control.setConsent('fabrikam', true);
    await bench.run(place, check);
    expect(await captureVerdict(place)).toMatchObject({ kind: 'accepted' });
  });

  it('names the permissions that are missing, and blocks only what needs them', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    await control.changeRoles('adatum', { revoke: ['DeviceManagementConfiguration.ReadWrite.All'] });
    const run = await bench.run(place, check);
    expect(run.output).toMatchObject({
      health: 'warning',
      reason: 'permission_missing',
      missing: ['DeviceManagementConfiguration.ReadWrite.All'],
    });
    expect(await bench.log(Number(run.id))).toContain(
      'Missing permissions: DeviceManagementConfiguration.Read',
    );
    expect(await captureVerdict(place)).toMatchObject({ kind: 'accepted' });
  });

  it('works without the permission to read the grants, and says that it is missing', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    await control.changeRoles('adatum', { revoke: ['Application.Read.All', 'Organization.Read.All'] });
    const run = await bench.run(place, check);
    expect(run.output).toMatchObject({ health: 'warning', missing: ['Application.Read.All'] });
    expect(await bench.connection(place)).toMatchObject({
      consent: 'granted',
      health_reason: 'permission_missing',
    });
  });

  it('keeps which tenant it reached, and says when that is another one than is meant', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    await bench.run(place, check);
    const { id } = demoTenants.find(({ alias }) => alias === 'adatum') ?? {};
    const reached = { provider_tenant_id: id, tenant_mismatch: false, health: 'ok' };
    expect(await bench.connection(place)).toMatchObject(reached);
    // An administrator has consented somewhere else.
    const elsewhere = '00000000-0000-4000-8000-00000000000e';
    await bench.sql`update connections set consented_tenant_id = ${elsewhere} where id = ${place.connectionId}`;
    const run = await bench.run(place, check);
    expect(run).toMatchObject({ status: 'succeeded', output: { reason: 'tenant_mismatch' } });
    expect(await bench.connection(place)).toMatchObject({
      ...reached,
      ...{ tenant_mismatch: true, health: 'failing', health_reason: 'tenant_mismatch', consent: 'granted' },
    });
    expect(await captureVerdict(place)).toMatchObject({ kind: 'blocked', reason: 'tenant_mismatch' });
    await bench.sql`update connections set consented_tenant_id = ${id ?? ''} where id = ${place.connectionId}`;
    await bench.run(place, check);
    expect(await bench.connection(place)).toMatchObject(reached);
  });

  it('fails when the provider stays silent, notes that, and leaves everything else as it was known', async () => {
    const nowhere = 'http://127.0.0.1:9';
    await bench.worker({ graphUrl: nowhere, loginUrl: nowhere });
    const place = await bench.place('adatum');
    const before = await bench.connection(place);
    const run = await bench.run(place, check);
    expect(run).toMatchObject({ status: 'failed', attempt: 2, safe_error: { code: 'provider_unavailable' } });
    expect(await bench.connection(place)).toMatchObject({
      health: 'failing',
      health_reason: 'provider_unavailable',
      consent: before.consent,
      credential: before.credential,
      granted: before.granted,
    });
  });
});
