import { describe, expect, it } from 'vitest';
import { openOperationBench, type Place } from './support.ts';

const bench = await openOperationBench();
const { control } = bench;

/** A capture of 100 policies that has read some of them; what then happens, happens in the middle. */
async function midCapture(): Promise<{ readonly place: Place; readonly runId: number }> {
  await bench.worker();
  await control.changeSettings({ latencyMs: 20 });
  const place = await bench.place('tailspin');
  const runId = await bench.start(place, 'snapshot_capture');
  await bench.settledItems(runId, 5);
  return { place, runId };
}

async function nextStart(place: Place): Promise<unknown> {
  const { verdict } = (await bench.answer(place, 'snapshot_capture')) as { verdict?: unknown };
  return verdict;
}

describe('in the middle of a capture', () => {
  it('an expired token is replaced, and nothing is lost', async () => {
    const { runId } = await midCapture();
    await control.expireTokens('tailspin');
    expect(await bench.ended(runId)).toMatchObject({ status: 'succeeded', succeeded: 100, attempt: 1 });
  });

  it('an expired secret ends it with that reason, keeps the results, and blocks the next start', async () => {
    const { place, runId } = await midCapture();
    await control.changeApp('tailspin', { secretExpiresAt: '2026-01-01T00:00:00Z' });
    await control.expireTokens('tailspin');
    const run = await bench.ended(runId);
    expect(run).toMatchObject({ status: 'failed', attempt: 1, safe_error: { code: 'credential_expired' } });
    expect(run.succeeded).toBeGreaterThanOrEqual(5);
    expect(run.succeeded + run.skipped).toBe(100);
    expect(await nextStart(place)).toMatchObject({ kind: 'blocked', reason: 'credential_expired' });
  });

  it('a secret that was exchanged ends it as refused', async () => {
    const { place, runId } = await midCapture();
    await control.changeApp('tailspin', { secret: 'another' });
    await control.expireTokens('tailspin');
    expect(await bench.ended(runId)).toMatchObject({
      status: 'failed',
      safe_error: { code: 'credential_invalid' },
    });
    expect(await bench.connection(place)).toMatchObject({ credential: 'refused', health: 'failing' });
    expect(await nextStart(place)).toMatchObject({ kind: 'blocked', reason: 'credential_invalid' });
  });

  it('a consent that is taken back ends it with that reason, and blocks the next start', async () => {
    const { place, runId } = await midCapture();
    await control.setConsent('tailspin', false);
    expect(await bench.ended(runId)).toMatchObject({
      status: 'failed',
      safe_error: { code: 'consent_missing' },
    });
    expect(await bench.connection(place)).toMatchObject({ consent: 'missing', granted: [] });
    expect(await nextStart(place)).toMatchObject({ kind: 'blocked', reason: 'consent_missing' });
  });

  it('a permission that is taken back ends it, and the next start is told which', async () => {
    const { place, runId } = await midCapture();
    await control.changeRoles('tailspin', {
      revoke: ['DeviceManagementConfiguration.Read.All', 'DeviceManagementConfiguration.ReadWrite.All'],
    });
    expect(await bench.ended(runId)).toMatchObject({
      status: 'failed',
      safe_error: {
        code: 'permission_missing',
        context: { missing: 'DeviceManagementConfiguration.Read.All' },
      },
    });
    expect(await nextStart(place)).toMatchObject({
      kind: 'blocked',
      reason: 'permission_missing',
      missingPermissions: ['DeviceManagementConfiguration.Read.All'],
    });
  });

  it('a provider that is down is tried again until it is up', async () => {
    const { runId } = await midCapture();
    await control.addFault({ match: { tenant: 'tailspin' }, times: 20, status: 503 });
    const run = await bench.ended(runId);
    expect(run).toMatchObject({ status: 'succeeded', succeeded: 100 });
    expect(run.attempt).toBeGreaterThan(1);
  });

  it('a provider that stays down ends it, the captured policies keep their results', async () => {
    const { runId } = await midCapture();
    await control.addFault({ match: { tenant: 'tailspin' }, times: 1_000_000, status: 503 });
    const run = await bench.ended(runId);
    expect(run).toMatchObject({ status: 'failed', attempt: 5, safe_error: { code: 'provider_unavailable' } });
    expect(run.succeeded).toBeGreaterThanOrEqual(5);
    expect(run.skipped).toBeGreaterThan(0);
  });

  it('a lost worker keeps nothing that it had not recorded, and the next one captures the rest', async () => {
    const lost = await bench.dyingWorker('snapshot_capture', { leaseMs: 1_500 });
    const place = await bench.place('adatum');
    const runId = await bench.start(place, 'snapshot_capture');
    await lost.gone;
    const { sql } = bench;
    const none = await sql`select from policy_versions where workspace_id = ${place.workspaceId}`;
    expect(none).toHaveLength(0);
    await bench.worker({}, { leaseMs: 1_500 });
    expect(await bench.ended(runId)).toMatchObject({ status: 'succeeded', succeeded: 22 });
    const kept = await sql`select version from policy_versions where workspace_id = ${place.workspaceId}`;
    expect(kept.map((row) => row.version)).toEqual(Array(22).fill(1));
  });
});
