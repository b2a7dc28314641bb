import { waitUntil } from '@signalbox/testing/wait-until';
import { describe, expect, it } from 'vitest';
import { openOperationBench } from './support.ts';

const bench = await openOperationBench();
const { control, sql } = bench;

/** Provider ids of a tenant's policies, as a capture finds them. */
async function capturedIds(runId: number): Promise<string[]> {
  return (await bench.items(runId)).map((item) => String(item.key));
}

/** Everything a look answers until the run has ended. */
async function watch<T>(runId: number, look: () => Promise<T>): Promise<T[]> {
  const seen: T[] = [];
  let running = true;
  const end = bench.ended(runId).finally(() => {
    running = false;
  });
  while (running) seen.push(await look());
  await end;
  return seen;
}

describe('a capture', () => {
  it('of 240 policies with one throttle ends succeeded with a version of each', async () => {
    await bench.worker();
    await control.changeSettings({ throttleOncePerWalk: { retryAfterSeconds: 1 } });
    const place = await bench.place('contoso');
    const runId = await bench.start(place, 'snapshot_capture');
    // A result and its version are never seen one without the other.
    const seen = await watch(runId, async () => {
      const [now] = await sql`select
        (select count(*)::int from policy_versions where workspace_id = ${place.workspaceId}) as versions,
        (select count(*)::int from run_items where run_id = ${runId} and outcome = 'succeeded') as results`;
      return now;
    });
    expect(seen.filter((now) => now?.versions !== now?.results)).toEqual([]);
    const run = await bench.ended(runId);
    expect(run).toMatchObject({ status: 'succeeded', total: 240, succeeded: 240, failed: 0, progress: 1 });
    expect(run.output).toMatchObject({ captured: 240, newVersions: 240, unchanged: 0 });
    const [kept] = await sql`select count(*)::int as versions, count(distinct policy_id)::int as policies
      from policy_versions where workspace_id = ${place.workspaceId}`;
    expect(kept).toEqual({ versions: 240, policies: 240 });
    const items = await bench.items(Number(run.id));
    expect(items[0]).toMatchObject({ outcome: 'succeeded', detail: { version: 1, fresh: true } });
    const log = await bench.log(Number(run.id));
    expect(log).toContain('Read page 1 of device configurations');
    expect(log).toContain('The provider asked for a pause of 1 s; waiting.');
    expect(log).toContain('240 captured (240 new versions, 0 unchanged).');
    expect(await control.ledger()).toEqual([]);
  });

  it('makes a version only of what changed since the last one', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const first = await bench.run(place, 'snapshot_capture', { input: { kinds: ['deviceConfiguration'] } });
    const [id = ''] = await capturedIds(Number(first.id));
    await control.editPolicy(
      { tenant: 'adatum', segment: 'deviceConfigurations', id },
      { description: 'changed by hand' },
    );
    const second = await bench.run(place, 'snapshot_capture', { input: { kinds: ['deviceConfiguration'] } });
    expect(second.output).toMatchObject({ captured: 12, newVersions: 1, unchanged: 11 });
    const items = await bench.items(Number(second.id));
    expect(items.find((item) => item.key === id)?.detail).toEqual({ version: 2, fresh: true });
    expect(items.find((item) => item.key !== id)?.detail).toEqual({ version: 1, fresh: false });
  });

  it('fails the policies that are gone and captures the others', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const [gone = '', ...rest] = await capturedIds(Number((await bench.run(place, 'snapshot_capture')).id));
    await control.addFault({ match: { method: 'GET', path: `/${rest[0]}` }, times: 1, status: 404 });
    await control.deletePolicy({ tenant: 'adatum', segment: 'deviceConfigurations', id: gone });
    const policyIds = [gone, ...rest.slice(0, 3)];
    const run = await bench.run(place, 'snapshot_capture', { input: { policyIds } });
    expect(run).toMatchObject({ status: 'partial', total: 4, succeeded: 2, failed: 2 });
    const failed = (await bench.items(Number(run.id))).filter((item) => item.outcome === 'failed');
    // One was listed and vanished before it was read, one was never there.
    expect(failed.map((item) => [item.key, item.error.code])).toEqual([
      [rest[0], 'not_found'],
      [gone, 'not_found'],
    ]);
  });

  it('goes on with the open items after a throttle, and keeps the connection throttled until then', async () => {
    await bench.worker({ retry: { budgetMs: 0, attempts: 2, baseMs: 1, capMs: 20 } });
    const place = await bench.place('adatum');
    await control.addFault({
      match: { method: 'GET', path: '/deviceCompliancePolicies/' },
      times: 1,
      status: 429,
      retryAfter: 2,
    });
    const runId = await bench.start(place, 'snapshot_capture');
    await waitUntil(
      'the run to wait',
      async () => (await sql`select wait_cause from runs where id = ${runId}`)[0]?.wait_cause,
      { until: (cause) => cause === 'throttled' },
    );
    const { throttled_until: until } = await bench.connection(place);
    const [waiting] = await sql`select wake_at, succeeded from runs where id = ${runId}`;
    expect(Math.abs(until - waiting?.wake_at)).toBeLessThan(1_000);
    expect(waiting?.succeeded).toBeGreaterThan(0);
    const other = await bench.answer(place, 'provider.connection.check');
    expect(other).toMatchObject({ verdict: { kind: 'blocked', reason: 'throttled' } });
    expect(await bench.ended(runId)).toMatchObject({
      status: 'succeeded',
      total: 22,
      succeeded: 22,
      attempt: 1,
    });
    const [versions] = await sql`select count(*)::int as n from policy_versions
      where workspace_id = ${place.workspaceId}`;
    expect(versions?.n).toBe(22);
    expect(await bench.log(runId)).toContain('the run goes on by itself at');
  });

  it('waits by a backoff of its own when a 429 names no time', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    await control.addFault({ match: { path: '/deviceConfigurations/' }, times: 7, status: 429 });
    const run = await bench.run(place, 'snapshot_capture');
    expect(run).toMatchObject({ status: 'succeeded', succeeded: 22, attempt: 1 });
  });

  it('fails a policy that the provider cannot answer for, after all tries, and captures the others', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const [id = ''] = await capturedIds(Number((await bench.run(place, 'snapshot_capture')).id));
    await control.addFault({ match: { method: 'GET', path: `/${id}` }, times: 1_000, status: 500 });
    const run = await bench.run(place, 'snapshot_capture');
    expect(run).toMatchObject({ status: 'partial', succeeded: 21, failed: 1, attempt: 5 });
    const failed = (await bench.items(Number(run.id))).filter((item) => item.outcome === 'failed');
    expect(failed.map((item) => [item.key, item.error.code])).toEqual([[id, 'provider_unavailable']]);
  });

  it('fails only the policy that an earlier attempt declared and that is gone by now', async () => {
    const place = await bench.place('adatum');
    const runId = await bench.start(place, 'snapshot_capture', {
      input: { kinds: ['deviceCompliancePolicy'] },
    });
    // What an attempt leaves that declared its first page and was then cut off.
    await sql`insert into run_items (workspace_id, run_id, position, key, label)
      values (${place.workspaceId}, ${runId}, 0, 'gone', 'Gone')`;
    await sql`update runs set total = 1, lease_epoch = 1, attempt = 1 where id = ${runId}`;
    await bench.worker();
    expect(await bench.ended(runId)).toMatchObject({ status: 'partial', total: 5, succeeded: 4, failed: 1 });
    const [gone] = (await bench.items(runId)).filter((item) => item.key === 'gone');
    expect(gone).toMatchObject({ outcome: 'failed', error: { code: 'not_found' } });
  });

  it('stops soon when it is cancelled midway, and leaves the rest without a result', async () => {
    await bench.worker();
    const place = await bench.place('contoso');
    await control.changeSettings({ latencyMs: 25 });
    const runId = await bench.start(place, 'snapshot_capture');
    await waitUntil(
      'some items to be captured',
      async () => Number((await sql`select succeeded from runs where id = ${runId}`)[0]?.succeeded),
      { until: (succeeded) => succeeded > 10 },
    );
    await bench.cancel(place, runId);
    const run = await bench.ended(runId);
    expect(run.status).toBe('cancelled');
    expect(run.skipped).toBeGreaterThan(0);
    const [versions] = await sql`select count(*)::int as n from policy_versions
      where workspace_id = ${place.workspaceId}`;
    expect(versions?.n).toBe(run.succeeded);
  });
});

