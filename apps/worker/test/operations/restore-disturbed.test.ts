import { waitUntil } from '@signalbox/testing/wait-until';
import { describe, expect, it } from 'vitest';
import { findPoliciesByName } from '../../src/providers/graph/find-policies-by-name.ts';
import { readPolicy } from '../../src/providers/graph/read-policy.ts';
import { failedItems, kind, openRestoreBench, segment } from './restore-support.ts';

const bench = await openRestoreBench();
const { control, sql, client, backUp, meddle, preview, applied, groupAssigned } = bench;

describe('a restore that is disturbed', () => {
  it('fails an item that is changed between the comparison and its own turn', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const backup = await backUp(place, 3);
    for (const id of backup.policyIds) await meddle(place, id);
    await preview(place);
    const [first = '', , last = ''] = backup.policyIds;
    await control.addFault({ match: { method: 'PATCH', path: `/${first}` }, times: 1, delayMs: 700 });
    const runId = await bench.start(place, 'restore_execute');
    await bench.reached(runId, 'begin items 1 to 3');
    await meddle(place, last, 'Changed meanwhile');
    expect(await bench.ended(runId)).toMatchObject({ status: 'partial', succeeded: 2, failed: 1 });
    const [failed] = failedItems(await bench.items(runId));
    expect(failed).toMatchObject({
      error: { code: 'conflict', context: { reason: 'changed_since_preview' } },
    });
    const live = await readPolicy(client(place), { kind, id: last });
    expect(live.payload.description).toBe('Changed meanwhile');
  });

  it('does not create a second policy when the answer to the creation was lost', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const backup = await backUp(place, 12);
    const { policy } = await groupAssigned(place, backup);
    await control.deletePolicy({ tenant: 'adatum', segment, id: policy.id });
    await preview(place);
    const match = { method: 'POST', path: '/deviceManagement/deviceConfigurations' };
    await control.addFault({ match, times: 1, dropConnection: true, afterEffect: true });
    const run = await bench.run(place, 'restore_execute');
    expect(run).toMatchObject({ status: 'succeeded', succeeded: 1, attempt: 2 });
    const made = await findPoliciesByName(client(place), policy);
    expect(made.map((one) => one.assignments)).toEqual([policy.assignments]);
    expect((await applied()).filter((entry) => entry.effectKey?.endsWith(':create'))).toHaveLength(1);
  });

  it('does not create a second policy when the worker is lost between the effect and its record', async () => {
    const place = await bench.place('adatum');
    const first = await bench.worker({}, { leaseMs: 1_500 });
    const backup = await backUp(place, 12);
    const { policy } = await groupAssigned(place, backup);
    await control.deletePolicy({ tenant: 'adatum', segment, id: policy.id });
    await preview(place);
    await first.stop();
    const lost = await bench.dyingWorker('restore_execute', { leaseMs: 1_500 });
    const runId = await bench.start(place, 'restore_execute', {
      input: { itemIds: [backup.itemIds.get(policy.id) ?? 0] },
    });
    await lost.gone;
    expect((await applied()).filter((entry) => entry.effectKey?.endsWith(':create'))).toHaveLength(1);
    await bench.worker({}, { leaseMs: 1_500 });
    expect(await bench.ended(runId)).toMatchObject({ status: 'succeeded', succeeded: 1, lease_epoch: 2 });
    expect(await findPoliciesByName(client(place), policy)).toHaveLength(1);
    expect((await applied()).filter((entry) => entry.effectKey?.endsWith(':create'))).toHaveLength(1);
    const [item] = await bench.items(runId);
    expect(item?.detail).toMatchObject({ action: 'create', resumed: true });
  });

  it('completes a policy that was created but not assigned when the provider fell silent', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const backup = await backUp(place, 12);
    const { policy } = await groupAssigned(place, backup);
    await control.deletePolicy({ tenant: 'adatum', segment, id: policy.id });
    await preview(place);
    await control.addFault({ match: { method: 'POST', path: '/assign' }, times: 1, status: 503 });
    const run = await bench.run(place, 'restore_execute');
    expect(run).toMatchObject({ status: 'succeeded', succeeded: 1, attempt: 2 });
    const made = await findPoliciesByName(client(place), policy);
    expect(made.map((one) => one.assignments)).toEqual([policy.assignments]);
  });

  it('completes on a retry what was created and then refused its assignment', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const backup = await backUp(place, 12);
    const { policy } = await groupAssigned(place, backup);
    await control.deletePolicy({ tenant: 'adatum', segment, id: policy.id });
    const { id: previewRunId } = await preview(place);
    await control.addFault({ match: { method: 'POST', path: '/assign' }, times: 1, status: 400 });
    const input = { previewRunId: Number(previewRunId), itemIds: [backup.itemIds.get(policy.id) ?? 0] };
    const run = await bench.run(place, 'restore_execute', { input });
    expect(run).toMatchObject({ status: 'failed', failed: 1 });
    const retried = await bench.run(place, 'restore_execute', {
      input,
      link: { parentRunId: Number(run.id), kind: 'retry' },
    });
    expect(retried).toMatchObject({ status: 'succeeded', succeeded: 1 });
    const made = await findPoliciesByName(client(place), policy);
    expect(made.map((one) => one.assignments)).toEqual([policy.assignments]);
  });

  it('goes on by itself after a throttle in the middle, without writing anything twice', async () => {
    await bench.worker({ retry: { budgetMs: 0, attempts: 2, baseMs: 1, capMs: 20 } });
    const place = await bench.place('adatum');
    const backup = await backUp(place, 12);
    for (const id of backup.policyIds) await meddle(place, id);
    await preview(place);
    const path = `/${backup.policyIds[5]}`;
    await control.addFault({ match: { method: 'PATCH', path }, times: 1, status: 429, retryAfter: 1 });
    const run = await bench.run(place, 'restore_execute');
    expect(run).toMatchObject({ status: 'succeeded', succeeded: 12, attempt: 1, lease_epoch: 2 });
    const keys = (await applied()).map((entry) => entry.effectKey);
    expect(keys).toHaveLength(12);
    expect(new Set(keys).size).toBe(12);
  });

  it('lets the item in hand end when it is cancelled, and touches no other', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const backup = await backUp(place, 12);
    for (const id of backup.policyIds) await meddle(place, id);
    await preview(place);
    const third = backup.policyIds[2] ?? '';
    await control.addFault({ match: { method: 'PATCH', path: `/${third}` }, times: 1, delayMs: 1_000 });
    const runId = await bench.start(place, 'restore_execute');
    await bench.settledItems(runId, 2);
    await bench.cancel(place, runId);
    const run = await bench.ended(runId);
    expect(run).toMatchObject({ status: 'cancelled', succeeded: 3, skipped: 9 });
    expect(await applied()).toHaveLength(3);
  });

  it('succeeds with its output when the cancel comes while the last item is written', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const backup = await backUp(place, 3);
    for (const id of backup.policyIds) await meddle(place, id);
    await preview(place);
    const last = backup.policyIds[2] ?? '';
    await control.addFault({ match: { method: 'PATCH', path: `/${last}` }, times: 1, delayMs: 1_000 });
    const runId = await bench.start(place, 'restore_execute');
    await waitUntil('the last write to be under way', async () => (await control.faults()).length === 0);
    await bench.cancel(place, runId);
    const run = await bench.ended(runId);
    expect(run).toMatchObject({ status: 'succeeded', succeeded: 3, safe_error: null });
    expect(run.output).toEqual({ created: 0, updated: 3, skipped: 0, failed: 0 });
    const audit = await sql`
      select from audit_entries where run_id = ${runId} and action = 'run.cancel_too_late'`;
    expect(audit).toHaveLength(1);
    expect(await bench.log(runId)).toContain('3 updated');
  });
});
