import type { PolicyKind } from '@signalbox/domain/backup/policy';
import type { LedgerEntry } from '@signalbox/emulators/graph/ledger';
import { demoTenants } from '@signalbox/emulators/graph/seed/tenants';
import type { Row } from 'postgres';
import { describe, expect, it } from 'vitest';
import { findPoliciesByName } from '../../src/providers/graph/find-policies-by-name.ts';
import { createGraphClient } from '../../src/providers/graph/graph-client.ts';
import { type LivePolicy, readPolicy } from '../../src/providers/graph/read-policy.ts';
import { openOperationBench, type Place } from './support.ts';

const bench = await openOperationBench();
const { control, sql } = bench;
const segment = 'deviceConfigurations';
const kind: PolicyKind = 'deviceConfiguration';

/** Our own look at the tenant. */
function clientOf({ alias }: Place) {
  const demo = demoTenants.find((tenant) => tenant.alias === alias);
  return createGraphClient({
    baseUrl: bench.graph.graphUrl,
    loginUrl: bench.graph.loginUrl,
    tenantExternalId: alias,
    clientId: demo?.clientId ?? '',
    clientSecret: demo?.clientSecret ?? '',
    signal: new AbortController().signal,
  });
}

/** Device configurations in a backup set, as items in order. */
interface Backup {
  readonly setId: number;
  readonly policyIds: readonly string[];
  /** By policy id. */
  readonly itemIds: ReadonlyMap<string, number>;
}

async function backUp(place: Place, count: number): Promise<Backup> {
  const setId = await bench.backupSet(place);
  const captured = await bench.run(place, 'snapshot_capture', { input: { kinds: [kind] } });
  const policyIds = (await bench.items(Number(captured.id))).slice(0, count).map((item) => String(item.key));
  await bench.run(place, 'backup_set_add_policies', { input: { policyIds } });
  const rows = await sql`select i.id, p.external_id from backup_items i
    join policy_versions v on v.id = i.policy_version_id join policies p on p.id = v.policy_id where i.set_id = ${setId}`;
  return { setId, policyIds, itemIds: new Map(rows.map((row) => [String(row.external_id), Number(row.id)])) };
}

async function meddle(place: Place, id: string, description = 'Changed by hand'): Promise<void> {
  await control.editPolicy({ tenant: place.alias, segment, id }, { description });
}

async function preview(place: Place): Promise<Row> {
  const run = await bench.run(place, 'restore_preview');
  expect(run.status).toBe('succeeded');
  await control.clearLedger();
  return run;
}

async function applied(): Promise<LedgerEntry[]> {
  return (await control.ledger()).filter((entry) => entry.applied);
}

function failedItems(items: readonly Row[]): Row[] {
  return items.filter((item) => item.outcome === 'failed');
}

/** A backed-up policy that is assigned to groups. */
async function groupAssigned(
  place: Place,
  backup: Backup,
): Promise<{ policy: LivePolicy; groups: string[] }> {
  for (const id of backup.policyIds) {
    const policy = await readPolicy(clientOf(place), { kind, id });
    const groups = groupsOf(policy);
    if (groups.length > 0) return { policy, groups };
  }
  throw new Error('No policy is assigned to a group.');
}

function groupsOf(policy: LivePolicy): string[] {
  return policy.assignments.flatMap(({ target }) => {
    const group = (target as { groupId?: string }).groupId;
    return group === undefined ? [] : [group];
  });
}

describe('a preview', () => {
  it('says what a restore would do to each item, and writes nothing', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const backup = await backUp(place, 5);
    const [changed = '', deleted = '', retyped = ''] = backup.policyIds;
    await meddle(place, changed);
    await control.deletePolicy({ tenant: 'adatum', segment, id: deleted });
    await control.editPolicy(
      { tenant: 'adatum', segment, id: retyped },
      { '@odata.type': '#microsoft.graph.macOSCustomConfiguration' },
    );
    await control.clearLedger();
    const run = await bench.run(place, 'restore_preview');
    expect(run).toMatchObject({ status: 'succeeded', total: 5, succeeded: 5 });
    expect(run.output).toEqual({ backupSetId: backup.setId, create: 1, update: 1, skip: 2, conflict: 1 });
    expect(await control.ledger()).toEqual([]);
    const details = new Map(
      (await bench.items(Number(run.id))).map((item) => [Number(item.key), item.detail]),
    );
    const detailOf = (id: string) => details.get(backup.itemIds.get(id) ?? 0);
    expect(detailOf(changed)).toMatchObject({ action: 'update', changed: ['/description'] });
    expect(detailOf(deleted)).toMatchObject({ action: 'create', liveFingerprint: 'absent' });
    expect(detailOf(retyped)).toMatchObject({ action: 'conflict', reason: 'type_changed' });
    const [kept] = await sql`select items from restore_previews where run_id = ${run.id}`;
    expect(kept?.items).toHaveLength(5);
  });

  it('takes only the newest item of each policy when none are named', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const backup = await backUp(place, 3);
    await meddle(place, backup.policyIds[0] ?? '');
    await bench.run(place, 'backup_set_add_policies', { input: { policyIds: [backup.policyIds[0] ?? ''] } });
    const run = await preview(place);
    expect(run).toMatchObject({ total: 3, output: { skip: 3 } });
    const named = { backupSetId: backup.setId, itemIds: [...backup.itemIds.values()] };
    const older = await bench.run(place, 'restore_preview', { input: named });
    expect(older).toMatchObject({ total: 3, output: { update: 1, skip: 2 } });
  });
});

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
    const live = await readPolicy(clientOf(place), { kind, id: last });
    expect(live.payload.description).toBe('Changed meanwhile');
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
    const [made, ...more] = await findPoliciesByName(clientOf(place), policy);
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
    const [made] = await findPoliciesByName(clientOf(place), policy);
    const expected = groups.map((group) => (group === lost ? replacement : group)).sort();
    expect(made === undefined ? [] : groupsOf(made).sort()).toEqual(expected);
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
    const made = await findPoliciesByName(clientOf(place), policy);
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
    expect(await findPoliciesByName(clientOf(place), policy)).toHaveLength(1);
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
    const made = await findPoliciesByName(clientOf(place), policy);
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
    const made = await findPoliciesByName(clientOf(place), policy);
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
});
