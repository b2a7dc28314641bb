import { randomUUID } from 'node:crypto';
import { addBackupItems } from '@signalbox/db/commands/backup/add-backup-items';
import { capturePolicies } from '@signalbox/db/commands/backup/capture-policies';
import { savePreview } from '@signalbox/db/commands/backup/save-preview';
import { setThrottled } from '@signalbox/db/commands/connection/set-throttled';
import { restorableItems } from '@signalbox/db/queries/backup/restorable-items';
import { getRun } from '@signalbox/db/queries/run/get-run';
import { runStatuses } from '@signalbox/domain/run/lifecycle';
import { makeConnection, makeTenant } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presentAdminRun } from '../../src/presenters/admin-runs/run-record.ts';
import { finished, playRun, playToEnd } from '../support/play-worker.ts';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

async function freshTenant() {
  return makeTenant(api.db, api.workspace.id);
}

const post = (tenant: string, type: string, call: Call = {}) =>
  api.call(`/admin/t/${tenant}/runs/${type}`, {
    method: 'POST',
    as: api.workspace.members.operator,
    ...call,
  });
const get = (tenant: string, type: string, id: string) =>
  api.call(`/admin/t/${tenant}/runs/${type}/${id}`, { as: api.workspace.members.viewer });

describe('a start', () => {
  it('without a body makes a run (201) and tells where it can be read', async () => {
    const { externalId } = await freshTenant();
    const made = await post(externalId, 'snapshot_capture');
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      reused: false,
      run: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        tenantExternalId: externalId,
        type: 'snapshot_capture',
        status: 'queued',
        createdAt: expect.any(String),
        startedAt: null,
        finishedAt: null,
        counts: { total: 0, succeeded: 0, failed: 0 },
        safeError: null,
      },
    });
    const location = made.headers.get('location') ?? '';
    expect(location).toBe(`/admin/t/${externalId}/runs/snapshot_capture/${made.body.run.id}`);
    const read = await api.call(location, { as: api.workspace.members.viewer });
    expect(read.body).toEqual(made.body.run);
  });

  it('of the same work reuses the active run (200), whatever words ask for it', async () => {
    const { externalId } = await freshTenant();
    const made = await post(externalId, 'snapshot_capture', { body: {} });
    for (const body of [
      undefined,
      {},
      { targetObjectId: null, itemIds: null, payloadHash: null },
      { itemIds: [] },
    ]) {
      const again = await post(externalId, 'snapshot_capture', body === undefined ? {} : { body });
      expect(again.status).toBe(200);
      expect(again.body).toEqual({ reused: true, run: made.body.run });
    }
  });

  it('of other work on the same scope is 409 with the holder and what to do', async () => {
    const { externalId } = await freshTenant();
    const made = await post(externalId, 'snapshot_capture');
    const busy = await post(externalId, 'snapshot_capture', { body: { targetObjectId: 'policy-1' } });
    expect(busy.status).toBe(409);
    expect(busy.body).toMatchObject({
      code: 'scope_busy',
      outcome: 'scope_busy',
      reason: { code: 'scope_busy' },
    });
    expect(busy.body.holder.operation).toBe('snapshot_capture');
    const href = busy.body.nextSteps.find((step: { code: string }) => step.code === 'open_holder').href;
    expect(href).toBe(`/w/ws-default/runs/${busy.body.holder.runId}`);
    const holder = await api.call(`/v1/runs/${busy.body.holder.runId}`, { as: api.workspace.members.viewer });
    expect(holder.body.uid).toBe(made.body.run.id);
  });

  it('the caller’s own hash makes other work of the same input', async () => {
    const { externalId } = await freshTenant();
    await post(externalId, 'snapshot_capture', { body: { payloadHash: 'a' } });
    expect((await post(externalId, 'snapshot_capture', { body: { payloadHash: 'a' } })).status).toBe(200);
    expect((await post(externalId, 'snapshot_capture', { body: { payloadHash: 'b' } })).status).toBe(409);
  });

  it('that something stands in the way of is 409 with the reason and a step, and leaves no run', async () => {
    const tenant = await makeTenant(api.db, api.workspace.id, { check: { consent: 'missing' } });
    const blocked = await post(tenant.externalId, 'snapshot_capture');
    expect(blocked.status).toBe(409);
    expect(blocked.body.code).toBe('consent_missing');
    expect(blocked.body.nextSteps.length).toBeGreaterThan(0);
    const runs = await api.call(`/v1/runs?tenantId=${tenant.tenantId}`, { as: api.workspace.members.viewer });
    expect(runs.body.items).toEqual([]);
  });

  it('is told when trying again makes sense', async () => {
    const { externalId, connectionId } = await freshTenant();
    await api.db.inWorkspace(api.workspace.id, (tx) => setThrottled(tx, connectionId, 90_000));
    const blocked = await post(externalId, 'snapshot_capture');
    expect(blocked.body.code).toBe('throttled');
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(60);
  });

  it('with several connections and no default is never guessed', async () => {
    const tenant = await makeTenant(api.db, api.workspace.id, { isDefault: false });
    await makeConnection(
      api.db,
      { workspaceId: api.workspace.id, tenantId: tenant.tenantId },
      { isDefault: false },
    );
    expect((await post(tenant.externalId, 'snapshot_capture')).body.code).toBe(
      'provider_connection_ambiguous',
    );
  });
});

