import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runStatuses } from '@signalbox/domain/run/lifecycle';
import { makeTenant, makeWorkspace } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dispatchWords } from '../../src/presenters/provider-dispatch/run-words.ts';
import { playToEnd } from '../support/play-worker.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

const vendor = 'application/vnd.tenantpilot.provider-backed-run-detail+json';
let api: TestApi;
let admin: ReturnType<typeof openAdmin>;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'signalbox-console-'));
  await writeFile(join(directory, 'index.html'), '<!doctype html><title>the console</title>');
  api = await startTestApi({ webDirectory: directory });
  admin = openAdmin(api.databaseUrl);
}, 60_000);
afterAll(async () => {
  await admin.end({ timeout: 5 });
  await api.close();
  await rm(directory, { recursive: true });
});

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

async function started() {
  const tenant = await makeTenant(api.db, api.workspace.id);
  const as = api.workspace.members.operator;
  const body = { operation: 'snapshot_capture', tenantId: tenant.tenantId };
  const { run } = (await api.call('/v1/runs', { method: 'POST', as, body })).body;
  const id: number = run.id;
  return {
    ...tenant,
    id,
    get: () => api.call(`/admin/operations/${id}`, { as: api.workspace.members.viewer }),
  };
}

it('tells a run in the words of the contract, from the queue to its end', async () => {
  const { id, tenantId, connectionId, externalId, get } = await started();
  const queued = await get();
  expect([queued.status, queued.headers.get('content-type')]).toEqual([200, vendor]);
  expect(queued.body).toEqual({
    runId: id,
    operationType: 'snapshot_capture',
    executionStatus: 'queued',
    outcome: null,
    providerConnection: { id: connectionId, label: 'Graph', provider: 'graph' },
    protectedScope: { keys: [`t:${tenantId}:c:${connectionId}`], held: true, tenant: externalId },
    shortReason: 'Waiting for a worker',
    nextSteps: expect.any(Array),
    diagnosticsAvailable: false,
  });
  await playToEnd(api.db, { workspaceId: api.workspace.id, runId: id }, { total: 2, failed: 1 });
  const ended = await get();
  expect(ended.body).toMatchObject({
    executionStatus: 'completed',
    outcome: 'partially_succeeded',
    shortReason: 'Items failed',
    protectedScope: { keys: [], held: false },
    diagnosticsAvailable: true,
  });
  // A viewer may neither retry nor replay, and is offered neither.
  expect(ended.body.nextSteps).toEqual([]);
  const operator = await api.call(`/admin/operations/${id}`, { as: api.workspace.members.operator });
  expect(operator.body.nextSteps).toContainEqual({
    label: 'Retry the failed items',
    description: null,
    href: `/w/ws-default/runs/${id}`,
    actionType: 'retry_failed_items',
  });
});

it('has two words for every state', () => {
  const told = runStatuses.map((status) => [status, ...Object.values(dispatchWords(status))]);
  expect(told).toEqual([
    ['pending', 'queued', null],
    ['queued', 'queued', null],
    ['running', 'running', null],
    ['awaiting_approval', 'running', null],
    ['succeeded', 'completed', 'succeeded'],
    ['partial', 'completed', 'partially_succeeded'],
    ['failed', 'completed', 'failed'],
    ['cancelled', 'completed', 'cancelled'],
    ['rejected', 'completed', 'blocked'],
    ['expired', 'completed', 'blocked'],
    ['vetoed', 'completed', 'blocked'],
  ]);
});

it('answers a browser with the console’s page, and only where the run is the reader’s to see', async () => {
  const { id } = await started();
  const path = `/admin/operations/${id}`;
  const page = await api.call(path, { as: api.workspace.members.viewer, headers: html });
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.text).toContain('<title>the console</title>');
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  const stranger = await api.call(path, { headers: html });
  expect(stranger.status).toBe(401);
  expect(stranger.text).toContain(`href="/sign-in?next=${encodeURIComponent(path)}"`);
  const outsider = (await makeWorkspace(api.db)).members.owner;
  const hidden = await api.call(path, { as: outsider, headers: html });
  const unknown = await api.call('/admin/operations/2000000000', { as: outsider, headers: html });
  const anonymous = (text: string) => text.replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '');
  expect([hidden.status, unknown.status]).toEqual([404, 404]);
  expect(anonymous(hidden.text)).toBe(anonymous(unknown.text));
  expect(hidden.text).not.toContain('the console');
});

it('is 403 for a key without run.read, as JSON and as a page', async () => {
  const { id } = await started();
  const made = await api.call('/v1/api-keys', {
    method: 'POST',
    as: api.workspace.members.owner,
    body: { name: 'starter', capabilities: ['run.start.snapshot_capture'] },
  });
  for (const headers of [{}, html]) {
    const denied = await api.call(`/admin/operations/${id}`, { key: made.body.key, headers });
    expect(denied.status).toBe(403);
    expect(denied.text).toContain('run.read');
    expect(denied.text).not.toContain('the console');
  }
  // The key is told what it started, but not where it could not look.
  const asked = await api.call(`/admin/t/${api.tenant.externalId}/provider-actions/snapshot_capture/start`, {
    method: 'POST',
    key: made.body.key,
  });
  expect([asked.body.status, asked.body.actions]).toEqual(['accepted', []]);
});