describe('adding policies to a backup set', () => {
  it('gives a result per policy, and a version that is in the set already is not added twice', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const setId = await bench.backupSet(place);
    const ids = await capturedIds(Number((await bench.run(place, 'snapshot_capture')).id));
    const first = await bench.run(place, 'backup_set_add_policies', {
      input: { policyIds: ids.slice(0, 3) },
    });
    expect(first).toMatchObject({ status: 'succeeded', succeeded: 3 });
    expect(first.output).toMatchObject({ backupSetId: setId, added: 3, alreadyContained: 0, newVersions: 0 });
    const policyIds = [...ids.slice(0, 4), 'no-such-policy'];
    const second = await bench.run(place, 'backup_set_add_policies', { input: { policyIds } });
    expect(second).toMatchObject({ status: 'partial', total: 5, succeeded: 4, failed: 1 });
    expect(second.output).toMatchObject({ added: 1, alreadyContained: 3, failed: 1 });
    const items = await bench.items(Number(second.id));
    const details = new Map(items.map((item) => [item.key, item.detail ?? item.error]));
    expect(details.get(ids[0])).toEqual({ version: 1, fresh: false, added: false });
    expect(details.get(ids[3])).toEqual({ version: 1, fresh: false, added: true });
    expect(details.get('no-such-policy')).toMatchObject({ code: 'not_found' });
    const [kept] = await sql`select count(*)::int as n from backup_items where set_id = ${setId}`;
    expect(kept?.n).toBe(4);
  });
});
