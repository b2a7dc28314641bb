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

test('a restore whose worker is killed midway is taken over in time, and no write takes effect twice at the provider', async () => {
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
  for (const [index, id] of policyIds.entries()) {
    const place = { tenant: 'contoso', segment: 'deviceConfigurations', id } as const;
    if (index % 2 === 0) await control.deletePolicy(place);
    else await control.editPolicy(place, { description: 'Changed by hand' });
  }
  await runToEnd(operator, { operation: 'restore_preview', tenantId });
  await control.clearLedger();

  // Slow enough to be caught midway, with a throttle on the way.
  await control.changeSettings({ latencyMs: 150 });
  await control.addFault({
    match: { tenant: 'contoso', method: 'PATCH' },
    times: 1,
    status: 429,
    retryAfter: 1,
  });
  const applied = async (kind: RegExp): Promise<string[]> =>
    (await control.ledger()).flatMap(({ effectKey, applied: took }) =>
      took && effectKey !== null && kind.test(effectKey) ? [effectKey] : [],
    );
  const objects = /:(create|update)$/;
  const { body } = await operator.post<{ run: { id: number } }>('/v1/runs', {
    operation: 'restore_execute',
    tenantId,
  });
  await waitUntil('the first writes', async () => (await applied(objects)).length >= 4, {
    timeoutMs: 30_000,
  });
  const killedAt = performance.now();
  await system.replaceWorker();
  const before = (await applied(objects)).length;
  expect(before).toBeLessThan(policies);
  await waitUntil('the other worker to go on', async () => (await applied(objects)).length > before, {
    timeoutMs: leaseMs + 15_000 - (performance.now() - killedAt),
  });
  await control.changeSettings({ latencyMs: 0 });

  const ended = await waitUntil(
    'the end of the restore',
    () => operator.get<{ status: string; counts: object }>(`/v1/runs/${body.run.id}`),
    { until: (run) => !['queued', 'running'].includes(run.status), timeoutMs: 60_000 },
  );
  expect(ended).toMatchObject({
    status: 'succeeded',
    counts: { total: policies, succeeded: policies, failed: 0, skipped: 0 },
  });
  expect(await control.faults()).toEqual([]);
  // An update may be asked for again under its old key, but what has taken effect is seen by comparing; a create,
  // which would not lead to the same object, is found by name and content. So no key takes effect a second time.
  expect(await applied(/:create$/)).toHaveLength(policies / 2);
  expect(await applied(/:update$/)).toHaveLength(policies / 2);
  const keys = await applied(/./);
  expect(keys).toHaveLength(new Set(keys).size);
});
