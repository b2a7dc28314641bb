import { runToEnd } from '@signalbox/demo/rest-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leaseMs, startSystem, type TestSystem } from '../../src/system/start-system.ts';
import { waitUntil } from '../../src/wait-until.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system?.stop());

const policies = 12;

test('a restore whose worker is killed midway is taken over in time, and nothing is created twice at the provider', async () => {
  const { control } = system;
  const operator = await system.signIn('operator');
  const tenantId = system.tenantId('contoso');
  const kinds = ['deviceConfiguration'];
  await runToEnd(operator, { operation: 'snapshot_capture', tenantId, input: { kinds } });
  const { items } = await operator.get<{ items: { policyId: string; name: string }[] }>(
    `/v1/policies?tenantId=${tenantId}&kind=deviceConfiguration&limit=${policies}`,
  );
  const policyIds = items.map(({ policyId }) => policyId);
  await runToEnd(operator, { operation: 'backup_set_add_policies', tenantId, input: { policyIds } });
  for (const id of policyIds)
    await control.deletePolicy({ tenant: 'contoso', segment: 'deviceConfigurations', id });
  await runToEnd(operator, { operation: 'restore_preview', tenantId });

  // Slow enough to be caught midway, with a throttle on the way.
  await control.changeSettings({ latencyMs: 150 });
  await control.addFault({
    match: { tenant: 'contoso', method: 'POST' },
    times: 1,
    status: 429,
    retryAfter: 1,
  });
  const creates = async () =>
    (await control.ledger()).filter(
      ({ method, path, applied }) => method === 'POST' && /deviceConfigurations$/.test(path) && applied,
    );
  const { body } = await operator.post<{ run: { id: number } }>('/v1/runs', {
    operation: 'restore_execute',
    tenantId,
  });
  await waitUntil('the first creates', async () => (await creates()).length >= 3, { timeoutMs: 30_000 });
  const killedAt = performance.now();
  await system.replaceWorker();
  const before = (await creates()).length;
  await waitUntil('the other worker to go on', async () => (await creates()).length > before, {
    timeoutMs: leaseMs + 15_000 - (performance.now() - killedAt),
  });
  await control.changeSettings({ latencyMs: 0 });

  const ended = await waitUntil(
    'the end of the restore',
    () => operator.get<{ status: string; counts: object }>(`/v1/runs/${body.run.id}`),
    { until: (run) => !['queued', 'running'].includes(run.status), timeoutMs: 60_000 },
  );
  expect(ended).toMatchObject({ status: 'succeeded', counts: { total: policies, failed: 0 } });
  expect(await creates()).toHaveLength(policies);
});