describe('which object a start means', () => {
  it('none named and none there: blocked, saying what is missing', async () => {
    const { externalId } = await freshTenant();
    expect((await post(externalId, 'backup_set_add_policies')).body.code).toBe('target_missing');
    expect((await post(externalId, 'restore_preview')).body.code).toBe('target_missing');
    expect((await post(externalId, 'restore_execute')).body.code).toBe('restore_preview_missing');
  });

  it('the only set, the newest complete one, and the preview by its uuid', async () => {
    const tenant = await freshTenant();
    const { externalId, tenantId } = tenant;
    const as = api.workspace.members.operator;
    const set = await api.call('/v1/backup-sets', {
      method: 'POST',
      as,
      body: { tenantId, name: 'nightly' },
    });
    const added = await post(externalId, 'backup_set_add_policies');
    expect(added.status).toBe(201);
    const addedRun = await runOf(added.body.run.id);
    expect(addedRun.input).toEqual({ backupSetId: set.body.id });
    const itemId = await fill(tenantId, { setId: set.body.id, runId: addedRun.id });
    await playToEnd(api.db, { workspaceId: api.workspace.id, runId: addedRun.id }, { total: 1, failed: 0 });

    const preview = await post(externalId, 'restore_preview', { body: { itemIds: [String(itemId)] } });
    expect(preview.status).toBe(201);
    const previewRun = await runOf(preview.body.run.id);
    expect(previewRun.input).toEqual({ backupSetId: set.body.id, itemIds: [itemId] });
    await playPreview(previewRun.id, { setId: set.body.id, itemId });

    const restore = await post(externalId, 'restore_execute', {
      body: { targetObjectId: preview.body.run.id.toUpperCase(), itemIds: [String(itemId)] },
    });
    expect(restore.status).toBe(201);
    expect((await runOf(restore.body.run.id)).input).toEqual({
      previewRunId: previewRun.id,
      itemIds: [itemId],
    });
    const read = await api.call(`/v1/runs/${previewRun.id}/preview`, { as });
    expect(read.body).toMatchObject({
      preview: {
        backupSetName: 'nightly',
        fresh: true,
        counts: { create: 1, update: 0, skip: 0, conflict: 0 },
      },
      items: [{ itemId, change: 'create', name: 'Policy one' }],
    });
    const previews = await api.call(`/v1/restore-previews?tenantId=${tenantId}`, { as });
    expect(previews.body.items).toHaveLength(1);
  });

  it('a preview that is not there, or is somebody else’s, is missing', async () => {
    const { externalId } = await freshTenant();
    const body = { targetObjectId: randomUUID() };
    expect((await post(externalId, 'restore_execute', { body })).body.code).toBe('restore_preview_missing');
  });

  it.each([
    ['snapshot_capture', { itemIds: ['a'] }, '/itemIds'],
    ['snapshot_capture', { targetObjectId: '' }, '/targetObjectId'],
    ['snapshot_capture', { targetObjectId: 7 }, '/targetObjectId'],
    ['backup_set_add_policies', { targetObjectId: 'nightly' }, '/targetObjectId'],
    ['backup_set_add_policies', { itemIds: ['a', 'a'] }, '/itemIds'],
    ['restore_preview', { targetObjectId: '1e3' }, '/targetObjectId'],
    ['restore_preview', { itemIds: ['1', 'x'] }, '/itemIds/1'],
    ['restore_execute', { itemIds: ['2147483648'] }, '/itemIds/0'],
    ['restore_execute', { itemIds: [1] }, '/itemIds/0'],
    ['snapshot_capture', { extra: 1 }, '/extra'],
  ])('%s with %j is 400 with a pointer at the contract’s own member', async (type, body, pointer) => {
    const refused = await post(api.tenant.externalId, type, { body });
    expect(refused.status).toBe(400);
    expect(refused.body.errors[0].pointer).toBe(pointer);
  });
});

describe('the order of questions', () => {
  it('an unknown tenant is 404 before anything about the type', async () => {
    expect((await post('nowhere', 'bogus')).status).toBe(404);
    expect((await post('%00', 'bogus')).status).toBe(404);
  });

  it('a type outside the enumeration is 400 on start and 404 on read', async () => {
    const refused = await post(api.tenant.externalId, 'bogus');
    expect(refused.status).toBe(400);
    expect(refused.body.errors[0].pointer).toBe('/runType');
    expect((await get(api.tenant.externalId, 'bogus', randomUUID())).status).toBe(404);
  });

  it('an external id names its tenant in any case, as it was taken, and no other', async () => {
    const { externalId } = await freshTenant();
    const { run } = (await post(externalId, 'snapshot_capture')).body;
    const again = await post(externalId.toUpperCase(), 'snapshot_capture');
    expect([again.status, again.body.run.id]).toEqual([200, run.id]);
    expect((await post(`${externalId}x`, 'snapshot_capture')).status).toBe(404);
  });
});

