import { describe, expect, it } from 'vitest';
import { findPoliciesByName } from '../../src/providers/graph/find-policies-by-name.ts';
import { failedItems, groupsOf, openRestoreBench, segment } from './restore-support.ts';

const bench = await openRestoreBench();
const { control, sql, client, backUp, meddle, preview, applied, groupAssigned } = bench;

describe('a restore', () => {
  it('with 2 of 40 refused is partial, and a retry of the failed ones succeeds', async () => {
    await bench.worker();
    const place = await bench.place('contoso');
    const backup = await backUp(place, 40);
    for (const id of backup.policyIds) await meddle(place, id);
    const { id: previewRunId } = await preview(place);
    const refused = backup.policyIds.slice(-2);
    for (const id of refused) {
      await control.addFault({ match: { method: 'PATCH', path: `/${id}` }, times: 1, status: 409 });
    }
    const input = { previewRunId: Number(previewRunId) };
    const run = await bench.run(place, 'restore_execute', { input });
    expect(run).toMatchObject({ status: 'partial', total: 40, succeeded: 38, failed: 2 });
    expect(run.output).toEqual({ created: 0, updated: 38, skipped: 0, failed: 2 });
    const failed = failedItems(await bench.items(Number(run.id)));
    expect(failed.map((item) => item.error.code)).toEqual(['conflict', 'conflict']);
    const keys = (await applied()).map((entry) => entry.effectKey);
    expect(new Set(keys).size).toBe(38);
    expect(keys[0]).toBe(`run:${run.uid}:item:${backup.itemIds.get(backup.policyIds[0] ?? '')}:update`);

    const itemIds = failed.map((item) => Number(item.key));
    const retried = await bench.run(place, 'restore_execute', {
      input: { ...input, itemIds },
      link: { parentRunId: Number(run.id), kind: 'retry' },
    });
    expect(retried).toMatchObject({ status: 'succeeded', total: 2, succeeded: 2 });
    const after = await bench.run(place, 'restore_preview');
    expect(after.output).toMatchObject({ update: 0, skip: 40 });
  });

  it('is refused as a whole when one live object is no longer what the preview saw', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const backup = await backUp(place, 12);
    for (const id of backup.policyIds) await meddle(place, id);
    await preview(place);
    const late = backup.policyIds[7] ?? '';
    await meddle(place, late, 'Changed again');
    await control.clearLedger();
    const run = await bench.run(place, 'restore_execute');
    expect(run).toMatchObject({ status: 'failed', total: 12, succeeded: 0, skipped: 12 });
    expect(run.safe_error).toMatchObject({
      code: 'preview_stale',
      context: { changed: 1, items: String(backup.itemIds.get(late)) },
    });
    expect(await control.ledger()).toEqual([]);
  });

  it('creates a deleted policy again with its assignments, and skips what is as captured', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const backup = await backUp(place, 12);
    const { policy } = await groupAssigned(place, backup);
    await control.deletePolicy({ tenant: 'adatum', segment, id: policy.id });
    await preview(place);
    const run = await bench.run(place, 'restore_execute');
    expect(run).toMatchObject({ status: 'succeeded', succeeded: 1, skipped: 11, failed: 0 });
    const [made, ...more] = await findPoliciesByName(client(place), policy);
    expect(more).toEqual([]);
    expect(made).toMatchObject({ payload: policy.payload, assignments: policy.assignments });
    const item = (await bench.items(Number(run.id))).find((one) => one.outcome === 'succeeded');
    expect(item?.detail).toMatchObject({ action: 'create', createdId: made?.id });
  });

  it('fails the item whose group is missing, names the group and writes nothing; mapped, it is restored', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const backup = await backUp(place, 12);
    const { policy, groups } = await groupAssigned(place, backup);
    const [lost = ''] = groups;
    await control.deletePolicy({ tenant: 'adatum', segment, id: policy.id });
    await control.changeGroup('DELETE', { tenant: 'adatum', id: lost });
    const { id: previewRunId } = await preview(place);
    const [kept] = await sql`select items from restore_previews where run_id = ${previewRunId}`;
    const line = kept?.items.find((one: { action: string }) => one.action === 'create');
    expect(line).toMatchObject({ unknownGroups: [lost] });

    const input = { previewRunId: Number(previewRunId), itemIds: [backup.itemIds.get(policy.id) ?? 0] };
    const run = await bench.run(place, 'restore_execute', { input });
    expect(run).toMatchObject({ status: 'failed', total: 1, failed: 1 });
    const [failed] = failedItems(await bench.items(Number(run.id)));
    expect(failed?.error).toMatchObject({
      code: 'conflict',
      context: { reason: 'group_missing', groups: lost },
    });
    expect(await control.ledger()).toEqual([]);

    const replacement = 'aaaaaaaa-0000-4000-8000-000000000001';
    await control.changeGroup('POST', { tenant: 'adatum', id: replacement }, { displayName: 'Replacement' });
    const mapped = { ...input, groupMapping: { [lost]: replacement } };
    expect(await bench.run(place, 'restore_execute', { input: mapped })).toMatchObject({
      status: 'succeeded',
    });
    const [made] = await findPoliciesByName(client(place), policy);
    const expected = groups.map((group) => (group === lost ? replacement : group)).sort();
    expect(made === undefined ? [] : groupsOf(made).sort()).toEqual(expected);
  });

  it('fails what the provider refuses with a code of ours, and goes on', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const backup = await backUp(place, 4);
    for (const id of backup.policyIds) await meddle(place, id);
    await preview(place);
    const statuses = [400, 403, 404];
    for (const [index, status] of statuses.entries()) {
      const path = `/${backup.policyIds[index]}`;
      await control.addFault({ match: { method: 'PATCH', path }, times: 1, status });
    }
    const run = await bench.run(place, 'restore_execute');
    expect(run).toMatchObject({ status: 'partial', succeeded: 1, failed: 3 });
    const failed = failedItems(await bench.items(Number(run.id)));
    expect(failed.map((item) => item.error.code)).toEqual([
      'provider_refused',
      'provider_refused',
      'not_found',
    ]);
    expect(JSON.stringify(failed)).not.toContain('Injected by the emulator');
    expect(await bench.connection(place)).toMatchObject({ health: 'ok' });
  });
});