describe('a read', () => {
  it('finds a run only under its own tenant and type, by its uuid', async () => {
    const [a, b] = [await freshTenant(), await freshTenant()];
    const { id } = (await post(a.externalId, 'snapshot_capture')).body.run;
    const { id: integer } = await runOf(id);
    expect((await get(a.externalId, 'snapshot_capture', id)).status).toBe(200);
    expect((await get(a.externalId, 'snapshot_capture', id.toUpperCase())).status).toBe(200);
    expect((await get(b.externalId, 'snapshot_capture', id)).status).toBe(404);
    expect((await get(a.externalId, 'restore_preview', id)).status).toBe(404);
    for (const wrong of [String(integer), 'x', '..%2f', '%00', randomUUID()]) {
      expect((await get(a.externalId, 'snapshot_capture', wrong)).status).toBe(404);
    }
  });

  it('follows the run to its end in the contract’s words', async () => {
    const { externalId } = await freshTenant();
    const { id } = (await post(externalId, 'snapshot_capture')).body.run;
    const { id: runId } = await runOf(id);
    const played = await playRun(api.db, api.workspace.id, runId);
    await played.write({ counts: { total: 40, succeeded: 0, failed: 0, skipped: 0 } });
    const running = (await get(externalId, 'snapshot_capture', id)).body;
    expect(running).toMatchObject({
      status: 'running',
      counts: { total: 40 },
      finishedAt: null,
      safeError: null,
    });
    await played.write({ counts: { total: 40, succeeded: 38, failed: 2, skipped: 0 }, end: finished });
    const ended = (await get(externalId, 'snapshot_capture', id)).body;
    expect(ended).toMatchObject({ status: 'partial', counts: { total: 40, succeeded: 38, failed: 2 } });
    expect(ended.safeError).toEqual({ code: 'items_failed', context: { failed: 2, total: 40 } });
  });

  it('a cancelled run is failed, and its error says that it was cancelled', async () => {
    const { externalId } = await freshTenant();
    const { id } = (await post(externalId, 'snapshot_capture')).body.run;
    const as = api.workspace.members.operator;
    await api.call(`/v1/runs/${(await runOf(id)).id}/cancel`, { method: 'POST', as });
    const ended = (await get(externalId, 'snapshot_capture', id)).body;
    expect(ended).toMatchObject({ status: 'failed', safeError: { code: 'cancelled' } });
  });

  it('every state has a word of the contract', async () => {
    const { externalId } = await freshTenant();
    const { id } = (await post(externalId, 'snapshot_capture')).body.run;
    const record = await api.db.inWorkspace(api.workspace.id, (tx) =>
      getRun(tx, api.workspace.members.owner, { uid: id }),
    );
    if (record === null) throw new Error('The run is gone.');
    const words = runStatuses.map((status) => [status, presentAdminRun({ ...record, status }).status]);
    expect(Object.fromEntries(words)).toEqual({
      pending: 'queued',
      queued: 'queued',
      running: 'running',
      awaiting_approval: 'running',
      succeeded: 'succeeded',
      partial: 'partial',
      failed: 'failed',
      cancelled: 'failed',
      rejected: 'failed',
      expired: 'failed',
      vetoed: 'failed',
    });
    expect(presentAdminRun({ ...record, status: 'vetoed' }).safeError).toEqual({ code: 'vetoed' });
  });
});

async function runOf(uid: string): Promise<{ id: number; input: unknown }> {
  const { items } = (await api.call('/v1/runs?limit=200', { as: api.workspace.members.viewer })).body;
  const { id } = items.find((item: { uid: string }) => item.uid === uid);
  return (await api.call(`/v1/runs/${id}`, { as: api.workspace.members.viewer })).body;
}

/** Puts one captured policy into a backup set; answers the item's id. */
async function fill(tenantId: number, target: { setId: number; runId: number }): Promise<number> {
  return api.db.inWorkspace(api.workspace.id, async (tx) => {
    const policy = {
      externalId: `policy-${tenantId}`,
      kind: 'configurationPolicy',
      name: 'Policy one',
      payload: {},
      assignments: [],
      scopeTags: [],
      hash: 'h',
    };
    const [version] = await capturePolicies(tx, { tenantId, runId: target.runId }, [policy]);
    await addBackupItems(tx, target, [version?.versionId ?? 0]);
    const [item] = await restorableItems(tx, target.setId, null);
    return item?.itemId ?? 0;
  });
}

/** Ends a preview run that found one item to create. */
async function playPreview(runId: number, found: { setId: number; itemId: number }): Promise<void> {
  await api.db.inWorkspace(api.workspace.id, (tx) =>
    savePreview(tx, { runId, setId: found.setId }, [
      { itemId: found.itemId, action: 'create', liveFingerprint: 'absent', changed: [] },
    ]),
  );
  const played = await playRun(api.db, api.workspace.id, runId);
  await played.write({ end: finished });
}
